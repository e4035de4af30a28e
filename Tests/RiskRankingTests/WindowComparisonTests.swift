import Forecasting
import NumericCore
import Testing
import TimeSeries

@testable import RiskRanking

@Suite struct WindowComparisonTests {
  private let year = Period.month(2024, 1)...Period.month(2024, 12)

  @Test func onlyMonthsThatBothYearsHaveAreCompared() throws {
    var values = (0..<24).map { Double($0 < 12 ? 10 : 20) }
    values[6] = .nan
    values[20] = .nan
    let comparison = try #require(WindowComparison(monthly(values), year, yearsBack: 1))
    #expect(comparison.periods.count == 10)
    #expect(comparison.later.recorded == 200 && comparison.earlier.recorded == 100)
    #expect(comparison.missing == [.month(2024, 7), .month(2024, 9)])
    #expect(comparison.isReal == true)
    #expect(WindowComparison(monthly(Array(values.prefix(12))), year, yearsBack: 1) == nil)
  }

  @Test func aPartlyKnownMonthDropsOutOfBoth() throws {
    let values = [Double](repeating: 10, count: 23) + [1]
    let series = Series(
      key: SeriesKey(area: "A", measure: "Burglary"), start: .month(2023, 1), values: values, partial: [23])
    let comparison = try #require(WindowComparison(series, year, yearsBack: 1))
    #expect(comparison.later.recorded == 110 && comparison.earlier.recorded == 110 && comparison.isReal == false)
  }

  /// Recording that doubles in the later year doubles the count and is no rise.
  @Test func aStepOfRecordingIsNoChange() throws {
    let series = monthly((0..<24).map { $0 < 12 ? 100 : 200 })
    let adjusted = monthly([Double](repeating: 200, count: 24))
    let step = Intervention(start: .month(2024, 1), effect: .step, kind: .recordingChange, note: "n")
    let comparison = try #require(
      WindowComparison(series, year, yearsBack: 1, adjusted: adjusted, interventions: [step]))
    #expect(comparison.earlier.recorded == 1200 && comparison.earlier.comparable == 2400)
    #expect(comparison.later.comparable == 2400 && comparison.probability > 0.9)
    #expect(!comparison.isLikeForLike)
    // Where no model measured it, nothing is tested and nothing is made up.
    let unknown = try #require(WindowComparison(series, year, yearsBack: 1, interventions: [step]))
    #expect(unknown.earlier.comparable == nil && unknown.isReal == nil)
    // A step before both years, or one that opens the earlier, concerns neither.
    for start in [Period.month(2022, 5), .month(2023, 1)] {
      let old = Intervention(start: start, effect: .step, kind: .recordingChange, note: "n")
      #expect(try #require(WindowComparison(series, year, yearsBack: 1, interventions: [old])).isLikeForLike)
    }
  }

  /// Each value is brought to today's level by the steps after it, and by no other.
  @Test func aHistoryIsScaledByTheStepsAfterIt() {
    let series = monthly((0..<36).map { $0 < 12 ? 100 : $0 < 24 ? 200 : 300 })
    let made = forecast(of: series, paths: [[Double](repeating: 300, count: 12)])
    let steps = [(2024, 2.0), (2025, 1.5)].map { year, factor in
      InterventionAdjustment(
        intervention: Intervention(start: .month(year, 1), effect: .step, kind: .recordingChange, note: "n"),
        factor: factor, logStandardError: 0.1)
    }
    let history = ComparableHistory(
      series,
      forecast: SeriesForecast(
        forecast: made.forecast, fitted: [], fallbackReason: nil, choice: nil, paths: nil, adjusted: series,
        adjustments: steps))
    #expect(history.series.values == [Double](repeating: 300, count: 36))
    #expect(history.scale(at: .month(2023, 12)) == 3 && history.scale(at: .month(2024, 1)) == 1.5)
    #expect(history.scale(at: .month(2024, 12)) == 1.5 && history.scale(at: .month(2025, 1)) == 1)
  }

  @Test func untypicalMonthsAreNamed() throws {
    let window = Intervention(
      start: .month(2023, 3), effect: .window(through: .month(2023, 5)), kind: .covidRestriction, note: "n")
    let series = monthly([Double](repeating: 9, count: 24))
    #expect(
      try #require(WindowComparison(series, year, yearsBack: 1, interventions: [window])).untypical == [window])
    #expect(
      try #require(
        WindowComparison(
          series, .month(2024, 8)...(.month(2024, 10)), yearsBack: 1, interventions: [window])
      ).untypical.isEmpty)
  }

  @Test func sharesArePooledAndValuesAveraged() throws {
    let key = SeriesKey(area: "A", measure: "Share")
    let wholes = (0..<24).map { $0 % 2 == 0 ? 10.0 : 30 }
    let share = Series(
      key: key, start: .month(2023, 1), values: wholes.indices.map { $0 < 12 ? 0.5 : 0.2 }, kind: .proportion,
      denominators: wholes)
    let comparison = try #require(WindowComparison(share, year, yearsBack: 1))
    #expect(comparison.later.ratio == .init(numerator: 48, denominator: 240) && comparison.later.recorded == 0.2)
    #expect(comparison.isReal == nil)
    let value = Series(key: key, start: .month(2023, 1), values: (0..<24).map(Double.init), kind: .value)
    #expect(try #require(WindowComparison(value, year, yearsBack: 1)).later.recorded == 17.5)
  }

  /// The level that two-year comparisons and the recorded past show is one.
  @Test func itAgreesWithThePast() throws {
    var random = RandomSource(seed: 1)
    for _ in 0..<50 {
      let values = (0..<40).map { i in i > 27 && random.uniform() < 0.1 ? .nan : (random.uniform() * 90).rounded() }
      let series = monthly(values + [7])
      let past = PastComparison(series)
      let window = (series.end - 11)...series.end
      #expect(try #require(WindowComparison(series, window, yearsBack: 0)).later.recorded == past.lastYear)
      if let before = past.yearBefore {
        #expect(try #require(WindowComparison(series, window, yearsBack: 1)).earlier.recorded == before)
      }
    }
  }
}
