import Foundation
import Hashing
import Tables

/// Posts the message as JSON, or as its template has it. `Idempotency-Key` is its key; with a secret `X-Horizon-Signature` is `sha256=` and the HMAC of the
/// body in hexadecimal.
struct WebhookChannel: AlertChannel {
  let name: String
  let url: String
  let secret: Secret?
  let allowsPrivate: Bool
  var template = AlertConfiguration.Template.message

  func send(_ delivery: Delivery) throws(DeliveryFailure) {
    let body = try template.body(delivery)
    var request = WebRequest(url: url, allowsPrivate: allowsPrivate)
    request.headers = [
      ("Content-Type", "application/json; charset=utf-8"), ("Idempotency-Key", delivery.key),
      ("User-Agent", "horizon-alert"),
    ]
    if let secret {
      do {
        request.headers.append(
          ("X-Horizon-Signature", "sha256=" + (try WebhookChannel.signature(body, key: secret.read()))))
      } catch {
        throw .later("\(error)")
      }
    }
    try template.check(try request.post(body))
  }

  /// HMAC-SHA-256 of a body in hexadecimal.
  static func signature(_ body: [UInt8], key: [UInt8]) throws -> String {
    let digest = try body.withUnsafeBufferPointer { try KeyedHash(key: key).digest($0) }
    let digits = Array("0123456789abcdef")
    return String(digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }
}

/// Posts alerts to Prometheus Alertmanager (API version 2), those of a digest each by itself. To it an alert is its labels: they
/// are the same from the first message of an episode to the last. What is open ends by itself after 45 days unless it is told
/// again, which its receiver calls resolved; what is over is sent with the moment it ended.
struct AlertmanagerChannel: AlertChannel {
  let name: String
  let url: String
  let allowsPrivate: Bool

  /// An alert as Alertmanager takes it.
  struct Alert: Encodable {
    let labels: [String: String]
    let annotations: [String: String]
    let generatorURL: String?
    let startsAt: String?
    let endsAt: String
  }

  /// The alerts of a message.
  static func alerts(_ message: AlertMessage) -> [Alert] {
    // That figures are missing is a message about a group, and open too.
    guard message.happening == nil, !message.entries.isEmpty else {
      let own = AlertMessage.Entry(
        alert: message.alert ?? message.key, happening: message.happening ?? .fired, headline: message.headline,
        label: message.label, place: message.place)
      return [alert(own, of: message, text: message.sentences.joined(separator: " "))]
    }
    return message.entries.map { alert($0, of: message, text: $0.happening.sentence(message.period)) }
  }

  private static func alert(_ entry: AlertMessage.Entry, of message: AlertMessage, text: String) -> Alert {
    let isOpen = entry.happening.leavesOpen || entry.happening == .lost
    var annotations = ["summary": entry.headline, "description": text]
    annotations["owner"] = message.owner
    return Alert(
      labels: [
        "alertname": message.rule, "alert": entry.alert, "area": entry.place ?? "", "measure": entry.label ?? "",
        "severity": message.severity.rawValue,
      ].filter { !$0.value.isEmpty },
      annotations: annotations, generatorURL: message.link, startsAt: isOpen ? message.madeAt.text : nil,
      endsAt: (isOpen ? message.madeAt + 45 * 86_400 : message.madeAt).text)
  }

  func send(_ delivery: Delivery) throws(DeliveryFailure) {
    guard let message = delivery.message else { throw .refused("the message cannot be read") }
    var request = WebRequest(
      url: url.hasSuffix("/api/v2/alerts") ? url : url + (url.hasSuffix("/") ? "" : "/") + "api/v2/alerts",
      allowsPrivate: allowsPrivate)
    request.headers = [("Content-Type", "application/json")]
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let body = try? encoder.encode(AlertmanagerChannel.alerts(message)) else {
      throw .refused("the message cannot be written")
    }
    try request.post(Array(body))
  }
}

extension Delivery {
  /// The message; nil where it cannot be read.
  var message: AlertMessage? {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try? decoder.decode(AlertMessage.self, from: Data(body))
  }
}
