import NumericCore
import TimeSeries
import Testing

@testable import ControlCharts

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

  @Test func tooFewPointsAreNoProcess() {
    #expect(StableSeries(ControlChartTests.series([1, 2, 3]), range: 0..<3) == nil)
  }
}
