import Foundation
import Wording

extension AlertConfiguration.Template {
  /// What the receiver is posted.
  func body(_ delivery: Delivery) throws(DeliveryFailure) -> [UInt8] {
    guard self != .message else { return delivery.body }
    guard let message = delivery.message else { throw .refused("the message cannot be read") }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return Array(self == .slack ? try encoder.encode(SlackText(message)) : try encoder.encode(TeamsCard(message)))
    } catch {
      throw .refused("the message cannot be written: \(error)")
    }
  }

  /// Both answer 200 in words where they did not take a message.
  func check(_ answer: [UInt8]) throws(DeliveryFailure) {
    let text = String(decoding: answer.prefix(500), as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    switch self {
    case .message: return
    case .slack:
      guard text.isEmpty || text.lowercased() == "ok" || text.hasPrefix("{") else {
        throw .later("the receiver answers: \(text.prefix(200))")
      }
    case .teams:
      let lower = text.lowercased()
      guard !lower.contains("error") && !lower.contains("failed") else {
        throw .later("the receiver answers: \(text.prefix(200))")
      }
    }
  }
}

/// Text with light markup.
private struct SlackText: Encodable {
  let text: String

  init(_ message: AlertMessage) {
    let escaped = { (text: String) in
      text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
    var parts = ["*\(escaped(message.subject))*", escaped(message.headline)]
    parts.append(escaped(message.sentences.joined(separator: "\n")))
    if let facts = message.facts {
      parts.append("```\n\(escaped(AlertMessage.table(facts)))\n```")
      if message.isOpen { parts.append(escaped(facts.ending)) }
    }
    if !message.entries.isEmpty { parts.append(escaped(message.list(15))) }
    if let link = message.link { parts.append("<\(link)|The page in the pack>") }
    parts += message.answers.map { "`\(escaped($0))`" }
    text = parts.filter { !$0.isEmpty }.joined(separator: "\n")
  }
}

/// An adaptive card (version 1.4) in a message.
private struct TeamsCard: Encodable {
  struct Fact: Encodable {
    let title: String
    let value: String
  }
  struct Element: Encodable {
    var type = "TextBlock"
    var text: String?
    var weight: String?
    var size: String?
    var wrap: Bool?
    var fontType: String?
    var facts: [Fact]?
  }
  struct Action: Encodable {
    var type = "Action.OpenUrl"
    let title: String
    let url: String
  }
  struct Content: Encodable {
    let schema = "http://adaptivecards.io/schemas/adaptive-card.json"
    let type = "AdaptiveCard"
    let version = "1.4"
    let body: [Element]
    let actions: [Action]

    enum CodingKeys: String, CodingKey {
      case schema = "$schema"
      case type, version, body, actions
    }
  }
  struct Attachment: Encodable {
    let contentType = "application/vnd.microsoft.card.adaptive"
    let content: Content
  }
  let type = "message"
  let attachments: [Attachment]

  init(_ message: AlertMessage) {
    var body = [Element(text: message.subject, weight: "Bolder", size: "Medium", wrap: true)]
    body += ([message.headline] + message.sentences).map { Element(text: $0, wrap: true) }
    if let facts = message.facts {
      let rows = facts.rows.suffix(6).map { row in
        Fact(title: row.period, value: "\(AlertMessage.number(row.observed)) recorded, \(row.usual) usual")
      }
      body.append(Element(type: "FactSet", facts: rows))
      if message.isOpen { body.append(Element(text: facts.ending, wrap: true)) }
    }
    if !message.entries.isEmpty { body.append(Element(text: message.list(15), wrap: true)) }
    body += message.answers.map { Element(text: $0, wrap: true, fontType: "Monospace") }
    let actions = message.link.map { [Action(title: "The page in the pack", url: $0)] } ?? []
    attachments = [Attachment(content: Content(body: body, actions: actions))]
  }
}
