import Diagnostics
import ExceptionDetection
import Foundation
import ModelFiles
import StateFiles
import Wording

/// Reads `alerts.yaml`. Every error names file, line and remedy; a key that is not known is one.
public enum AlertConfigurationReader {
  /// Shapes that a rule may name.
  static let shapes = ["spike", "run", "shift", "ramp", "drop"]

  /// Reads a file. Relative paths in it start from its folder.
  ///
  /// - Throws: ``HorizonError``: noInput, data with line.
  public static func read(_ path: String) throws -> AlertConfiguration {
    guard let bytes = FileManager.default.contents(atPath: path) else {
      let isThere = try FileRights.exists(path)
      throw HorizonError(
        .noInput, "cannot read \(path)",
        remedy: isThere
          ? "Let \(NSUserName()) read it, such as with `chgrp` and `chmod 640`" : "Check the path given with --config")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw HorizonError(.data, "the file is not UTF-8 text", at: .init(file: path), remedy: "Save it as UTF-8")
    }
    var configuration = try parse(text, file: path)
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    let whole = { (path: String) in
      path.isEmpty ? path : URL(fileURLWithPath: path, relativeTo: folder).standardizedFileURL.path
    }
    configuration.channels = configuration.channels.map { $0.with(paths: whole) }
    return configuration
  }

  /// Reads the text of a file.
  public static func parse(_ text: String, file: String) throws -> AlertConfiguration {
    let top = try YAMLValue.document(text, file: file).mapping(
      "the file", required: ["name", "rules", "channels"], optional: ["digest_above", "quiet_hours", "no_data", "pack"])
    let channels = try top.required("channels").list("channels").map(channel)
    try refuseRepeats(channels.map(\.name), in: top.required("channels"), what: "channel")
    guard !channels.isEmpty else {
      throw try top.required("channels").error(
        "there is no channel", remedy: "Add one, such as {name: files, kind: folder, path: messages}")
    }
    let names = channels.map(\.name)
    let rules = try top.required("rules").list("rules").map { try rule($0, channels: names) }
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
    if let route = top.optional("no_data") { configuration.noData = try noData(route, channels: names) }
    if let pack = top.optional("pack") { configuration.pack = try url(pack, "pack") }
    return configuration
  }

  private static func noData(_ value: YAMLValue, channels known: [String]) throws -> AlertConfiguration.NoDataRoute {
    let map = try value.mapping("no_data", required: [], optional: ["channels", "by"])
    var route = AlertConfiguration.NoDataRoute()
    if let list = map.optional("channels") { route.channels = try names(list, "channels", among: known) }
    if let by = map.optional("by") { route.grouping = try choice(by, "by") }
    return route
  }

  private static func refuseRepeats(_ names: [String], in value: YAMLValue, what: String) throws {
    var seen: Set<String> = []
    for name in names where !seen.insert(name).inserted {
      throw value.error("two of them are the \(what) '\(name)'", remedy: "Give each a name of its own")
    }
  }

  private static func rule(
    _ value: YAMLValue, channels: [String]
  ) throws -> AlertConfiguration.Rule {
    let map = try value.mapping(
      "a rule", required: ["name"],
      optional: [
        "areas", "measures", "false_alarms", "false_discovery_rate", "minimum_excess", "minimum_excess_percent",
        "kinds",
        "confirm", "remind_days", "channels", "digest", "owner", "severity",
      ])
    var rule = AlertConfiguration.Rule(name: try map.required("name").text("name"))
    if let areas = map.optional("areas") { rule.areas = try areas.texts("areas") }
    if let measures = map.optional("measures") { rule.measures = try measures.texts("measures") }
    if let budget = map.optional("false_alarms") {
      rule.falseAlarms = try budget.number("false_alarms")
      guard (0.001...100).contains(rule.falseAlarms) else {
        throw budget.error(
          "false_alarms must be from 0.001 to 100",
          remedy: "Write how many false alarms a year 100 series may give, such as 1")
      }
    }
    if let severity = map.optional("severity") { rule.severity = try choice(severity, "severity") }
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
    try value.list(what).map { try name($0, what, among: known) }
  }

  private static func name(_ value: YAMLValue, _ what: String, among known: [String]) throws -> String {
    let name = try value.text("an entry of \(what)")
    guard known.contains(name) else {
      let near = NearestName.nearest(to: name, among: known).map { "Perhaps '\($0)' was meant" }
      throw value.error(
        "\(what) has '\(name)', which is not known", remedy: near ?? "Use one of: \(known.joined(separator: ", "))")
    }
    return name
  }

  /// One of the cases of a type.
  static func choice<T: RawRepresentable & CaseIterable>(_ value: YAMLValue, _ what: String) throws -> T
  where T.RawValue == String {
    let text = try name(value, what, among: T.allCases.map(\.rawValue))
    guard let choice = T(rawValue: text) else { preconditionFailure("\(text) is one of the cases") }
    return choice
  }

  /// A whole address of the web without credentials, or of another of these schemes.
  static func url(_ value: YAMLValue, _ what: String, schemes: [String] = ["http", "https"]) throws -> String {
    let text = try value.text(what)
    guard let parts = URLComponents(string: text), schemes.contains(parts.scheme ?? ""), !(parts.host ?? "").isEmpty,
      !text.contains(where: { $0 == "\"" || $0 == "\\" || $0.isNewline })
    else {
      throw value.error(
        "\(what) is no address that begins with \(schemes.map { "\($0)://" }.joined(separator: " or "))",
        remedy: "Write it with \(schemes.last ?? "https"):// and a host")
    }
    guard parts.user == nil else {
      throw value.error("\(what) holds a user name", remedy: "Keep credentials out of the file; use a secret")
    }
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
