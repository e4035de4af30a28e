import Foundation

/// Hands a mail to a program that takes it on standard input as sendmail does, msmtp too.
struct MailChannel: AlertChannel {
  let name: String
  let from: String
  let to: [String]
  let program: [String]

  func send(_ delivery: Delivery) throws(DeliveryFailure) {
    guard let message = delivery.message else { throw .refused("the message cannot be read") }
    let mail = MailText(message, from: from, to: to).bytes
    let result = try Subprocess.run(program, input: mail, seconds: 60)
    // 64 to 69 of sysexits.h: the mail or its addresses are wrong; everything else may pass.
    guard result.status != 0 else { return }
    let reason = "\(program[0]) ends with \(result.status): \(result.errors.split(separator: "\n").first ?? "")"
    if [65, 67, 68].contains(result.status) { throw .refused(reason) }
    throw .later(reason)
  }
}

/// A message as a mail (RFC 5322, MIME): plain text, and the same as HTML with its chart.
struct MailText {
  private let message: AlertMessage
  private let from: String
  private let to: [String]

  init(_ message: AlertMessage, from: String, to: [String]) {
    self.message = message
    self.from = from
    self.to = to
  }

  /// The mail. Its Message-ID is made of the message's key, so that a repeat is known for one; the mails of an episode refer to
  /// one name, by which readers thread them.
  var bytes: [UInt8] {
    let boundary = "horizon-\(message.key)"
    let thread = "<\(message.thread)@alert.horizon.invalid>"
    var lines = [
      "From: \(from)", "To: \(to.joined(separator: ", "))", "Subject: \(MailText.encoded(message.subject))",
      "Date: \(MailText.date(message.madeAt))", "Message-ID: <\(message.key)@alert.horizon.invalid>",
      "References: \(thread)", "In-Reply-To: \(thread)", "Auto-Submitted: auto-generated", "MIME-Version: 1.0",
      "Content-Type: multipart/alternative; boundary=\"\(boundary)\"", "",
    ]
    for (type, text) in [("text/plain", message.plainText), ("text/html", message.html)] {
      lines += [
        "--\(boundary)", "Content-Type: \(type); charset=utf-8", "Content-Transfer-Encoding: base64", "",
        MailText.wrapped(Data(text.utf8).base64EncodedString()),
      ]
    }
    lines += ["--\(boundary)--", ""]
    return Array(lines.joined(separator: "\n").utf8)
  }

  /// `Sat, 28 Nov 2026 09:30:00 +0000`.
  static func date(_ moment: Moment) -> String {
    let day = moment.day
    let names = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let weekday = names[((day.daysSinceEpoch % 7) + 7) % 7]
    return "\(weekday), \(day.day) \(months[day.month - 1]) \(day.year) \(moment.text.dropFirst(11).prefix(8)) +0000"
  }

  /// A header's text: as it is where it is plain ASCII, else as encoded words (RFC 2047) of at most 45 bytes each.
  static func encoded(_ text: String) -> String {
    let plain = text.unicodeScalars.allSatisfy { (32..<127).contains($0.value) }
    if plain && text.utf8.count <= 200 && !text.contains("=?") { return text }
    var words: [[UInt8]] = [[]]
    for character in text.map({ Array(String($0.unicodeScalars.contains { $0.value < 32 } ? " " : $0).utf8) }) {
      if words[words.count - 1].count + character.count > 45 { words.append([]) }
      words[words.count - 1] += character
    }
    return words.map { "=?utf-8?B?\(Data($0).base64EncodedString())?=" }.joined(separator: "\n ")
  }

  private static func wrapped(_ text: String) -> String {
    let bytes = Array(text.utf8)
    return stride(from: 0, to: bytes.count, by: 76).map {
      String(decoding: bytes[$0..<min($0 + 76, bytes.count)], as: UTF8.self)
    }.joined(separator: "\n")
  }
}
