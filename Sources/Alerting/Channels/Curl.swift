import Foundation

/// `curl`: no redirect is followed, no proxy asked, and addresses of this machine or its network are called only where that
/// was allowed. Everything goes to it on standard input and not in arguments, which every user of the machine can read.
struct Curl {
  let url: String
  let allowsPrivate: Bool
  var seconds = 20

  /// Its answer: the protocol's code, and what came with it.
  struct Answer {
    let code: Int
    let body: [UInt8]
    /// What is wrong with the transfer itself; nil if nothing is.
    let failure: String?
  }

  /// Sends a body from a file of its own.
  ///
  /// - Parameters:
  ///   - option: the option of `curl` that takes the file: `data-binary` with an @, or `upload-file`.
  ///   - lines: further lines of its configuration.
  func send(_ body: [UInt8], as option: (String) -> String, _ lines: [String]) throws(DeliveryFailure) -> Answer {
    let resolved = try resolve()
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("horizon-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    guard
      FileManager.default.createFile(
        atPath: file.path, contents: Data(body), attributes: [.posixPermissions: 0o600])
    else { throw .later("no temporary file can be written") }
    let all =
      [
        "url = \(Curl.quoted(url))", "resolve = \(Curl.quoted(resolved))", "noproxy = \"*\"",
        "proto = \"=http,https,smtp,smtps\"", "max-redirs = 0", "max-time = \(seconds)", "silent", "show-error",
        option(file.path), "write-out = \"\\n%{response_code}\"",
      ] + lines
    let result = try Subprocess.run(
      ["/usr/bin/curl", "--disable", "--config", "-"], input: Array(all.joined(separator: "\n").utf8),
      seconds: seconds + 5)
    let text = String(decoding: result.output, as: UTF8.self)
    let code = text.split(separator: "\n").last.flatMap { Int($0) } ?? 0
    let problem =
      result.status == 0
      ? nil : result.errors.split(separator: "\n").first.map(String.init) ?? "curl ends with \(result.status)"
    return Answer(code: code, body: Array(text.utf8.prefix(max(0, text.utf8.count - 4))), failure: problem)
  }

  /// A value of curl's configuration.
  static func quoted(_ text: String) -> String {
    "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
  }

  /// Host, port and the address that was looked at, which is the one that is called.
  private func resolve() throws(DeliveryFailure) -> String {
    guard let parts = URLComponents(string: url), let host = parts.host else { throw .refused("no web address") }
    let port = parts.port ?? ["https": 443, "smtp": 25, "smtps": 465][parts.scheme ?? ""] ?? 80
    let addresses = Curl.addresses(host, port)
    guard let first = addresses.first else { throw .later("the host \(host) is not known") }
    guard allowsPrivate || addresses.allSatisfy({ !Curl.isPrivate($0) }) else {
      throw .later("\(host) is an address of this machine or its network: set allow_private if that is meant")
    }
    return "\(host):\(port):\(first.contains(":") ? "[\(first)]" : first)"
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
      // Unique local fc00::/7 (RFC 4193), link and site local fe80::/9 (RFC 4291, 3879), multicast ff00::/8.
      let first = UInt16(text.prefix { $0 != ":" }, radix: 16) ?? 0
      return text == "::1" || text == "::" || first >= 0xfc00 && !(0xfe00..<0xfe80).contains(first)
    }
    switch (parts[0], parts[1]) {
    case (0, _), (10, _), (127, _), (169, 254), (192, 168), (224..., _): return true
    case (172, 16...31), (100, 64...127): return true
    default: return false
    }
  }
}
