import Diagnostics
import Foundation
import Tables
import Testing
import TimeSeries

@testable import Alerting

/// Channels as their receivers meet them, on this machine alone.
@Suite struct ChannelTests {
  private func message(_ area: String = "Oxford & <West>", sequence: Int = 1) throws -> AlertMessage {
    try AlertMessage(
      AlertKey(rule: "exceptions", series: SeriesKey(area: area, measure: "Burglary")),
      AlertTransition(happening: sequence == 1 ? .fired : .resolved, episode: 1, sequence: sequence), facts: nil,
      AlertMessage.Frame(now: Moment(seconds: 1_800_000_000), period: "Dec 2026"), names: ("Burglary", area))
  }

  private func delivery(_ message: AlertMessage) throws -> Delivery {
    Delivery(key: message.key, body: try CanonicalJSON.document(message))
  }

  private func withFolder<T>(_ body: (URL) throws -> T) throws -> T {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("alerts-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }

  @Test func theFolderHoldsEachMessageOnce() throws {
    try withFolder { folder in
      let channel = FolderChannel(folder.path)
      let delivery = try delivery(message())
      try channel.send(delivery)
      try channel.send(delivery)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["\(delivery.key).json"])
      #expect(try delivery.message == message())
    }
  }

  @Test func theFeedHoldsEachMessageOnceNewestFirst() throws {
    try withFolder { folder in
      let path = folder.appendingPathComponent("feed.xml").path
      let channel = AtomChannel(name: "feed", path: path)
      for sequence in [1, 1, 2, 1] { try channel.send(try delivery(message(sequence: sequence))) }
      let text = try String(contentsOfFile: path, encoding: .utf8)
      #expect(text.components(separatedBy: "<entry>").count == 3)
      #expect(text.contains("Oxford &amp; &lt;West&gt;"))
      let parser = XMLCheck()
      #expect(parser.isWellFormed(Array(text.utf8)))
      let first = try #require(text.range(of: "-resolved</id>"))
      let second = try #require(text.range(of: "-fired</id>"))
      #expect(first.lowerBound < second.lowerBound)
      try Data("<feed/>".utf8).write(to: URL(fileURLWithPath: path))
      #expect(throws: DeliveryFailure.self) { try channel.send(try delivery(message())) }
    }
  }

  @Test func aMailIsHandedToItsProgram() throws {
    try withFolder { folder in
      let (script, copy) = (folder.appendingPathComponent("sendmail"), folder.appendingPathComponent("mail"))
      func program(_ body: String) throws {
        try Data("#!/bin/sh\n\(body)\n".utf8).write(to: script)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script.path)
      }
      let channel = MailChannel(
        name: "post", from: "horizon@example.org", to: ["a@example.org", "b@example.org"], program: [script.path, "-t"])
      try program("cat > \(copy.path)")
      let told = try message("Würzburg")
      try channel.send(try delivery(told))
      let mail = try String(contentsOf: copy, encoding: .utf8)
      #expect(mail.contains("Message-ID: <\(told.key)@alert.horizon.invalid>\n"))
      #expect(mail.contains("References: <\(told.thread)@alert.horizon.invalid>\n"))
      #expect(mail.contains("To: a@example.org, b@example.org\n"))
      #expect(mail.contains("Date: Fri, 15 Jan 2027 08:00:00 +0000\n"))
      #expect(mail.contains("Subject: =?utf-8?B?"))
      #expect(mail.split(separator: "\n").allSatisfy { $0.utf8.count <= 200 })
      let part = try #require(mail.components(separatedBy: "base64\n\n").dropFirst().first)
      let encoded = try #require(part.components(separatedBy: "\n--").first).filter { !$0.isNewline }
      #expect(Data(base64Encoded: encoded).map { String(decoding: $0, as: UTF8.self) } == told.plainText)
      try program("echo no such user >&2; exit 67")
      #expect(throws: DeliveryFailure.refused("\(script.path) ends with 67: no such user")) {
        try channel.send(try delivery(told))
      }
      try program("exit 75")
      #expect(throws: DeliveryFailure.later("\(script.path) ends with 75: ")) { try channel.send(try delivery(told)) }
    }
  }

  @Test func headersCannotBeInjected() throws {
    let mail = MailText(try message("Oxford\nBcc: all@example.org"), from: "a@example.org", to: ["b@example.org"]).bytes
    let head = String(decoding: mail, as: UTF8.self).components(separatedBy: "\n\n")[0]
    #expect(!head.split(separator: "\n").contains { $0.hasPrefix("Bcc") })
  }

  @Test func theHTMLEscapesAndIsWellFormed() throws {
    let html = try message().html
    #expect(html.contains("Oxford &amp; &lt;West&gt;"))
    #expect(XMLCheck().isWellFormed(Array(html.dropFirst("<!DOCTYPE html>\n".count).utf8)))
  }

  /// RFC 4231, test case 2.
  @Test func signaturesAreHMAC() throws {
    #expect(
      try WebhookChannel.signature(Array("what do ya want for nothing?".utf8), key: Array("Jefe".utf8))
        == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
  }

  @Test func answersAreJudged() throws {
    for (code, body) in [
      (200, ""), (204, ""), (202, "{\"ok\":true}"), (200, "ok"), (200, "{\"error\":null}"), (200, "{\"errors\":[]}"),
    ] {
      try WebRequest.judge(code, Array(body.utf8))
    }
    for (code, body) in [
      (200, "{\"error\":\"no\"}"), (200, "{\"ok\":false}"), (200, "{\"errors\":[\"full\"]}"),
      (200, "{\"status\":\"error\"}"), (200, "{\"success\":false}"), (302, ""), (500, ""), (401, ""), (0, ""),
    ] {
      let failure = #expect(throws: DeliveryFailure.self) { try WebRequest.judge(code, Array(body.utf8)) }
      if case .refused = failure { Issue.record("\(code) is given up") }
    }
    let failure = #expect(throws: DeliveryFailure.self) { try WebRequest.judge(422, []) }
    #expect(failure == .refused("the receiver refuses the message (422)"))
  }

  @Test func templatesAreWhatTheirReceiversTake() throws {
    let told = try delivery(message())
    let slack = try #require(
      try JSONSerialization.jsonObject(with: Data(AlertConfiguration.Template.slack.body(told))) as? [String: String])
    #expect(slack.keys.sorted() == ["text"])
    #expect(slack["text"]?.hasPrefix("*[new] Burglary in Oxford &amp; &lt;West&gt;, Dec 2026*\n") == true)
    let teams = try #require(
      try JSONSerialization.jsonObject(with: Data(AlertConfiguration.Template.teams.body(told))) as? [String: Any])
    let card = try #require((teams["attachments"] as? [[String: Any]])?.first)
    #expect(card["contentType"] as? String == "application/vnd.microsoft.card.adaptive")
    let content = try #require(card["content"] as? [String: Any])
    #expect(content["type"] as? String == "AdaptiveCard" && content["version"] as? String == "1.4")
    let title = try #require((content["body"] as? [[String: Any]])?.first?["text"] as? String)
    #expect(title == "[new] Burglary in Oxford & <West>, Dec 2026")
    #expect(try AlertConfiguration.Template.message.body(told) == told.body)
    // Both answer 200 to what they did not take.
    for (template, answer) in [
      (AlertConfiguration.Template.slack, "no_service"), (.teams, "Webhook message delivery failed"),
    ] {
      #expect(throws: DeliveryFailure.self) { try template.check(Array(answer.utf8)) }
      try template.check(Array((template == .slack ? "ok" : "1").utf8))
    }
  }

  /// To Alertmanager an alert is its labels: the end of one with others would leave the first open for good.
  @Test func alertmanagerKnowsAnEndForThatOfItsAlert() throws {
    let begun = try #require(AlertmanagerChannel.alerts(try message()).first)
    let ended = try #require(AlertmanagerChannel.alerts(try message(sequence: 2)).first)
    #expect(begun.labels == ended.labels)
    #expect(begun.labels["area"] == "Oxford & <West>" && begun.labels["measure"] == "Burglary")
    #expect(begun.startsAt == "2027-01-15T08:00:00Z" && begun.endsAt > "2027-02")
    #expect(ended.startsAt == nil && ended.endsAt == "2027-01-15T08:00:00Z")
    // Told in a digest they are the same alerts.
    let frame = AlertMessage.Frame(now: Moment(seconds: 1_800_000_000), period: "Dec 2026")
    let both = AlertMessage(
      digest: [try message(), try message("North", sequence: 2)], isMany: false, key: "digest-1", rule: "exceptions",
      frame)
    let told = AlertmanagerChannel.alerts(both)
    #expect(told.map(\.labels["area"]) == ["Oxford & <West>", "North"])
    #expect(told.first?.labels == begun.labels && told.map { $0.startsAt == nil } == [false, true])
    // Missing figures are something that is going on.
    let missing = AlertMessage(
      missing: [("Burglary", "North")], lost: [], group: "North", key: "no-data-1", frame)
    #expect(AlertmanagerChannel.alerts(missing).map { $0.endsAt > "2027-02" } == [true])
  }

  @Test func repliesOfMailServersAreJudged() throws {
    try SMTPChannel.judge(250, failure: nil)
    for code in [0, 421, 451, 535] {
      let failure = #expect(throws: DeliveryFailure.self) { try SMTPChannel.judge(code, failure: "no") }
      if case .refused = failure { Issue.record("\(code) is given up") }
    }
    let failure = #expect(throws: DeliveryFailure.self) { try SMTPChannel.judge(550, failure: "no") }
    #expect(failure == .refused("the mail server answers 550"))
  }

  /// Every key that a message can have is in the schema, and none besides.
  @Test func theSchemaIsOfTheMessage() throws {
    guard case .object(let schema) = AlertMessage.schema, case .object(let known)? = schema["properties"],
      case .array(let required)? = schema["required"]
    else {
      Issue.record("the schema is an object")
      return
    }
    let fields = Mirror(reflecting: try message()).children.compactMap(\.label)
    let snake = fields.map { $0.map { $0.isUppercase ? "_\($0.lowercased())" : String($0) }.joined() }
    #expect(Set(known.keys) == Set(snake))
    let written = try #require(
      try JSONSerialization.jsonObject(with: Data(delivery(message()).body)) as? [String: Any])
    for case .string(let key) in required { #expect(written[key] != nil, "\(key)") }
  }

  @Test func addressesOfTheMachineAndItsNetworkAreKnown() {
    for address in [
      "127.0.0.1", "10.2.3.4", "192.168.1.1", "172.16.0.1", "172.31.255.255", "169.254.169.254", "100.64.0.1",
      "0.0.0.0",
      "::1", "::", "fe80::1", "fe90::1", "fea0::1", "febf::1", "fec0::1", "fc00::1", "fd00::1", "ff02::1",
      "::ffff:127.0.0.1",
      "::ffff:10.0.0.1", "224.0.0.1",
    ] {
      #expect(Curl.isPrivate(address), "\(address)")
    }
    for address in [
      "192.0.2.1", "172.32.0.1", "8.8.8.8", "100.128.0.1", "2001:db8::1", "fbff::1", "fe7f::1", "fc::1",
      "::ffff:192.0.2.1",
    ] {
      #expect(!Curl.isPrivate(address), "\(address)")
    }
  }

  @Test func aPrivateAddressNeedsToBeAllowed() throws {
    let channel = WebhookChannel(name: "hook", url: "http://127.0.0.1:9/", secret: nil, allowsPrivate: false)
    let failure = #expect(throws: DeliveryFailure.self) { try channel.send(try delivery(message())) }
    guard case .later(let reason)? = failure else { return }
    #expect(reason.contains("allow_private"))
  }

  @Test func secretsAreGuarded() throws {
    try withFolder { folder in
      let path = folder.appendingPathComponent("secret").path
      try Data("0123456789abcdef\n".utf8).write(to: URL(fileURLWithPath: path))
      try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
      #expect(throws: HorizonError.self) { try Secret.file(path).read() }
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
      #expect(try Secret.file(path).read() == Array("0123456789abcdef".utf8))
      #expect(throws: HorizonError.self) { try Secret.file(path + ".none").read() }
      #expect(throws: HorizonError.self) { try Secret.environment("HORIZON_NO_SUCH_SECRET").read() }
    }
  }
}

/// Whether bytes are well-formed XML, by counting what is open: enough for what this package writes.
struct XMLCheck {
  func isWellFormed(_ bytes: [UInt8]) -> Bool {
    var open: [String] = []
    var rest = String(decoding: bytes, as: UTF8.self)[...]
    while let start = rest.firstIndex(of: "<") {
      guard let end = rest[start...].firstIndex(of: ">") else { return false }
      let tag = rest[rest.index(after: start)..<end]
      rest = rest[rest.index(after: end)...]
      if tag.hasPrefix("?") || tag.hasPrefix("!") || tag.hasSuffix("/") { continue }
      if tag.hasPrefix("/") {
        guard open.popLast() == String(tag.dropFirst()) else { return false }
      } else {
        open.append(String(tag.prefix { !$0.isWhitespace }))
      }
    }
    return open.isEmpty
  }
}
