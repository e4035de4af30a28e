import Foundation
import Testing
import TimeSeries

@testable import Alerting

/// What is told where figures are missing, and to whom.
@Suite struct NoDataTests {
  private static let channels = ["duty", "data"]

  private func run(
    _ store: AlertStore, _ panel: Panel, days: Int, by grouping: AlertConfiguration.NoDataRoute.Grouping = .area
  ) async throws -> AlertRun.Outcome {
    var job = AlertRun(store, at: AlertRunTests.noon + days * 86_400)
    var route = AlertConfiguration.NoDataRoute()
    (route.channels, route.grouping) = (["data"], grouping)
    job.noData = route
    return try job.take(
      [AlertRound("exceptions", try await AlertRunTests.survey(panel), channels: ["duty"])], quietPeriods: 4,
      names: { ($0.measure ?? "", $0.area) })
  }

  private func without(_ areas: Set<String>, _ panel: Panel) -> Panel {
    panel.filterMap { series in
      areas.contains(series.key.area)
        ? series.replacing(values: Array(series.values.dropLast()) + [.nan]) : series
    }
  }

  private func withStore<T>(_ body: (AlertStore) async throws -> T) async throws -> T {
    try await body(AlertStore(AlertStore.inMemory))
  }

  @Test func missingFiguresGoTheirOwnWayByGroup() async throws {
    try await withStore { store in
      _ = try await run(store, AlertRunTests.panel(), days: 0)
      let gap = without(["North", "West"], AlertRunTests.panel(months: 61))
      let outcome = try await run(store, gap, days: 31)
      #expect(
        outcome.messages.map(\.subject) == ["[no data] North, Jan 2025", "[no data] West, Jan 2025"])
      #expect(outcome.messages[0].plainText.contains("Burglary in North"))
      #expect(outcome.messages[0].plainText.contains("not zero"))
      // The same run again, and the next month without figures, say nothing more.
      #expect(try await run(store, gap, days: 32).messages == [])
      let still = without(["North", "West"], without(["North", "West"], AlertRunTests.panel(months: 61)))
      #expect(try await run(store, still, days: 33).messages == [])
      #expect(try Outbox(store).waiting() == ["data": 2])
    }
  }

  /// A force whose delivery did not come is one message and not one a district; none of them is told again in that month.
  @Test func manyGroupsAtOnceAreOneMessage() async throws {
    func wide(_ missing: ClosedRange<Int>) -> Panel {
      let one = AlertRunTests.panel(months: 61).series[0]
      let series = (1...8).map { number -> Series in
        let values = missing.contains(number) ? Array(one.values.dropLast()) + [.nan] : one.values
        return Series(
          key: SeriesKey(area: "District \(number)", measure: "Burglary"), start: one.start, values: values)
      }
      return Panel(frequency: .monthly, style: .yearMonth, series: series)
    }
    try await withStore { store in
      let message = try #require(try await run(store, wide(1...7), days: 31).messages.first)
      #expect(message.headline == "District 1 and 6 more: no figure for Jan 2025 of 7 series")
      #expect(message.plainText.contains("District 7") && message.plainText.contains("a delivery that did not come"))
      #expect(try Outbox(store).waiting() == ["data": 1])
      #expect(try await run(store, wide(2...3), days: 32).messages == [])
      #expect(try await run(store, wide(2...8), days: 33).messages.map(\.subject) == ["[no data] District 8, Jan 2025"])
    }
  }

  @Test func aGroupIsOneMessage() async throws {
    try await withStore { store in
      _ = try await run(store, AlertRunTests.panel(), days: 0, by: .measure)
      let outcome = try await run(
        store, without(["North", "West"], AlertRunTests.panel(months: 61)), days: 31, by: .measure)
      #expect(outcome.messages.map(\.subject) == ["[no data] Burglary, Jan 2025"])
      #expect(outcome.messages[0].headline == "Burglary: no figure for Jan 2025 of 2 series")
    }
  }

  /// A figure within a known break is there, and nobody is sent to look for it; its alert waits all the same.
  @Test func aFigureThatIsNotJudgedIsNotMissing() async throws {
    try await withStore { store in
      _ = try await run(store, AlertRunTests.panel(), days: 0)
      let spike = ["West": [60: 60.0]]
      #expect(try await run(store, AlertRunTests.panel(spike, months: 61), days: 31).fired == 1)
      let newest = AlertRunTests.start + 61
      let known = Intervention(start: newest, effect: .window(through: newest), note: "a lockdown")
      let survey = try await AlertRunTests.survey(AlertRunTests.panel(spike, months: 62), rebased: [known])
      #expect(survey.judged == 0)
      var job = AlertRun(store, at: AlertRunTests.noon + 62 * 86_400)
      job.noData = AlertConfiguration.NoDataRoute()
      let outcome = try job.take(
        [AlertRound("exceptions", survey)], quietPeriods: 4, names: { ($0.measure ?? "", $0.area) })
      #expect(outcome.messages == [])
      #expect(try store.alerts().map(\.state.phase) == [.noData])
    }
  }

  /// A series that is renamed leaves its alert behind, which neither ends nor is forgotten: it is said.
  @Test func aSeriesThatVanishedIsSaid() async throws {
    try await withStore { store in
      _ = try await run(store, AlertRunTests.panel(), days: 0)
      let spiked = AlertRunTests.panel(["West": [60: 60.0]], months: 61)
      #expect(try await run(store, spiked, days: 31).fired == 1)
      let renamed = AlertRunTests.panel(["West": [60: 60.0]], months: 62).filterMap { series in
        series.key.area == "West"
          ? Series(
            key: SeriesKey(area: "West End", measure: series.key.measure), start: series.start, values: series.values)
          : series
      }
      let outcome = try await run(store, renamed, days: 62)
      let message = try #require(outcome.messages.first { $0.happening == .lost })
      #expect(message.entries.map(\.headline) == ["Burglary in West has an open alert"])
      #expect(message.plainText.contains("may have been renamed"))
      // Under its new name the rise is an alert of its own.
      #expect(try store.alerts().map(\.state.phase).contains(.noData))
    }
  }
}
