import Diagnostics
import ExceptionDetection
import Foundation
import ModelFiles
import Wording

/// Reads `alerts.yaml`. Every error names file, line and remedy; a key that is not known is one.
public enum AlertConfigurationReader {
  /// Shapes that a rule may name.
  static let shapes = ["spike", "run", "shift", "ramp", "drop"]

  /// Reads a file.
  ///
  /// - Parameter exception: what counts as an exception where a rule does not say.
  /// - Throws: ``HorizonError``: noInput, data with line.
  public static func read(_ path: String, exception: ExceptionRule) throws -> AlertConfiguration {
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw HorizonError(.noInput, "cannot read \(path)", remedy: "Check the path given with --config")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw HorizonError(.data, "the file is not UTF-8 text", at: .init(file: path), remedy: "Save it as UTF-8")
    }
    return try parse(text, file: path, exception: exception)
  }

  /// Reads the text of a file.
  public static func parse(_ text: String, file: String, exception: ExceptionRule) throws -> AlertConfiguration {
    let top = try YAMLValue.document(text, file: file).mapping(
      "the file", required: ["name", "rules", "channels"], optional: ["digest_above", "quiet_hours"])
    let channels = try top.required("channels").list("channels").map(channel)
    try refuseRepeats(channels.map(\.name), in: top.required("channels"), what: "channel")
    guard !channels.isEmpty else {
      throw try top.required("channels").error(
        "there is no channel", remedy: "Add one, such as {name: files, kind: folder, path: messages}")
    }
    let names = channels.map(\.name)
    let rules = try top.required("rules").list("rules").map { try rule($0, exception, channels: names) }
    try refuseRepeats(rules.map(\.name), in: top.required("rules"), what: "rule")
    guard !rules.isEmpty else {
      throw try top.required("rules").error("there is no rule", remedy: "Add one, such as {name: exceptions}")
    }
    var configuration = AlertConfiguration(
      name: try top.required("name").text("name"), rules: rules, channels: channels)
    if let most = top.optional("digest_above") { configuration.most = try most.wholeNumber("digest_above") }
    if let hours = top.optional("quiet_hours") {
      let map = try hours.mapping("quiet_hours", required: ["from", "to"])
      configuration.quietHours = QuietHours(
        from: try time(map.required("from")), to: try time(map.required("to")))
    }
    return configuration
  }

  private static func refuseRepeats(_ names: [String], in value: YAMLValue, what: String) throws {
    var seen: Set<String> = []
    for name in names where !seen.insert(name).inserted {
      throw value.error("two of them are the \(what) '\(name)'", remedy: "Give each a name of its own")
    }
  }

  private static func rule(
    _ value: YAMLValue, _ exception: ExceptionRule, channels: [String]
  ) throws -> AlertConfiguration.Rule {
    let map = try value.mapping(
      "a rule", required: ["name"],
      optional: [
        "areas", "measures", "false_discovery_rate", "minimum_excess", "minimum_excess_percent", "kinds", "confirm",
        "remind_days", "channels", "digest", "owner",
      ])
    var rule = AlertConfiguration.Rule(name: try map.required("name").text("name"), exception: exception)
    if let areas = map.optional("areas") { rule.areas = try areas.texts("areas") }
    if let measures = map.optional("measures") { rule.measures = try measures.texts("measures") }
    if let rate = map.optional("false_discovery_rate") {
      let number = try rate.number("false_discovery_rate")
      guard number > 0, number < 1 else {
        throw rate.error("false_discovery_rate must be between 0 and 1", remedy: "Write a share, such as 0.1")
      }
      rule.exception.falseDiscoveryRate = number
    }
    func atLeastZero(_ key: String) throws -> Double? {
      guard let value = map.optional(key) else { return nil }
      let number = try value.number(key)
      guard number >= 0 else { throw value.error("\(key) must be 0 or more", remedy: "Write a size, not a change") }
      return number
    }
    if let excess = try atLeastZero("minimum_excess") { rule.exception.minimumExcess = excess }
    if let percent = try atLeastZero("minimum_excess_percent") { rule.exception.minimumExcessShare = percent / 100 }
    if let kinds = map.optional("kinds") { rule.shapes = try names(kinds, "kinds", among: shapes) }
    if let confirm = map.optional("confirm") {
      rule.policy.confirmation = try confirm.wholeNumber("confirm")
      guard rule.policy.confirmation >= 1 else {
        throw confirm.error("confirm must be 1 or more", remedy: "Write 1 to tell at once")
      }
    }
    if let remind = map.optional("remind_days") {
      let days = try remind.wholeNumber("remind_days")
      guard (1...3660).contains(days) else {
        throw remind.error("remind_days must be from 1 to 3660", remedy: "Take the line out for no reminders")
      }
      rule.policy.reminder = days * 86_400
    }
    if let list = map.optional("channels") { rule.channels = try names(list, "channels", among: channels) }
    if let digest = map.optional("digest") { rule.isDigest = try digest.truth("digest") }
    rule.owner = try map.optional("owner")?.text("owner")
    return rule
  }

  private static func names(_ value: YAMLValue, _ what: String, among known: [String]) throws -> [String] {
    try value.list(what).map { entry in
      let name = try entry.text("an entry of \(what)")
      guard known.contains(name) else {
        let near = NearestName.nearest(to: name, among: known).map { "Perhaps '\($0)' was meant" }
        throw entry.error(
          "\(what) has '\(name)', which is not known", remedy: near ?? "Use one of: \(known.joined(separator: ", "))")
      }
      return name
    }
  }

  private static func channel(_ value: YAMLValue) throws -> AlertConfiguration.Channel {
    let keys = ["path", "url", "secret_file", "secret_env", "allow_private", "from", "to", "program"]
    let map = try value.mapping("a channel", required: ["name", "kind"], optional: keys)
    let kind = try map.required("kind")
    let known = [
      "folder": ["path"], "stdout": [], "atom": ["path"], "alertmanager": ["url", "allow_private"],
      "webhook": ["url", "secret_file", "secret_env", "allow_private"], "mail": ["from", "to", "program"],
    ]
    let name = try kind.text("kind")
    guard let allowed = known[name] else {
      throw kind.error(
        "there is no kind of channel '\(name)'", remedy: "Use one of: \(known.keys.sorted().joined(separator: ", "))")
    }
    for key in keys where !allowed.contains(key) {
      if let extra = map.optional(key) {
        throw extra.error("a channel of kind \(name) has no '\(key)'", remedy: "Take it out, or check the kind")
      }
    }
    let allowsPrivate = try map.optional("allow_private")?.truth("allow_private") ?? false
    let channel: AlertConfiguration.Channel.Kind
    switch name {
    case "folder": channel = .folder(path: try map.required("path").text("path"))
    case "atom": channel = .atom(path: try map.required("path").text("path"))
    case "alertmanager": channel = .alertmanager(url: try url(map.required("url")), allowsPrivate: allowsPrivate)
    case "webhook":
      if let file = map.optional("secret_file"), map.optional("secret_env") != nil {
        throw file.error("the secret stands in two places", remedy: "Keep secret_file or secret_env")
      }
      let secret =
        try map.optional("secret_file").map { Secret.file(try $0.text("secret_file")) }
        ?? map.optional("secret_env").map { Secret.environment(try $0.text("secret_env")) }
      channel = .webhook(url: try url(map.required("url")), secret: secret, allowsPrivate: allowsPrivate)
    case "mail":
      let to = try map.required("to")
      let addresses = try to.list("to").map(address)
      guard !addresses.isEmpty else { throw to.error("nobody is written to", remedy: "Add an address") }
      let program = try map.optional("program")?.texts("program") ?? ["/usr/sbin/sendmail", "-i", "-t"]
      guard program.first?.hasPrefix("/") ?? false else {
        throw kind.error("program must begin with a whole path", remedy: "Write [/usr/sbin/sendmail, -i, -t]")
      }
      channel = .mail(from: try address(map.required("from")), to: addresses, program: program)
    default: channel = .stdout
    }
    return AlertConfiguration.Channel(name: try map.required("name").text("name"), kind: channel)
  }

  private static func url(_ value: YAMLValue) throws -> String {
    let text = try value.text("url")
    guard let parts = URLComponents(string: text), ["http", "https"].contains(parts.scheme),
      !(parts.host ?? "").isEmpty,
      !text.contains(where: { $0 == "\"" || $0 == "\\" || $0.isNewline })
    else { throw value.error("url is no web address", remedy: "Write it with https:// and a host") }
    guard parts.user == nil else {
      throw value.error("url holds a user name", remedy: "Keep credentials out of the file; use a secret")
    }
    return text
  }

  private static func address(_ value: YAMLValue) throws -> String {
    let text = try value.text("an address")
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }),
      text.unicodeScalars.allSatisfy({ $0.isASCII && $0.value > 32 && !"<>,;:\"()[]\\".unicodeScalars.contains($0) })
    else { throw value.error("'\(text)' is no mail address", remedy: "Write name@example.org") }
    return text
  }

  private static func time(_ value: YAMLValue) throws -> Int {
    let text = try value.text("a time of day")
    guard let moment = Moment("2026-01-01T\(text):00Z") else {
      throw value.error("'\(text)' is no time of day", remedy: "Write it in quotes as \"22:00\", in universal time")
    }
    return moment.seconds % 86_400
  }
}
