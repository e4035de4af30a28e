import Diagnostics
import Foundation
import Testing
import TimeSeries

@testable import Alerting

/// What becomes of a state when something is wrong around it.
@Suite struct BadStateTests {
  private func withState<T>(_ body: (String) async throws -> T) async throws -> T {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("alerts-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder.appendingPathComponent("alerts.sqlite").path)
  }

  private func take(_ store: AlertStore, _ survey: AlertSurvey, days: Int) throws -> AlertRun.Outcome {
    try AlertRun(store, at: AlertRunTests.noon + days * 86_400).take(
      [AlertRound("exceptions", survey, channels: ["receiver"])], quietPeriods: 4,
      names: { ($0.measure ?? "", $0.area) })
  }

  private static let spike = ["North": [59: 60.0], "West": [59: 50.0]]

  /// A full disk and a file that may not be written: the run fails, the state is as it was, and the next run goes on.
  @Test(arguments: [("PRAGMA max_page_count = 1", "the disk is full"), ("PRAGMA query_only = 1", "cannot be written")])
  func whatCannotBeWrittenLeavesTheStateAsItWas(_ trouble: String, _ words: String) async throws {
    try await withState { path in
      let quiet = try await AlertRunTests.survey(AlertRunTests.panel())
      let spiked = try await AlertRunTests.survey(AlertRunTests.panel(Self.spike))
      do {
        let store = try AlertStore(path)
        _ = try take(store, quiet, days: 0)
        try store.execute(trouble)
        let error = #expect(throws: HorizonError.self) { _ = try take(store, spiked, days: 1) }
        #expect(
          error?.kind == .cannotWrite && error?.description.contains(words) == true, "\(error?.description ?? "")")
      }
      let store = try AlertStore(path)
      #expect(try store.alerts() == [])
      #expect(try take(store, spiked, days: 2).fired == 2)
      #expect(try Outbox(store).waiting() == ["receiver": 2])
    }
  }

  @Test func aClockThatWentBackIsSaidAndHoldsNothingUp() async throws {
    try await withState { path in
      let store = try AlertStore(path)
      _ = try take(store, try await AlertRunTests.survey(AlertRunTests.panel()), days: 400)
      let spiked = try await AlertRunTests.survey(AlertRunTests.panel(Self.spike))
      let outcome = try take(store, spiked, days: 1)
      #expect(outcome.fired == 2)
      #expect(outcome.warnings.contains { $0.contains("the clock has gone back") })
      let receiver = Receiver()
      #expect(try Outbox(store).deliver(to: [receiver], at: AlertRunTests.noon + 86_400).sent == 2)
      let health = try store.health(at: AlertRunTests.noon + -86_400)
      #expect(health.checks.contains { $0.subject == "clock" && !$0.isWell })
    }
  }

  @Test func aStateOfTheVersionBeforeIsBroughtToThisOne() async throws {
    try await withState { path in
      do {
        let store = try AlertStore(path)
        _ = try take(store, try await AlertRunTests.survey(AlertRunTests.panel()), days: 0)
        _ = try take(store, try await AlertRunTests.survey(AlertRunTests.panel(Self.spike)), days: 1)
        try store.execute("UPDATE message SET body = json_remove(body, '$.severity', '$.label', '$.place')")
        try store.execute("ALTER TABLE alert DROP COLUMN terms")
        try store.execute("PRAGMA user_version = 1")
      }
      let error = #expect(throws: HorizonError.self) { try AlertStore(reading: path) }
      #expect(error?.message.contains("earlier version") == true)
      let store = try AlertStore(path)
      let id = try #require(try store.alerts().first?.id)
      #expect(try store.latestMessage(id)?.severity == .medium)
      #expect(try store.latestMessage(id)?.place == "North")
      #expect(try store.alerts().map(\.terms?.place) == ["North", "West"])
      #expect(try store.alerts().map(\.terms?.severity) == [.medium, .medium])
      #expect(try AlertStore(reading: path).alerts().count == 2)
    }
  }

  /// What is only read stays as it is, to the byte.
  @Test func readingLeavesTheFileAlone() async throws {
    try await withState { path in
      do {
        _ = try take(try AlertStore(path), try await AlertRunTests.survey(AlertRunTests.panel(Self.spike)), days: 0)
      }
      let before = FileManager.default.contents(atPath: path)
      do {
        let store = try AlertStore(reading: path)
        #expect(try store.alerts().count == 2)
        #expect(throws: HorizonError.self) { try store.execute("DELETE FROM alert") }
      }
      #expect(FileManager.default.contents(atPath: path) == before)
    }
  }

  @Test func aLateReportSaysWhatWasToldAndWhatIsKnown() async throws {
    try await withState { path in
      let store = try AlertStore(path)
      _ = try take(store, try await AlertRunTests.survey(AlertRunTests.panel()), days: 0)
      _ = try take(store, try await AlertRunTests.survey(AlertRunTests.panel(Self.spike)), days: 1)
      let outcome = try take(
        store, try await AlertRunTests.survey(AlertRunTests.panel(["North": [59: 60]])), days: 3)
      let message = try #require(outcome.messages.first)
      #expect(message.happening == .withdrawn)
      #expect(message.plainText.contains("This alert is withdrawn"))
      #expect(message.previous?.hasPrefix("What had been told: Burglary in West, Dec 2024: ") == true)
      #expect(message.previous?.contains("The figure of Dec 2024 is now ") == true)
    }
  }
}

extension AlertStore {
  fileprivate func execute(_ sql: String) throws { try write { try $0.execute(sql: sql) } }
}
