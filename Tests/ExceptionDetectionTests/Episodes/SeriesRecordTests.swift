import NumericCore
import Testing
import TimeSeries

@testable import ExceptionDetection

struct SeriesRecordTests {
  /// Verdicts of a level of 1 %, whose scores are these.
  private static func past(_ scores: [Double?]) -> ArraySlice<PeriodTest> {
    let reach = -Normal.quantile(0.01)
    return scores.enumerated().map { week, score in
      PeriodTest(
        key: SeriesKey(area: "A", measure: "M"), period: Period(frequency: .weekly, ordinal: week),
        observed: score.map { 100 + 10 * $0 }, expected: 100, lower: 100 - 10 * reach, upper: 100 + 10 * reach,
        pValue: 0.5, pLow: 0.5, qValue: .nan, qLow: .nan, kind: score == nil ? .notTested : .expected, flagged: false,
        baseline: nil, reason: score == nil ? "missing" : nil)
    }[...]
  }

  @Test func aPastThatWasRightLeavesTheVerdict() {
    let record = SeriesRecord(Self.past([0.5, -1, 0.2, -0.7, nil]), alpha: 0.01)
    #expect(record.scale == 1 && record.rescaled(0.003) == 0.003)
    #expect(SeriesRecord([], alpha: 0.01).scale == 1)
  }

  /// Scores of 2 on n weeks, with the prior's six of 1: the root of (6 + 4 n) / (6 + n).
  @Test func aPastThatStrayedWeakensIt() {
    let record = SeriesRecord(Self.past([2, -2, 2, -2, 2, -2, nil, 2, -2, 2, -2]), alpha: 0.01)
    #expect(abs(record.scale - (46.0 / 16).squareRoot()) < 1e-12)
    #expect(abs(Normal.quantile(record.rescaled(0.001)) - Normal.quantile(0.001) / record.scale) < 1e-9)
    #expect(record.rescaled(0.001) > 0.001 && record.rescaled(0.5) == 0.5)
  }

  @Test func oneEventDoesNotDiscreditThePast() {
    let calm = [Double](repeating: 0.1, count: 10)
    #expect(
      SeriesRecord(Self.past(calm + [50]), alpha: 0.01).scale == SeriesRecord(Self.past(calm + [3]), alpha: 0.01).scale)
  }
}
