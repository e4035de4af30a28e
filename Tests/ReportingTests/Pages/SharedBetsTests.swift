import CommunitySafety
import RiskRanking
import Testing
import TimeSeries

@testable import Reporting

@Suite struct SharedBetsTests {
  private func risk(_ measure: String, _ area: String, _ loading: Double) -> Risk {
    let measure = Measure(name: measure, polarity: .lowerIsBetter, isCrime: true)
    return Risk(
      area: Area(name: area, level: .district), measure: measure,
      evidence: RiskEvidence(
        measure: measure.id, kind: .count, polarity: .lowerIsBetter, isKnown: true,
        outlook: .given(lastYear: 100, median: 120, sharedLoading: loading, rise: 0.6, fall: 0.1),
        past: PastComparison(lastYear: 100, lastYearPeriods: 12, yearBefore: nil, twoYearsBefore: nil),
        confidence: Confidence(rating: .high, reasons: []), harmPerOffence: nil, doubts: []))
  }

  /// Mean of the products of two loadings: of four places, which have six pairs.
  @Test func risksOfOneMeasureAreOneBet() {
    let found = SharedBets([
      risk("Burglary", "A", 0.5), risk("Robbery", "A", 0.4), risk("Burglary", "B", 0.4), risk("Burglary", "C", 0.2),
      risk("Burglary", "D", 0.3),
    ])
    #expect(found.bets.count == 1)
    #expect(abs((found.bets.first?.correlation ?? 0) - 0.71 / 6) < 1e-12)
    #expect(
      found.sentences.last == "Here these are Burglary in A, B, C and D (correlation of their totals 0.12).")
  }

  @Test func nothingIsSaidWhereNothingIsShared() {
    #expect(SharedBets([risk("Burglary", "A", 0.5), risk("Robbery", "B", 0.5)]).sentences.isEmpty)
    #expect(SharedBets([risk("Burglary", "A", 0), risk("Burglary", "B", 0)]).sentences.isEmpty)
  }
}
