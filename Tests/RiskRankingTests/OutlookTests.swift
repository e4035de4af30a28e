import Forecasting
import Testing
import TimeSeries

@testable import RiskRanking

/// A forecast whose draws are given, over the adjusted history `adjusted`.
func forecast(of adjusted: Series, paths: [[Double]]) -> SeriesForecast {
  let horizon = paths.first?.count ?? 0
  let zeros = [Double](repeating: 0, count: horizon)
  return SeriesForecast(
    forecast: Forecast(
      key: adjusted.key, model: "given", start: adjusted.end + 1, mean: zeros, median: zeros, intervals: []),
    fitted: [], fallbackReason: nil, choice: nil,
    paths: SamplePaths(horizon: horizon, count: paths.count, values: paths.flatMap { $0 }), adjusted: adjusted,
    adjustments: [])
}

func monthly(_ values: [Double], area: String = "A", measure: String = "Burglary") -> Series {
  Series(key: SeriesKey(area: area, measure: measure), start: .month(2023, 1), values: values)
}

@Suite struct OutlookTests {
  @Test func comparesYearTotals() throws {
    let series = monthly([Double](repeating: 10, count: 24))
    // Totals 108, 120, 132, 144 against 120.
    let paths = [9.0, 10, 11, 12].map { [Double](repeating: $0, count: 12) }
    let outlook = try #require(Outlook(observed: series, forecast: forecast(of: series, paths: paths)))
    #expect(outlook.lastYear == 120)
    #expect(outlook.mean == 126)
    #expect(outlook.expectedChange == 6)
    #expect(outlook.probabilityOfRise == 0.5)  // 132 is exactly 10 % more and counts
    #expect(outlook.probabilityOfFall == 0.25)  // 108 is exactly 10 % less
    #expect(outlook.lower80 == 108 && outlook.upper80 == 144)
  }

  @Test func missingMonthsDropOutOfBothYears() throws {
    var values = [Double](repeating: 10, count: 24)
    values[23] = .nan  // last December
    let series = monthly(values)
    let path = [Double](repeating: 10, count: 11) + [1000]
    let outlook = try #require(Outlook(observed: series, forecast: forecast(of: series, paths: [path])))
    #expect(outlook.matchedPeriods == 11)
    #expect(outlook.lastYear == 110)
    #expect(outlook.mean == 110)
    #expect(outlook.probabilityOfRise == 0)
  }

  @Test func fewerThanHalfAYearCannotBeCompared() {
    let values = [Double](repeating: 10, count: 12) + [Double](repeating: .nan, count: 7) + [10, 10, 10, 10, 10]
    let series = monthly(values)
    let paths = [[Double](repeating: 10, count: 12)]
    #expect(Outlook(observed: series, forecast: forecast(of: series, paths: paths)) == nil)
  }

  @Test func aKnownStepIsOnBothSides() throws {
    // Recorded 10 a month, brought to the later level of 13: 13 a month ahead is no rise.
    let series = monthly([Double](repeating: 10, count: 24))
    let adjusted = series.replacing(values: [Double](repeating: 13, count: 24))
    let paths = [[Double](repeating: 13, count: 12)]
    let outlook = try #require(Outlook(observed: series, forecast: forecast(of: adjusted, paths: paths)))
    #expect(outlook.expectedChange == 0)
    #expect(outlook.probabilityOfRise == 0)
  }

  @Test func fromNothingToNothingIsNoRise() throws {
    let series = monthly([Double](repeating: 0, count: 24))
    let zero = [Double](repeating: 0, count: 12)
    let one = [1.0] + [Double](repeating: 0, count: 11)
    let outlook = try #require(
      Outlook(observed: series, forecast: forecast(of: series, paths: [zero, zero, zero, one])))
    #expect(outlook.probabilityOfRise == 0.25)
    #expect(outlook.probabilityOfFall == 0)
  }
}
