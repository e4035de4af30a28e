import Testing
import TimeSeries

@testable import RiskRanking

/// The rules of ``Confidence`` at their edges.
@Suite struct ConfidenceRuleTests {
  /// A record that leaves it to the other rules.
  private let held = PastAccuracy(scope: .measure, outlooks: 25, within80: 20, within95: 24)

  private func rate(
    months: Int = 60, missingLastYear: Int = 0, a value: Double = 100, interventions: [Intervention] = []
  ) -> Confidence {
    let series = monthly((0..<months).map { $0 >= months - missingLastYear ? .nan : value })
    return Confidence(
      series: series, past: PastComparison(series), fallbackReason: nil, interventions: interventions,
      accuracy: held)
  }

  @Test func lengthOfTheHistory() {
    #expect(rate(months: 23).rating == .low && rate(months: 23).reasons == [.shortHistory(periods: 23)])
    #expect(rate(months: 24).reasons == [.modestHistory] && rate(months: 47).rating == .moderate)
    #expect(rate(months: 48).rating == .high && rate(months: 48).reasons.isEmpty)
  }

  @Test func gapsOfTheLastYear() {
    #expect(rate(missingLastYear: 1).reasons == [.lastYearIncomplete(missing: 1, of: 12)])
    #expect(rate(missingLastYear: 3).rating == .moderate)
    #expect(rate(missingLastYear: 4).reasons == [.lastYearSparse(observed: 8, of: 12)])
  }

  @Test func sizeOfTheCounts() {
    #expect(rate(a: 2).reasons == [.fewRecorded(below: 30)])
    #expect(rate(a: 2.5).reasons == [.modestCounts])
    #expect(rate(a: 9).rating == .moderate && rate(a: 10).rating == .high)
  }

  @Test func aShareRestsOnItsWhole() {
    func rating(_ whole: Double) -> [Doubt] {
      let series = Series(
        key: SeriesKey(area: "A", measure: "S"), start: .month(2020, 1), values: [Double](repeating: 0.5, count: 60),
        kind: .proportion, denominators: [Double](repeating: whole, count: 60))
      return Confidence(
        series: series, past: PastComparison(series), fallbackReason: nil, interventions: [], accuracy: held
      ).reasons
    }
    #expect(rating(2) == [.fewRecorded(below: 30)] && rating(5) == [.modestCounts] && rating(10).isEmpty)
  }

  @Test func breaks() {
    let end = Period.month(2023, 1) + 59
    func step(_ back: Int) -> Intervention { Intervention(start: end - back, effect: .step, note: "n") }
    #expect(rate(interventions: [step(11)]).rating == .low && rate(interventions: [step(12)]).rating == .high)
    #expect(rate(interventions: [step(-1)]).rating == .high)
    func window(_ back: Int) -> Intervention {
      Intervention(start: end - 40, effect: .window(through: end - back), note: "n")
    }
    #expect(rate(interventions: [window(23)]).rating == .moderate && rate(interventions: [window(24)]).rating == .high)
  }

  @Test func halfAYearIsCompared() {
    let values = [Double](repeating: 10, count: 12) + [Double](repeating: .nan, count: 6) + [10, 10, 10, 10, 10, 10]
    let series = monthly(values)
    let paths = [[Double](repeating: 10, count: 12)]
    #expect(Outlook(observed: series, forecast: forecast(of: series, paths: paths))?.matchedPeriods == 6)
  }

  @Test func yearsBeforeAreTheirOwn() {
    let past = PastComparison(monthly((0..<36).map { Double($0 / 12) }))
    #expect(past.lastYear == 24 && past.yearBefore == 12 && past.twoYearsBefore == 0)
  }

  @Test func theIntervalLeavesOutATenthOnEachSide() throws {
    let series = monthly([Double](repeating: 100, count: 24))
    let paths = (1...40).map { [Double](repeating: Double($0), count: 12) }
    let outlook = try #require(Outlook(observed: series, forecast: forecast(of: series, paths: paths)))
    #expect(outlook.lower80 == 48 && outlook.upper80 == 432 && outlook.median == 240)
  }
}
