import NumericCore
import TimeSeries
import Testing

@testable import ExceptionDetection

struct StableSeriesTests {
  @Test func theFirstRuleAloneWouldAlarmOnceInAFewHundred() throws {
    // All four rules on independent normal points: a few in a hundred.
    let values = ControlChartTests.series((0..<60).map { Double($0 % 7) }, kind: .value)
    let rate = try #require(StableSeries(values, range: 0..<60)).falseAlarmRate(values.key, simulations: 4000, seed: 2)
    #expect(rate > 0.015 && rate < 0.06, "\(rate)")
    #expect(
      rate == StableSeries(values, range: 0..<60)?.falseAlarmRate(values.key, simulations: 4000, seed: 2))
  }

  @Test func aSeasonRaisesTheRate() throws {
    func rate(_ amplitude: Double) throws -> Double {
      var random = RandomSource(seed: 5)
      let values = (0..<72).map { t in
        random.poisson(mean: 60 * exponential(amplitude * cosine(2 * .pi * Double(t) / 12)))
      }
      let series = ControlChartTests.series(values)
      return try #require(StableSeries(series, range: 0..<72)).falseAlarmRate(series.key, simulations: 1500, seed: 2)
    }
    #expect(try rate(0.5) > 2 * rate(0))
  }

  @Test func betaBinomialVariatesHaveTheirMoments() {
    var random = RandomSource(seed: 6)
    for (trials, mean, size) in [(20.0, 0.3, 5.0), (50, 0.9, .infinity), (5000, 0.2, 40)] {
      let draws = (0..<20_000).map { _ in random.betaBinomial(trials: trials, mean: mean, size: size) }
      let average = draws.reduce(0, +) / 20_000
      let variance = draws.reduce(0) { $0 + ($1 - average) * ($1 - average) } / 20_000
      let extra = size.isFinite ? (trials - 1) / (size + 1) : 0
      let expected = trials * mean * (1 - mean) * (1 + extra)
      #expect(abs(average - trials * mean) < 5 * (expected / 20_000).squareRoot())
      #expect(abs(variance / expected - 1) < 0.06, "\(variance) \(expected)")
    }
    #expect(random.betaBinomial(trials: 0, mean: 0.5, size: 3) == 0)
    #expect(random.betaBinomial(trials: 9, mean: 1, size: 3) == 9)
  }

  @Test func tooFewPointsAreNoProcess() {
    #expect(StableSeries(ControlChartTests.series([1, 2, 3]), range: 0..<3) == nil)
  }
}
