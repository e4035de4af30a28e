import Forecasting
import Testing
import TimeSeries

@testable import RiskRanking

private func recordingChange(_ start: Period) -> Intervention {
  Intervention(start: start, effect: .step, kind: .recordingChange, note: "new rules")
}

/// A forecast that found a step of this factor, of a series from January 2023.
private func forecast(of series: Series, step: Period, factor: Double?) -> SeriesForecast {
  SeriesForecast(
    forecast: Forecast(key: series.key, model: "given", start: series.end + 1, mean: [], median: [], intervals: []),
    fitted: [], fallbackReason: nil, choice: nil, paths: nil, adjusted: series,
    adjustments: [
      InterventionAdjustment(intervention: recordingChange(step), factor: factor, logStandardError: nil)
    ])
}

@Suite struct EarlierYearTests {
  private let profile = ScoringProfile()

  /// Half as many again are recorded from July of the last year on; nothing else changed.
  private let stepped = monthly((0..<24).map { $0 >= 18 ? 30 : 20 })

  @Test func acrossAStepTheComparisonIsLikeForLike() throws {
    let made = forecast(of: stepped, step: .month(2024, 7), factor: 1.5)
    let year = try #require(
      EarlierYear(
        ComparableHistory(stepped, forecast: made), recorded: stepped, yearsBack: 1, profile: profile))
    #expect(year.recorded == .init(last: 300, before: 240))
    #expect(year.likeForLike == .init(last: 360, before: 360) && year.comparable?.change == 0)
    #expect(year.steps == [recordingChange(.month(2024, 7))] && !year.isBroken)
  }

  @Test func whereNobodyKnowsTheSizeNothingIsCompared() throws {
    let made = forecast(of: stepped, step: .month(2024, 7), factor: nil)
    let year = try #require(
      EarlierYear(
        ComparableHistory(stepped, forecast: made), recorded: stepped, yearsBack: 1, profile: profile))
    #expect(year.isBroken && year.comparable == nil && year.likeForLike == nil)
    #expect(year.recorded.change == 60)
  }

  /// A step at the first period that is compared has nothing before it; one a period later has.
  @Test(arguments: [(0, false), (1, true), (23, true)]) func aStepOutsideTheYearsIsNone(offset: Int, isBetween: Bool)
    throws
  {
    let series = monthly([Double](repeating: 20, count: 24))
    let step = Period.month(2023, 1) + offset
    let year = try #require(
      EarlierYear(
        ComparableHistory(series, forecast: forecast(of: series, step: step, factor: 1.5)), recorded: series,
        yearsBack: 1, profile: profile))
    #expect(year.steps.isEmpty == !isBetween)
  }

  @Test func aMissingMonthDropsOutOfBothYears() throws {
    var values = (0..<36).map(Double.init)
    values[6] = .nan  // July of two years before
    let past = PastComparison(monthly(values))
    #expect(past.twoYearsBefore == nil)
    let year = try #require(past.year(2))
    #expect(year.periods == 11)
    // 24 + ... + 35 without 30, and 0 + ... + 11 without 6.
    #expect(year.recorded.last == 324 && year.recorded.before == 60)
    #expect(past.year(1)?.periods == 12)
  }

  @Test func underHalfAYearIsNoComparison() {
    let series = monthly([Double](repeating: .nan, count: 7) + [Double](repeating: 10, count: 17))
    #expect(PastComparison(series).year(1)?.periods == nil)
    let more = monthly([Double](repeating: .nan, count: 6) + [Double](repeating: 10, count: 18))
    #expect(PastComparison(more).year(1)?.periods == 6)
  }
}
