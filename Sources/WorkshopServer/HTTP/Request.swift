/// What a browser asks, without the server's own types.
struct Request: Sendable {
  var method = "GET"
  /// Without what follows a question mark.
  var path = "/"
  var query: [String: String] = [:]
  var host = ""
  var origin: String?
  /// `Sec-Fetch-Site`, which browsers send of themselves.
  var site: String?
  var cookie = ""
  var contentType = ""
  /// Nil where it is longer than ``Request/bodyLimit``, or of a length that is not said.
  var body: [UInt8]? = []
  /// The other end, for counting guesses.
  var address = ""

  /// Bytes of a body, at most: a form with its longest reason, of characters that take twelve bytes each, has 25,000.
  static let bodyLimit = 64 << 10

  /// The value of a cookie.
  func cookie(_ name: String) -> String? {
    for pair in cookie.split(separator: ";") {
      let parts = pair.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, parts[0].drop(while: { $0 == " " }) == name else { continue }
      return String(parts[1])
    }
    return nil
  }
}

/// What a browser is answered.
struct Answer: Sendable {
  var status = 200
  var headers: [(name: String, value: String)] = []
  var body: [UInt8] = []

  /// The way on after a form was taken: the browser gets it, so that reloading sends nothing twice.
  static func seeOther(_ location: String) -> Answer { Answer(status: 303, headers: [("Location", location)]) }
}
