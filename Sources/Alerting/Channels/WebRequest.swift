import Foundation

/// A JSON POST.
struct WebRequest {
  let url: String
  let allowsPrivate: Bool
  var headers: [(name: String, value: String)] = []
  var seconds = 20

  /// Posts the body.
  ///
  /// - Returns: what the receiver says.
  /// - Throws: refused where the receiver will never take it (400, 413, 415, 422), later for every other failure, an answer of
  ///   200 that says it is an error among them.
  @discardableResult
  func post(_ body: [UInt8]) throws(DeliveryFailure) -> [UInt8] {
    let answer = try Curl(url: url, allowsPrivate: allowsPrivate, seconds: seconds).send(
      body, as: { "data-binary = \(Curl.quoted("@" + $0))" },
      ["request = \"POST\""] + headers.map { "header = \(Curl.quoted("\($0.name): \($0.value)"))" })
    if let failure = answer.failure { throw .later(failure) }
    try WebRequest.judge(answer.code, answer.body)
    return answer.body
  }

  /// What an answer means.
  static func judge(_ code: Int, _ body: [UInt8]) throws(DeliveryFailure) {
    switch code {
    case 200..<300:
      guard let said = complaint(body) else { return }
      throw .later("the receiver answers \(code) and says that it is an error: \(said.prefix(200))")
    case 300..<400: throw .later("the receiver answers with a redirect (\(code)), which is not followed")
    case 400, 413, 415, 422: throw .refused("the receiver refuses the message (\(code))")
    default: throw .later("the receiver answers \(code)")
    }
  }

  /// What a body complains of, as receivers do that answer 200 to everything; nil where it does not.
  private static func complaint(_ body: [UInt8]) -> String? {
    guard let fields = try? JSONSerialization.jsonObject(with: Data(body)) as? [String: Any] else { return nil }
    for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
      switch name.lowercased() {
      case "error", "errors":
        if value is NSNull || (value as? Bool) == false || (value as? [Any])?.isEmpty ?? false { continue }
        return "\(value)"
      case "ok", "success":
        if (value as? Bool) == false { return "\(name) is false" }
      case "status":
        if let text = value as? String, ["error", "fail", "failed", "failure"].contains(text.lowercased()) {
          return text
        }
      default: continue
      }
    }
    return nil
  }
}
