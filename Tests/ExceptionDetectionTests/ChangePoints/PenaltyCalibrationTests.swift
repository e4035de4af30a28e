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
    let steady = LevelWander(weights: [1, 0, 0, 0, 0, 0])
    let penalty = null.penalty(falseRate: 0.1, simulations: 99, seed: 4, wander: steady)
    #expect(penalty == null.penalty(falseRate: 0.1, simulations: 99, seed: 4, wander: steady))
    #expect(penalty < null.penalty(falseRate: 0.02, simulations: 99, seed: 4, wander: steady))
    // Chi-squared with a few degrees of freedom, the largest of many looks.
    #expect(penalty > 5 && penalty < 20)
    // Levels that may wander or not are the easiest to mistake for steps.
    let doubtful = LevelWander(weights: [0.5, 0, 0.25, 0.25, 0, 0])
    let loud = NullSeries(length: 60, level: 64, size: 64, minimumLength: 3)
    #expect(
      loud.penalty(falseRate: 0.1, simulations: 99, seed: 4, wander: doubtful)
        > loud.penalty(falseRate: 0.1, simulations: 99, seed: 4, wander: steady))
  }

  @Test func pathsStayOrRiseOrFallAndWanderAboutTheLevel() {
    var random = RandomSource(seed: 12)
    let null = NullSeries(length: 120, level: 10, size: 20, minimumLength: 3)
    let steady = LevelWander(weights: [1, 0, 0, 0, 0, 0])
    for number in 0..<8 {
      let path = null.path(number, wander: steady, monthsPerPeriod: 1, &random)
      #expect(abs(path.reduce(0, +)) < 1e-9)
      let yearly = exponential(path[12] - path[0])
      let slope = 1 + NullSeries.slopes[number % 4]
      #expect(abs(yearly - (number < 4 ? slope : 1 / slope)) < 1e-9)
    }
    let wandering = LevelWander(weights: [0, 0, 0, 0, 1, 0])
    let steps = (0..<40).flatMap { _ in
      let path = null.path(0, wander: wandering, monthsPerPeriod: 1, &random)
      return zip(path.dropFirst(), path).map { $0 - $1 }
    }
    let deviation = (steps.reduce(0) { $0 + $1 * $1 } / Double(steps.count)).squareRoot()
    #expect(abs(deviation - 0.065) < 0.003, "\(deviation)")
  }

  @Test func freshSeriesExceedItAsOftenAsAsked() {
    var random = RandomSource(seed: 90)
    let null = NullSeries(length: 72, level: 8, size: 16, minimumLength: 3)
    let wander = LevelWander(weights: [0.7, 0, 0, 0.3, 0, 0])
    let penalty = null.penalty(falseRate: 0.1, simulations: 199, seed: 4, wander: wander)
    let exposures = [Double](repeating: 1, count: 72)
    var exceeded = 0
    for number in 0..<200 {
      let path = null.path(number, wander: wander, monthsPerPeriod: 1, &random)
      let counts = withoutSpikes(
        path.map {
          let factor = exponential($0)
          return random.negativeBinomial(mean: null.level * factor, size: null.size * factor)
        }, exposures: exposures)
      let rates = WorkingRates(
        ordinals: Array(0..<72), counts: counts, exposures: exposures,
        size: pairedSize(counts: counts, exposures: exposures), monthsPerPeriod: 1)
      let shapes = LevelShapes(rates, wander: wander, minimumLength: 3)
      if !shapes.best(charge: penalty, suggested: []).steps.isEmpty { exceeded += 1 }
    }
    // 20 expected; three standard errors of both simulations together are 18.
    #expect(exceeded >= 3 && exceeded <= 38, "\(exceeded)")
  }
}
