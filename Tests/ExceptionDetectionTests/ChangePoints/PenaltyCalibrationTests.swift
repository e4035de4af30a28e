import NumericCore
import Testing

@testable import ExceptionDetection

struct PenaltyCalibrationTests {
  @Test func kindsAreSharedByAlikeSeries() {
    let one = NullSeries(length: 97, level: 40, size: 60, minimumLength: 3)
    let other = NullSeries(length: 108, level: 44, size: 66, minimumLength: 3)
    #expect(one == other)
    #expect(one.level == 32 && abs(one.size / 63 - 1) < 0.5)
    #expect(NullSeries(length: 97, level: 40, size: .infinity, minimumLength: 3).size == .infinity)
    #expect(one < NullSeries(length: 144, level: 1, size: 60, minimumLength: 3))
  }

  @Test func theSameSeedGivesTheSamePenaltyAndARarerAlarmAGreater() {
    let null = NullSeries(length: 60, level: 10, size: 20, minimumLength: 3)
    let penalty = null.penalty(falseRate: 0.1, simulations: 99, seed: 4)
    #expect(penalty == null.penalty(falseRate: 0.1, simulations: 99, seed: 4))
    #expect(penalty < null.penalty(falseRate: 0.02, simulations: 99, seed: 4))
    // Chi-squared with a few degrees of freedom, the largest of many looks.
    #expect(penalty > 5 && penalty < 20)
  }

  @Test func freshSeriesExceedItAsOftenAsAsked() {
    var random = RandomSource(seed: 90)
    let null = NullSeries(length: 72, level: 8, size: 16, minimumLength: 3)
    let penalty = null.penalty(falseRate: 0.1, simulations: 199, seed: 4)
    let exposures = [Double](repeating: 1, count: 72)
    var exceeded = 0
    for _ in 0..<200 {
      let counts = withoutSpikes(
        exposures.map { _ in random.negativeBinomial(mean: null.level, size: null.size) }, exposures: exposures)
      let cost = CountSegmentCost(
        counts: counts, exposures: exposures, size: pairedSize(counts: counts, exposures: exposures))
      if !pelt(cost, penalty: penalty, minimumLength: 3).changes.isEmpty { exceeded += 1 }
    }
    // 20 expected; three standard errors of both simulations together are 18.
    #expect(exceeded >= 3 && exceeded <= 38, "\(exceeded)")
  }
}
