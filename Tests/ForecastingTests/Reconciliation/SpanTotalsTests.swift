import NumericCore
import Testing
import TimeSeries

@testable import Forecasting

@Suite struct SpanTotalsTests {
  private static let key = SeriesKey(area: "A", measure: "x")

  /// History to a month of 2024, every month its number; a forecast of 18 months of mean 10 with draws of 8 to 12.
  private func totals(
    _ span: SpanTotals.Span, to month: Int, missing: Int? = nil, partial: [Int] = []
  ) -> (SpanTotals, Forecast, SamplePaths)? {
    var values = (0..<(12 + month)).map { Double($0 % 12 + 1) }
    if let missing { values[missing] = .nan }
    let history = Series(
      key: Self.key, start: .month(2023, 1), values: values, partial: partial)
    let means = (0..<18).map { 10 + Double($0) / 10 }
    let forecast = Forecast(
      key: Self.key, model: "test", start: history.end + 1, mean: means, median: means, intervals: [])
    let paths = SamplePaths(horizon: 18, count: 5, values: (0..<90).map { Double(8 + $0 / 18) })
    return SpanTotals(span, history: history, forecast: forecast, paths: paths).map { ($0, forecast, paths) }
  }

  @Test func theYearToDateIsKnownAndTheRestForeseen() throws {
    let (made, forecast, _) = try #require(totals(.financialYear, to: 6))
    // April to June of 2024 are known; the year after next has no end within the horizon.
    let year = try #require(made.totals.first)
    #expect(made.totals.count == 1)
    #expect(year.periods == Period.month(2024, 4)...Period.month(2025, 3))
    #expect(year.knownPeriods == 3 && year.known == 15)
    #expect(year.mean == 15 + forecast.mean[0..<9].reduce(0, +))
    #expect(year.median == 15 + 90)
    #expect(year.intervals.map(\.level) == [80, 95])
    #expect(year.intervals[1].lower == [15 + 72] && year.intervals[1].upper == [15 + 108])
  }

  @Test func quartersAddUpToTheYear() throws {
    let (quarters, _, _) = try #require(totals(.quarter, to: 12))
    let (years, _, _) = try #require(totals(.calendarYear, to: 12))
    #expect(quarters.totals.count == 6 && years.totals.count == 1)
    let sum = quarters.totals.prefix(4).reduce(0) { $0 + $1.mean }
    #expect(abs(sum - years.totals[0].mean) < 1e-12)
    #expect(quarters.totals[0].periods == Period.month(2025, 1)...Period.month(2025, 3))
    #expect(years.totals[0].knownPeriods == 0)
  }

  /// A past month that is missing, or known in part, is not 0.
  @Test func nothingIsSaidOfAYearOfWhichAMonthIsMissing() throws {
    let (missing, _, _) = try #require(totals(.financialYear, to: 6, missing: 16))
    #expect(missing.totals.isEmpty && missing.unknown == [Period.month(2024, 4)...Period.month(2025, 3)])
    let (partial, _, _) = try #require(totals(.financialYear, to: 6, partial: [17]))
    #expect(partial.totals.isEmpty && partial.unknown.count == 1)
    // One before the year does not matter.
    let (before, _, _) = try #require(totals(.financialYear, to: 6, missing: 14))
    #expect(before.totals.count == 1)
  }

  @Test func whatDoesNotAddUpHasNone() {
    let value = Series(key: Self.key, start: .month(2023, 1), values: [1, 2, 3], kind: .value)
    let forecast = Forecast(key: Self.key, model: "m", start: value.end + 1, mean: [1], median: [1], intervals: [])
    let paths = SamplePaths(horizon: 1, count: 1, values: [1])
    #expect(SpanTotals(.quarter, history: value, forecast: forecast, paths: paths) == nil)
  }
}
