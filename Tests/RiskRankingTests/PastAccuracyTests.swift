import RiskRanking
import Testing
import TimeSeries

/// Confidence is measured: what past ranges held decides with how much is known.
@Suite struct PastAccuracyTests {
  private func rate(_ accuracy: PastAccuracy?) -> Confidence {
    let series = monthly([Double](repeating: 100, count: 60))
    return Confidence(
      series: series, past: PastComparison(series), fallbackReason: nil, interventions: [], accuracy: accuracy)
  }

  private func accuracy(
    _ within: Int, of outlooks: Int, _ scope: PastAccuracy.Scope = .measure,
    together: PastAccuracy.MissedTogether? = nil
  ) -> PastAccuracy {
    PastAccuracy(scope: scope, outlooks: outlooks, within80: within, within95: outlooks, missedTogether: together)
  }

  /// Binomial tails by R: pbinom(14, 25, 0.8) = .0056, pbinom(15, 25, 0.8) = .0173; pbinom(13, 20, 0.8) = .0867.
  @Test func heldTooFewIsLessThanChance() {
    #expect(accuracy(14, of: 25).heldTooFew && !accuracy(15, of: 25).heldTooFew && !accuracy(13, of: 20).heldTooFew)
    #expect(!accuracy(0, of: 0).heldTooFew)
  }

  @Test func aRatingTakesTheRecord() {
    #expect(rate(accuracy(20, of: 25)).rating == .high && rate(accuracy(20, of: 25)).reasons.isEmpty)
    #expect(rate(nil).rating == .moderate && rate(nil).reasons == [.neverChecked])
    let missed = accuracy(14, of: 25)
    #expect(rate(missed).rating == .low && rate(missed).reasons == [.rangesHeldTooFew(missed)])
    // What is measured on other measures lowers it less.
    let other = accuracy(14, of: 25, .all)
    #expect(rate(other).rating == .moderate && rate(other).reasons == [.rangesHeldTooFew(other)])
    let year = PastAccuracy.MissedTogether(end: .month(2025, 12), missed: 5, of: 5, isAbove: true)
    let together = rate(accuracy(20, of: 25, together: year))
    #expect(together.rating == .moderate && together.reasons == [.missedTogether(year)])
    #expect(together.accuracy?.share80 == 0.8)
  }
}
