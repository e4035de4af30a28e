/// The host that a request names, without its port.
struct HostName {
  private let name: String

  init(_ header: String) {
    let text = header.lowercased()
    if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
      name = String(text[...end])
    } else {
      name = String(text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).first ?? "")
    }
  }

  /// Whether it is a number, which no name server can lead elsewhere, or a name of this machine.
  func isKnown(_ names: Set<String>) -> Bool {
    if names.contains(name) { return true }
    if name.hasPrefix("[") { return name.dropFirst().dropLast().allSatisfy { $0.isHexDigit || $0 == ":" || $0 == "." } }
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
  }
}
