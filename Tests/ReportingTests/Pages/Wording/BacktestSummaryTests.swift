import Evaluation

import Testing
import TimeSeries

@testable import Reporting

@Suite struct BacktestSummaryTests {
  @Test func whatWasForecastAndWhatHappened() async throws {
    let report = try await BacktestPageTests.report()
    let lines = BacktestSummary.lines(report)
    #expect(
      lines[0]
        == "Forecasts of 12 months as they would have been made at the end of Dec 2021, Dec 2022 and Dec 2023: 6 a model, "
        + "scored by 72 recorded values.")
    #expect(lines.contains("Dec 2020 was left out as an origin: no series has 13 observed months by then."))
    #expect(lines.contains { $0.hasPrefix("counts: the 80 % range held ") && $0.hasSuffix(" of what was recorded.") })
    #expect(lines.contains { $0.hasPrefix("counts was off by ") && $0.contains("the same as last year") })
    let check = try #require(report.checks.first)
    let said = try #require(lines.first { $0.contains("North & <East>") })
    #expect(
      said.hasPrefix("Last year's forecast said \(Wording.foreseenInterval(check.lower, check.upper)) for Burglary in ")
    )
    #expect(said.contains("\(Int(check.actual)) were recorded: "))
    #expect(said.hasSuffix(check.isWithin ? "within the range." : " the range."))
  }

  @Test func aSummaryOfOtherLengthsNamesItsPeriods() async throws {
    let values = (0..<24).map { Double(10 + $0 * 7 % 5) }
    let series = Series(
      key: SeriesKey(uniqueID: "a"), start: Period(frequency: .quarterly, ordinal: 8000), values: values)
    let panel = Panel(frequency: .quarterly, style: .quarter, series: [series])
    let report = try await Backtest(
      models: [.historicAverage], origins: RollingOrigins(count: 1, step: 1, horizon: 2), pathCount: 50
    ).run(panel)
    #expect(BacktestSummary.lines(report).last?.hasPrefix("The forecast of ") == true)
  }
}
