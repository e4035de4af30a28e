import NumericCore
import Testing

@testable import ExceptionDetection

struct ForesightScanTests {
  private func scan(_ scores: [Double], windows: Int = 6) -> ForesightScan {
    var foresight = Foresight(predictive: PredictiveDistribution([(1, 50, 80)]))
    for (k, score) in scores.enumerated() { foresight.scores[k] = score }
    return ForesightScan(foresight, windows: windows, clip: 2.5)
  }

  @Test(arguments: [-3.0, -0.4, 0, 1.2, 4])
  func withoutWindowsItIsThePeriodAlone(score: Double) {
    let one = scan([score, 2, 2], windows: 1)
    #expect(abs(one.upper.pValue / Normal.cdf(-score) - 1) < 1e-6)
    #expect(one.upper.parts.count == 1 && one.lower.parts.count == 1)
  }

  @Test func periodsTogetherCountWhereTheTestedOneIsHighItself() {
    let risen = scan([1.5, 1.5, 1.5, 1.5, 1.5, 1.5])
    #expect(risen.upper.pValue < 0.005 && risen.upper.pValue < Normal.cdf(-1.5))
    let passed = scan([0.9, 2.5, 2.5, 2.5, 2.5, 2.5])
    #expect(passed.upper.pValue > 0.1, "what has passed was told when it came")
    let sum = risen.upper.parts.first { $0.window == 4 }
    #expect(abs((sum?.pValue ?? 0) / Normal.cdf(-3) - 1) < 1e-6)
  }

  @Test func fallsAreRisesTheOtherWayRound() {
    let scores = [1.7, 0.3, 2.9, -0.4, 1.1, 0.6]
    let (up, down) = (scan(scores), scan(scores.map { -$0 }))
    #expect(abs(up.upper.pValue - down.lower.pValue) < 1e-12)
    #expect(abs(up.lower.pValue - down.upper.pValue) < 1e-12)
  }

  @Test func oneSpikeIsHeldAndMissingPeriodsAreLeftOut() {
    #expect(scan([1.2, 30]).upper.pValue == scan([1.2, 2.5]).upper.pValue)
    let gap = scan([1.5, .nan, 1.5])
    #expect(gap.upper.parts.map(\.window) == [1, 3])
    #expect(abs(gap.upper.parts[1].pValue - Normal.cdf(-3 / 2.0.squareRoot())) < 1e-9)
  }

  /// What was before a period that nobody scored says nothing of it.
  @Test func aPeriodWithoutAScoreIsNoEvidence() {
    let unseen = scan([.nan, 2.5, 2.5, 2.5])
    #expect(unseen.upper.parts.map(\.window) == [1] && unseen.lower.parts.map(\.window) == [1])
    #expect(unseen.upper.parts[0].pValue == 1 && unseen.lower.parts[0].pValue == 1)
  }

  /// Independent normal scores: the level is kept, a little below for the windows that say nothing.
  @Test func theLevelIsKept() {
    var random = RandomSource(seed: 8)
    var below = 0
    for _ in 0..<40_000 where scan((0..<6).map { _ in random.normal() }).upper.pValue < 0.01 { below += 1 }
    #expect((280...440).contains(below), "\(below)")
  }
}
