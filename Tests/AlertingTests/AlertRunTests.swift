import Diagnostics
import ExceptionDetection
import Foundation
import Synchronization
import Testing
import TimeSeries

@testable import Alerting

/// Receives messages as one does who honours their keys.
final class Receiver: AlertChannel {
  let name: String
  private let taken = Mutex<[String]>([])
  private let failure: DeliveryFailure?
  init(_ name: String = "receiver", failing failure: DeliveryFailure? = nil) {
    self.name = name
    self.failure = failure
  }
  func send(_ delivery: Delivery) throws(DeliveryFailure) {
    if let failure { throw failure }
    taken.withLock { $0.append(delivery.key) }
  }
  var keys: [String] { taken.withLock { $0 } }
}

/// Runs over real verdicts on small panels.
@Suite struct AlertRunTests {
  static let start = Period.month(2020, 1)
  static let months = 60
  static let noon = Moment(seconds: 1_800_000_000)

  /// Steady counts about 40 in three areas, with what is added to them.
  static func panel(_ added: [String: [Int: Double]] = [:], months: Int = months) -> Panel {
    var generator = SplitMix(state: 5)
    let series = ["East", "North", "West"].map { area in
      let values = (0..<Self.months + 12).map { month in
        40 + Double(Int.random(in: -6...6, using: &generator)) + (added[area]?[month] ?? 0)
      }
      return Series(
        key: SeriesKey(area: area, measure: "Burglary"), start: start, values: Array(values[..<months]))
    }
    return Panel(frequency: .monthly, style: .yearMonth, series: series)
  }

