import Hashing

/// Texts that cannot be guessed, from the system's source of random numbers.
enum SecretText {
  /// Random bytes in hexadecimal.
  static func hexadecimal(bytes: Int) -> String {
    let digits = Array("0123456789abcdef")
    var random = SystemRandomNumberGenerator()
    return String((0..<(2 * bytes)).map { _ in digits[Int.random(in: 0..<16, using: &random)] })
  }

  /// Letters and digits that nobody mistakes for one another when they are read out.
  private static let letters = Array("ABCDEFGHJKMNPQRSTUVWXYZ23456789")

  /// Eight letters and digits in two groups, such as `KX7M-92QP`: 39 bits.
  static func code() -> String {
    var random = SystemRandomNumberGenerator()
    let text = (0..<8).map { _ in letters[Int.random(in: letters.indices, using: &random)] }
    return String(text[..<4]) + "-" + String(text[4...])
  }

  /// Without what people add or leave out when they type a code.
  static func plain(_ code: String) -> String {
    String(code.uppercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) })
  }

  /// Whether two texts are equal, in a time that does not say where they differ.
  static func areEqual(_ a: String, _ b: String) -> Bool {
    let (x, y) = (Array(a.utf8), Array(b.utf8))
    guard x.count == y.count else { return false }
    return zip(x, y).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }

  /// What is kept of a token, and what a page's forms carry: neither gives the token away.
  static func hash(_ token: String, for purpose: StaticString) throws -> String {
    try SHA256.hexadecimal(of: Array("\(purpose)\n\(token)".utf8))
  }
}
