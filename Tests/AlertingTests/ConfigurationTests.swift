import Diagnostics
import ExceptionDetection
import Testing

@testable import Alerting

/// `alerts.yaml`: what it may say, and what is said of mistakes.
@Suite struct ConfigurationTests {
  private static let whole = """
    name: thames-valley
    digest_above: 7
    quiet_hours: {from: "22:00", to: "07:30"}
    channels:
      - {name: files, kind: folder, path: messages}
      - name: duty
        kind: webhook
        url: https://alerts.example.org/in?team=3
        secret_env: HORIZON_HOOK
        template: teams
      - {name: post, kind: mail, from: horizon@example.org, to: [duty@example.org]}
      - {name: feed, kind: atom, path: feed.xml}
      - {name: prom, kind: alertmanager, url: "http://127.0.0.1:9093", allow_private: true}
      - {name: relay, kind: smtp, url: "smtps://mail.example.org", from: h@example.org, to: [d@example.org], user: h, secret_env: PASS}
    no_data: {channels: [files], by: measure}
    pack: https://example.org/pack
    rules:
      - name: burglary
        areas: [Oxford]
        measures: [Burglary]
        false_discovery_rate: 0.05
        minimum_excess: 5
        minimum_excess_percent: 20
        kinds: [shift, ramp]
        confirm: 2
        remind_days: 60
        channels: [duty]
        digest: true
        owner: J. Smith
        false_alarms: 0.5
        severity: high
      - name: rest
    """

  private func parse(_ text: String) throws -> AlertConfiguration {
    try AlertConfigurationReader.parse(text, file: "alerts.yaml")
  }

  @Test func everythingIsRead() throws {
    let configuration = try parse(Self.whole)
    #expect(configuration.name == "thames-valley" && configuration.most == 7)
    #expect(configuration.quietHours == QuietHours(from: 22 * 3600, to: 7 * 3600 + 1800))
    #expect(configuration.channels.map(\.name) == ["files", "duty", "post", "feed", "prom", "relay"])
    #expect(
      configuration.channels[1].kind
        == .webhook(
          url: "https://alerts.example.org/in?team=3", secret: .environment("HORIZON_HOOK"), allowsPrivate: false,
          template: .teams))
    #expect(
      configuration.channels[5].kind
        == .smtp(
          url: "smtps://mail.example.org", from: "h@example.org", to: ["d@example.org"], user: "h",
          secret: .environment("PASS"), allowsPrivate: false))
    #expect(configuration.noData?.channels == ["files"] && configuration.noData?.grouping == .measure)
    #expect(configuration.pack == "https://example.org/pack")
    let rule = configuration.rules[0]
    #expect(
      rule.exception
        == ExceptionRule(falseDiscoveryRate: 0.05, minimumExcess: 5, minimumExcessShare: 0.2))
    #expect(rule.policy.confirmation == 2 && rule.policy.reminder == 60 * 86_400)
    #expect(rule.shapes == ["shift", "ramp"] && rule.isDigest && rule.owner == "J. Smith")
    #expect(rule.falseAlarms == 0.5 && rule.severity == .high)
    #expect(configuration.rules[1].exception == ExceptionRule(minimumExcessShare: 0.25))
    #expect(configuration.rules[1].falseAlarms == FalseAlarmBudget.usual)
  }

  /// A mistake, the line it is in, and a word of what is said.
  @Test(arguments: [
    ("digest_above: 7", "digest_over: 7", 2, "digest_above"),
    ("\"22:00\"", "\"25:00\"", 3, "no time of day"),
    ("kind: folder", "kind: fodler", 5, "folder"),
    ("{name: files, kind: folder, path: messages}", "{name: files, kind: stdout, path: x}", 5, "no 'path'"),
    ("https://alerts.example.org/in?team=3", "ftp://example.org", 8, "no address that begins with"),
    ("https://alerts.example.org/in?team=3", "https://a:b@example.org", 8, "user name"),
    ("duty@example.org]", "duty]", 11, "no mail address"),
    ("user: h, ", "", 14, "go together"),
    ("smtps://mail", "https://mail", 14, "smtps"),
    ("by: measure", "by: mesure", 15, "measure"),
    ("false_alarms: 0.5", "false_alarms: 0", 30, "0.001"),
    ("severity: high", "severity: hihg", 31, "high"),
    ("template: teams", "template: team", 10, "teams"),
    ("0.05", "5", 21, "between 0 and 1"),
    ("minimum_excess: 5", "minimum_excess: -5", 22, "0 or more"),
    ("[shift, ramp]", "[shift, rampe]", 24, "ramp"),
    ("confirm: 2", "confirm: 0", 25, "1 or more"),
    ("remind_days: 60", "remind_days: 0", 26, "from 1"),
    ("channels: [duty]", "channels: [dutty]", 27, "duty"),
    ("name: rest", "nmae: rest", 32, "nmae"),
  ])
  func mistakesHaveTheirLine(_ right: String, _ wrong: String, _ line: Int, _ word: String) throws {
    #expect(Self.whole.contains(right))
    let error = #expect(throws: HorizonError.self) {
      try parse(Self.whole.replacing(right, with: wrong, maxReplacements: 1))
    }
    #expect(error?.location?.line == line)
    #expect(error?.description.contains(word) == true, "\(error?.description ?? "")")
  }

  @Test func namesAreUnique() throws {
    for (right, wrong) in [("name: rest", "name: burglary"), ("name: feed", "name: post")] {
      #expect(throws: HorizonError.self) {
        try parse(Self.whole.replacing(right, with: wrong, maxReplacements: 1))
      }
    }
  }

  @Test func quietHoursWaitForTheirEnd() throws {
    let night = QuietHours(from: 22 * 3600, to: 7 * 3600)
    let due = { (text: String) in Moment(text).map { night.due($0).text } }
    #expect(due("2026-11-28T21:59:59Z") == "2026-11-28T21:59:59Z")
    #expect(due("2026-11-28T22:00:00Z") == "2026-11-29T07:00:00Z")
    #expect(due("2026-11-28T03:00:00Z") == "2026-11-28T07:00:00Z")
    #expect(due("2026-11-28T07:00:00Z") == "2026-11-28T07:00:00Z")
    let noon = QuietHours(from: 12 * 3600, to: 13 * 3600)
    #expect(Moment("2026-11-28T12:30:00Z").map { noon.due($0).text } == "2026-11-28T13:00:00Z")
  }
}
