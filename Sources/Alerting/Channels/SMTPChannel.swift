import Foundation

/// Hands a mail to a server. With a user the connection is encrypted or not made; without, it is where the server can.
struct SMTPChannel: AlertChannel {
  let name: String
  let url: String
  let from: String
  let to: [String]
  let user: String?
  let secret: Secret?
  let allowsPrivate: Bool

  func send(_ delivery: Delivery) throws(DeliveryFailure) {
    guard let message = delivery.message else { throw .refused("the message cannot be read") }
    var lines = ["mail-from = \(Curl.quoted("<\(from)>"))", "crlf", user == nil ? "ssl" : "ssl-reqd"]
    lines += to.map { "mail-rcpt = \(Curl.quoted("<\($0)>"))" }
    if let user, let secret {
      do {
        lines.append("user = \(Curl.quoted("\(user):\(String(decoding: try secret.read(), as: UTF8.self))"))")
      } catch {
        throw .later("\(error)")
      }
    }
    let answer = try Curl(url: url, allowsPrivate: allowsPrivate, seconds: 60).send(
      MailText(message, from: from, to: to).bytes, as: { "upload-file = \(Curl.quoted($0))" }, lines)
    try SMTPChannel.judge(answer.code, failure: answer.failure)
  }

  /// What the server's last reply means (RFC 5321, section 4.2.1): 5 is for ever, but for logging in and for encryption, which
  /// the sender's configuration may mend.
  static func judge(_ code: Int, failure: String?) throws(DeliveryFailure) {
    guard failure != nil || !(200..<300).contains(code) else { return }
    let reason = code == 0 ? failure ?? "no reply" : "the mail server answers \(code)"
    if (500..<600).contains(code) && ![503, 530, 534, 535, 538].contains(code) { throw .refused(reason) }
    throw .later(reason)
  }
}