  static func survey(_ panel: Panel, last: Int = 6, rebased: [Intervention] = []) async throws -> AlertSurvey {
    let detector = ExceptionDetector(
      alpha: 0.01, last: last, threads: 1, interventions: Interventions(everywhere: rebased))
    let end = try #require(panel.span?.upperBound)
    let report = try await EpisodeFinder(detector, rule: ExceptionRule(falseDiscoveryRate: 0.1)).run(panel)
    return try #require(
      AlertSurvey(report, panel: panel, judgedFrom: end - (last - 1)) { _ in true })
  }

  private func withState<T>(_ body: (String) async throws -> T) async throws -> T {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("alerts-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder.appendingPathComponent("alerts.sqlite").path)
  }

  private func run(
    _ path: String, _ survey: AlertSurvey, days: Int = 0, _ channels: [any AlertChannel],
    most: Int = 20, through point: (RunPoint) throws -> Void = { _ in }
  ) throws -> (AlertRun.Outcome, DeliveryReport) {
    let store = try AlertStore(path)
    let now = Self.noon + days * 86_400
    var job = AlertRun(store, at: now)
    job.most = most
    let outcome = try job.take(
      [AlertRound("exceptions", survey, channels: channels.map(\.name))], quietPeriods: 4,
      names: { ($0.measure ?? "", $0.area) }, through: point)
    return (outcome, try Outbox(store).deliver(to: channels, at: now, through: point))
  }

  private static let spike = ["North": [59: 60.0], "West": [59: 50.0]]

  @Test func whatIsNewIsToldOnceAndItsEnd() async throws {
    try await withState { path in
      let receiver = Receiver()
      let quiet = try run(path, try await Self.survey(Self.panel()), [receiver])
      #expect(quiet.0.fired == 0 && receiver.keys == [])
      let spiked = try await Self.survey(Self.panel(Self.spike))
      let first = try run(path, spiked, [receiver])
      #expect(first.0.fired == 2 && first.0.open == 2)
      #expect(receiver.keys.count == 2)
      let again = try run(path, spiked, days: 1, [receiver])
      #expect(again.0.fired == 0 && again.0.open == 2 && receiver.keys.count == 2)
      let later = try await Self.survey(Self.panel(Self.spike, months: 65), last: 8)
      let ended = try run(path, later, days: 150, [receiver])
      #expect(ended.0.messages.map(\.happening) == [.resolved, .resolved])
      #expect(Set(receiver.keys).count == 4 && receiver.keys.count == 4)
      // Data that end before those of an earlier run are refused, and the state stays.
      let error = #expect(throws: HorizonError.self) { try run(path, spiked, days: 151, [receiver]) }
      #expect(error?.kind == .data)
    }
  }

  @Test func messagesHoldTheFigures() async throws {
    try await withState { path in
      let outcome = try run(path, try await Self.survey(Self.panel(["North": [59: 60]])), []).0
      let message = try #require(outcome.messages.first)
      #expect(message.happening == .fired && message.period == "Dec 2024")
      #expect(message.subject == "[new] Burglary in North, Dec 2024")
      let facts = try #require(message.facts)
      let row = try #require(facts.rows.last)
      let panel = Self.panel(["North": [59: 60]])
      #expect(row.period == "Dec 2024" && row.observed == panel.series[1].values[59])
      #expect(facts.rows.count == 13)
      #expect(try #require(facts.excess) == (facts.observed ?? 0) - (facts.expected ?? 0))
      let text = message.plainText
      for part in ["Burglary in North", "recorded", "It is over after four months", "horizon alert ack"] {
        #expect(text.contains(part))
      }
      // Commands are whole, and the chart names the period that matters.
      #expect(
        message.answers.first
          == "horizon alert ack \(message.alert ?? "") --state alerts.sqlite --author NAME --reason TEXT")
      #expect(message.html.contains(">Dec 2024</text>"))
    }
  }

  @Test func aLateReportWithdraws() async throws {
    try await withState { path in
      _ = try run(path, try await Self.survey(Self.panel(Self.spike)), [])
      let corrected = try run(path, try await Self.survey(Self.panel(["North": [59: 60]])), days: 3, []).0
      #expect(corrected.messages.map(\.happening) == [.withdrawn])
      #expect(corrected.messages.first?.sentences.first?.contains("withdrawn") == true)
    }
  }

  @Test func aMissingNewestFigureSaysNothing() async throws {
    try await withState { path in
      _ = try run(path, try await Self.survey(Self.panel(Self.spike)), [])
      let whole = Self.panel(Self.spike, months: 61)
      let gap = whole.filterMap { series in
        series.key.area == "North"
          ? series.replacing(values: Array(series.values.dropLast()) + [.nan]) : series
      }
      let outcome = try run(path, try await Self.survey(gap), days: 31, []).0
      #expect(outcome.messages == [])
      let store = try AlertStore(path)
      #expect(try store.alerts().map(\.state.phase) == [.noData, .firing])
      // A series that is no longer there is not over either.
      let without = whole.filterMap { $0.key.area == "West" ? nil : $0 }
      #expect(try run(path, try await Self.survey(without), days: 32, []).0.messages == [])
      #expect(try store.alerts().map(\.state.phase) == [.firing, .noData])
    }
  }

  /// Cut off at every point of a run and started again: everything arrives, and nothing twice at a receiver of keys.
  @Test func aCrashAnywhereLosesNothing() async throws {
    struct Crash: Error {}
    let quiet = try await Self.survey(Self.panel())
    let spiked = try await Self.survey(Self.panel(Self.spike))
    let (expected, states) = try await withState { path in
      let (receiver, other) = (Receiver("one"), Receiver("two"))
      _ = try run(path, quiet, [receiver, other])
      _ = try run(path, spiked, days: 1, [receiver, other])
      return (receiver.keys.sorted(), try AlertStore(path).alerts())
    }
    #expect(expected.count == 2)
    var cut = 0
    var seen: Set<RunPoint> = []
    while true {
      let isDone = try await withState { path in
        let (one, two) = (Receiver("one"), Receiver("two"))
        _ = try run(path, quiet, [one, two])
        var count = 0
        do {
          _ = try run(path, spiked, days: 1, [one, two]) { point in
            if count == cut {
              seen.insert(point)
              throw Crash()
            }
            count += 1
          }
          return true
        } catch is Crash {}
        _ = try run(path, spiked, days: 1, [one, two])
        for receiver in [one, two] {
          #expect(Set(receiver.keys).sorted() == expected)
          // At most the message under way at the time comes again, under its own key.
          #expect(receiver.keys.count <= expected.count + 1)
        }
        #expect(try AlertStore(path).alerts() == states)
        #expect(try Outbox(AlertStore(path)).waiting() == [:])
        return false
      }
      if isDone { break }
      cut += 1
    }
    #expect(seen == Set(RunPoint.allCases))
    #expect(cut == 3 + 2 * 2 * 3)
  }

  @Test func aDeadChannelHoldsUpNoOther() async throws {
    try await withState { path in
      _ = try run(path, try await Self.survey(Self.panel()), [])
      let (dead, alive) = (Receiver("a", failing: .later("no route")), Receiver("b"))
      let spiked = try await Self.survey(Self.panel(Self.spike))
      let report = try run(path, spiked, days: 1, [dead, alive]).1
      #expect(report.failures == ["a": "no route"] && report.waiting == ["a": 2])
      #expect(alive.keys.count == 2)
      // Not before it is due, then to a channel that works again.
      let works = Receiver("a")
      let store = try AlertStore(path)
      let now = Self.noon + 86_400
      #expect(try Outbox(store).deliver(to: [works], at: now + 30).sent == 0)
      #expect(try Outbox(store).deliver(to: [works], at: now + 90).sent == 2)
      #expect(try Outbox(store).deliver(to: [works], at: now + 900_000).sent == 0)
      #expect(works.keys.sorted() == alive.keys.sorted())
    }
  }

  @Test func whatIsRefusedIsNotSentAgain() async throws {
    try await withState { path in
      let spiked = try await Self.survey(Self.panel(Self.spike))
      _ = try run(path, spiked, [Receiver("a", failing: .refused("no such address"))])
      let store = try AlertStore(path)
      let works = Receiver("a")
      #expect(try Outbox(store).deliver(to: [works], at: Self.noon + 9_000_000).sent == 0)
      let health = try store.health(at: Self.noon)
      #expect(
        health.checks.contains { $0.subject == "channel a" && !$0.isWell && $0.finding.contains("no such address") })
    }
  }

  @Test func pausesGrowAndDiffer() throws {
    let first = try (1...12).map { try Outbox.pause(after: $0, key: "k", channel: "c") }
    for (attempt, pause) in zip(1..., first) {
      let base = min(21_600, 60 << (attempt - 1))
      #expect(Double(pause) >= 0.75 * Double(base) - 1 && Double(pause) <= 1.25 * Double(base) + 1)
    }
    #expect(try Set((0..<20).map { try Outbox.pause(after: 12, key: "k\($0)", channel: "c") }).count > 10)
  }

  @Test func tooManyAtOnceAreOneMessage() async throws {
    try await withState { path in
      _ = try run(path, try await Self.survey(Self.panel()), [])
      let receiver = Receiver()
      let outcome = try run(path, try await Self.survey(Self.panel(Self.spike)), days: 1, [receiver], most: 1).0
      #expect(outcome.fired == 2 && receiver.keys.count == 1)
      let digest = try #require(outcome.messages.first)
      #expect(digest.entries.count == 2 && digest.happening == nil)
      #expect(digest.subject == "[digest] 2 new, Dec 2024")
      #expect(outcome.apart.map(\.happening) == [.fired, .fired])
      #expect(digest.plainText.contains("Burglary in North"))
    }
  }

  /// A rise of all areas tells of those that made it; one that joins later is news of its own.
  @Test func anAreaThatJoinsARiseOfAllIsTold() async throws {
    func wide(_ panel: Panel) async throws -> AlertSurvey {
      let end = try #require(panel.span?.upperBound)
      let finder = EpisodeFinder(
        ExceptionDetector(alpha: 0.01, last: 6, threads: 1), rule: ExceptionRule(falseDiscoveryRate: 0.1),
        totalName: "All areas")
      return try #require(
        AlertSurvey(try await finder.run(panel), panel: panel, judgedFrom: end - 5) { _ in true })
    }
    let first = ["North": [58: 60.0, 59: 60], "West": [58: 60.0, 59: 60]]
    let begun = try await wide(Self.panel(first, months: 59))
    #expect(begun.openings.map(\.area) == ["All areas"])
    let later = try await wide(Self.panel(first.merging(["East": [59: 80.0]]) { a, _ in a }))
    #expect(later.openings.map(\.area) == ["All areas", "East"])
  }

  @Test func whatHadBegunIsAdoptedInOneMessage() async throws {
    try await withState { path in
      let old = ["North": [57: 60.0, 58: 60, 59: 60], "West": [57: 60.0, 58: 60, 59: 60]]
      let outcome = try run(path, try await Self.survey(Self.panel(old)), []).0
      #expect(outcome.fired == 0 && outcome.open == 2)
      #expect(outcome.messages.count == 1 && outcome.messages[0].entries.count == 2)
    }
  }

  @Test func aPersonsWordIsKeptAndEndsTold() async throws {
    try await withState { path in
      let receiver = Receiver()
      let spiked = try await Self.survey(Self.panel(Self.spike))
      _ = try run(path, try await Self.survey(Self.panel()), [receiver])
      _ = try run(path, spiked, days: 1, [receiver])
      let store = try AlertStore(path)
      let id = try store.alerts()[0].id
      let signed = try Signed(author: "A. Analyst", reason: "a recording campaign")
      try store.take(.acknowledge, on: String(id.prefix(8)), by: signed, at: Self.noon + 100_000)
      try store.take(.rebase, on: id, by: signed, at: Self.noon + 100_060)
      #expect(try store.history(id).map(\.happening) == [.fired, .acknowledged, .rebased])
      #expect(try store.history(id).last?.author == "A. Analyst")
      let memory = try AlertRun.memory(store, frequency: .monthly)
      #expect(memory.rebased.map(\.start) == [Self.start + 59])
      #expect(throws: HorizonError.self) { try AlertRun.memory(store, frequency: .weekly) }
      #expect(try Outbox(store).deliver(to: [receiver], at: Self.noon + 200_000).sent == 1)
      let after = try run(path, spiked, days: 4, [receiver]).0
      #expect(after.messages == [] && after.open == 1)
      #expect(throws: HorizonError.self) { try store.take(.resolve, on: id, by: signed, at: Self.noon) }
      #expect(throws: HorizonError.self) { try store.alert("zzz") }
      #expect(throws: HorizonError.self) { try Signed(author: "A", reason: " ") }
    }
  }

  /// What a person ends is told as it was begun: under the same names, as loud, to the same people, with its page.
  @Test func anEndByHandIsToldAsTheAlertWas() async throws {
    try await withState { path in
      let store = try AlertStore(path)
      let duty = Receiver("duty")
      func take(_ survey: AlertSurvey, _ severity: AlertConfiguration.Severity, days: Int) throws -> [AlertMessage] {
        var round = AlertRound("exceptions", survey, channels: ["duty"])
        (round.severity, round.owner) = (severity, "Analysis desk")
        var job = AlertRun(store, at: Self.noon + days * 86_400)
        job.pack = "https://example.org/pack"
        var other = AlertRound("others", survey, channels: ["chat"])
        other.selects = { _ in false }
        return try job.take(
          [round, other], quietPeriods: 4, names: { ("Domestic burglary", "the \($0.area) district") }
        ).messages
      }
      _ = try take(try await Self.survey(Self.panel()), .high, days: 0)
      let spiked = try await Self.survey(Self.panel(["North": [59: 60]]))
      let begun = try #require(try take(spiked, .high, days: 1).first)
      let id = try #require(begun.alert)
      try store.take(
        .resolve, on: id, by: try Signed(author: "A. Analyst", reason: "a campaign"), at: Self.noon + 2 * 86_400)
      let ended = try #require(try store.latestMessage(id))
      #expect(ended.happening == .closed)
      #expect(ended.subject == "[ended by hand] High: Domestic burglary in the North district, Dec 2024")
      #expect(ended.link == "https://example.org/pack/alerts.html#alert-\(id)" && ended.owner == "Analysis desk")
      #expect(ended.previous?.hasPrefix("What had been told: Domestic burglary in the North district, Dec") == true)
      #expect(
        AlertmanagerChannel.alerts(ended).map(\.labels) == AlertmanagerChannel.alerts(begun).map(\.labels))
      #expect(try Outbox(store).waiting() == ["duty": 2])
      #expect(try Outbox(store).deliver(to: [duty], at: Self.noon + 3 * 86_400).sent == 2)
    }
  }

  /// A rule whose severity was changed while an episode goes on: the end has that of the beginning.
  @Test func anEpisodeKeepsItsSeverity() async throws {
    try await withState { path in
      let store = try AlertStore(path)
      func take(_ survey: AlertSurvey, _ severity: AlertConfiguration.Severity, days: Int) throws -> [AlertMessage] {
        var round = AlertRound("exceptions", survey)
        round.severity = severity
        return try AlertRun(store, at: Self.noon + days * 86_400).take(
          [round], quietPeriods: 4, names: { ($0.measure ?? "", $0.area) }
        ).messages
      }
      _ = try take(try await Self.survey(Self.panel()), .low, days: 0)
      let spike = ["North": [59: 60.0]]
      #expect(try take(try await Self.survey(Self.panel(spike)), .low, days: 1).map(\.severity) == [.low])
      let later = try await Self.survey(Self.panel(spike, months: 65), last: 8)
      let ended = try take(later, .high, days: 150)
      #expect(ended.map(\.happening) == [.resolved] && ended.map(\.severity) == [.low])
      let again = try await Self.survey(Self.panel(["North": [59: 60, 66: 60]], months: 67), last: 10)
      #expect(try take(again, .high, days: 210).map(\.severity) == [.high])
    }
  }

  @Test func oneRunAtATime() async throws {
    try await withState { path in
      let lock = try RunLock(state: path)
      let error = #expect(throws: HorizonError.self) { try RunLock(state: path) }
      #expect(error?.kind == .tryLater)
      withExtendedLifetime(lock) {}
    }
    try await withState { path in
      _ = try RunLock(state: path)
      _ = try RunLock(state: path)
    }
  }

  @Test func otherFilesAreRefusedAndLeftAlone() async throws {
    try await withState { path in
      try Data("not a database at all, but long enough to be looked at as one\n".utf8).write(
        to: URL(fileURLWithPath: path))
      let error = #expect(throws: HorizonError.self) { try AlertStore(path) }
      #expect(error?.kind == .data)
      #expect(throws: HorizonError.self) { try AlertStore(path + ".none", mustExist: true) }
    }
    try await withState { path in
      let store = try AlertStore(path)
      try store.write { try $0.execute(sql: "PRAGMA user_version = 99") }
      let error = #expect(throws: HorizonError.self) { try AlertStore(path) }
      #expect(error?.message.contains("later version") == true)
    }
    try await withState { path in
      var other = AlertRun(try AlertStore(path), at: Self.noon)
      let survey = try await Self.survey(Self.panel())
      _ = try other.take([AlertRound("exceptions", survey)], quietPeriods: 4, names: { ($0.measure ?? "", $0.area) })
      other.configuration = "another"
      let error = #expect(throws: HorizonError.self) {
        try other.take([AlertRound("exceptions", survey)], quietPeriods: 4, names: { ($0.measure ?? "", $0.area) })
      }
      #expect(error?.message.contains("configuration") == true)
    }
  }
}
