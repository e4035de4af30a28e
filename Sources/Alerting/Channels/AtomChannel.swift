import Charts
import Foundation
import Tables

/// An Atom feed (RFC 4287) in a file: the newest hundred messages, each once by its key.
struct AtomChannel: AlertChannel {
  let name: String
  let path: String
  private static let most = 100

  func send(_ delivery: Delivery) throws(DeliveryFailure) {
    guard let message = delivery.message else { throw .refused("the message cannot be read") }
    let known: String
    if FileManager.default.fileExists(atPath: path) {
      guard let text = try? String(contentsOfFile: path, encoding: .utf8), text.contains(AtomChannel.mark) else {
        throw .later("\(path) is not a feed of Horizon")
      }
      known = text
    } else {
      known = ""
    }
    // The feed is its own store: entries are taken over as they stand.
    let entries = known.components(separatedBy: "<entry>").dropFirst().compactMap { part in
      part.range(of: "</entry>").map { "<entry>" + part[..<$0.upperBound] }
    }
    let id = "urn:horizon:alert:\(message.key)"
    guard !entries.contains(where: { $0.contains("<id>\(id)</id>") }) else { return }
    let entry = Markup.element(
      "entry", [:], .element("title", [:], Markup(text: message.subject)), .element("id", [:], Markup(text: id)),
      .element("updated", [:], Markup(text: message.madeAt.text)),
      .element("summary", [:], Markup(text: message.headline)),
      .element("content", ["type": "text"], Markup(text: message.plainText)))
    let all = ([entry.source] + entries).prefix(AtomChannel.most).joined(separator: "\n")
    let text = """
      <?xml version="1.0" encoding="utf-8"?>
      <feed xmlns="http://www.w3.org/2005/Atom">
      \(AtomChannel.mark)<title>Horizon alerts</title><updated>\(message.madeAt.text)</updated>
      <author><name>Horizon</name></author>
      \(all)
      </feed>

      """
    do { try WholeFile.write(Array(text.utf8), to: path) } catch { throw .later("\(error)") }
  }

  private static let mark = "<id>urn:horizon:alerts</id>"
}
