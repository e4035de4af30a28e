import Foundation

/// A JSON POST through `curl`: no redirect is followed, no proxy asked, and addresses of this machine or its network are called
/// only where that was allowed.
struct WebRequest {
  let url: String
  let allowsPrivate: Bool
  var headers: [(name: String, value: String)] = []
  var seconds = 20

  /// Posts the body.
  ///
  /// - Throws: refused where the receiver will never take it (400, 413, 415, 422), later for every other failure, an answer of
  ///   200 that says it is an error among them.
  func post(_ body: [UInt8]) throws(DeliveryFailure) {
    guard let parts = URLComponents(string: url), let host = parts.host else { throw .refused("no web address") }
    let port = parts.port ?? (parts.scheme == "https" ? 443 : 80)
    let addresses = WebRequest.addresses(host, port)
    guard let first = addresses.first else { throw .later("the host \(host) is not known") }
    guard allowsPrivate || addresses.allSatisfy({ !WebRequest.isPrivate($0) }) else {
      throw .later("\(host) is an address of this machine or its network: set allow_private if that is meant")
    }
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("horizon-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    guard
      FileManager.default.createFile(
        atPath: file.path, contents: Data(body), attributes: [.posixPermissions: 0o600])
    else { throw .later("no temporary file can be written") }
    // On standard input, not in arguments, which every user of the machine can read; the address that was looked at is the
    // one that is called.
    let bracketed = first.contains(":") ? "[\(first)]" : first
    var lines = [
      "url = \"\(url)\"", "resolve = \"\(host):\(port):\(bracketed)\"", "request = \"POST\"", "noproxy = \"*\"",
      "proto = \"=http,https\"", "max-redirs = 0", "max-time = \(seconds)", "silent", "show-error",
      "data-binary = \"@\(file.path)\"", "write-out = \"\\n%{http_code}\"",
    ]
    for header in headers { lines.append("header = \"\(header.name): \(header.value)\"") }
    let result = try Subprocess.run(
      ["/usr/bin/curl", "--disable", "--config", "-"], input: Array(lines.joined(separator: "\n").utf8),
      seconds: seconds + 5)
    guard result.status == 0 else {
      throw .later(result.errors.split(separator: "\n").first.map(String.init) ?? "curl ends with \(result.status)")
    }
    let text = String(decoding: result.output, as: UTF8.self)
    let code = text.split(separator: "\n").last.flatMap { Int($0) } ?? 0
    try WebRequest.judge(code, Array(text.utf8.prefix(max(0, text.utf8.count - 4))))
  }

  /// What an answer means.
  static func judge(_ code: Int, _ body: [UInt8]) throws(DeliveryFailure) {
    switch code {
    case 200..<300:
      struct Answer: Decodable {
        let error: String?
        let ok: Bool?
      }
      guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(body)) else { return }
      if let error = answer.error { throw .later("the receiver answers \(code) with an error: \(error.prefix(200))") }
      if answer.ok == false { throw .later("the receiver answers \(code), but not ok") }
    case 300..<400: throw .later("the receiver answers with a redirect (\(code)), which is not followed")
    case 400, 413, 415, 422: throw .refused("the receiver refuses the message (\(code))")
    default: throw .later("the receiver answers \(code)")
    }
  }

  /// Numeric addresses of a host.
  static func addresses(_ host: String, _ port: Int) -> [String] {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    let bare = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
    guard getaddrinfo(bare, String(port), &hints, &list) == 0 else { return [] }
    defer { freeaddrinfo(list) }
    var found: [String] = []
    var next = list
    while let entry = next {
      var name = [CChar](repeating: 0, count: 64)
      if getnameinfo(entry.pointee.ai_addr, entry.pointee.ai_addrlen, &name, 64, nil, 0, NI_NUMERICHOST) == 0 {
        found.append(String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
      }
      next = entry.pointee.ai_next
    }
    return found
  }

  /// Whether a numeric address is of this machine, its link or a private network.
  static func isPrivate(_ address: String) -> Bool {
    let text = address.lowercased()
    let mapped = text.hasPrefix("::ffff:") ? String(text.dropFirst(7)) : text
    let parts = mapped.split(separator: ".").compactMap { Int($0) }
    guard parts.count == 4 else {
      return text == "::1" || text == "::" || text.hasPrefix("fe8") || text.hasPrefix("fe9") || text.hasPrefix("fea")
        || text.hasPrefix("feb") || text.hasPrefix("fc") || text.hasPrefix("fd") || text.hasPrefix("ff")
    }
    switch (parts[0], parts[1]) {
    case (0, _), (10, _), (127, _), (169, 254), (192, 168), (224..., _): return true
    case (172, 16...31), (100, 64...127): return true
    default: return false
    }
  }
}
