import Forecasting
import NumericCore
import Testing
import TimeSeries

@testable import Evaluation

/// The quantiles that a backtest asks of a forecast.
func standardQuantiles(_ quantile: (Double) -> Double) -> PredictiveQuantiles {
  let levels = PredictiveQuantiles.standardLevels
  let probabilities = levels.reversed().map { 0.5 - $0 / 200 } + [0.5] + levels.map { 0.5 + $0 / 200 }
  return PredictiveQuantiles(probabilities: probabilities, values: probabilities.map(quantile))
}

@Suite struct PredictiveQuantilesTests {
  @Test func standardLevelsAscend() {
    let levels = PredictiveQuantiles.standardLevels
    #expect(levels == levels.sorted() && Set(levels).count == levels.count)
    #expect(levels.allSatisfy { $0 > 0 && $0 < 100 })
  }

  @Test func distributionFunctionOfTheNormal() {
    let quantiles = standardQuantiles { 50 + 7 * Normal.quantile($0) }
    for z in stride(from: -4.0, through: 4, by: 0.1) {
      #expect((quantiles.cumulative(50 + 7 * z) - Normal.cdf(z)).magnitude < 0.002)
    }
  }

  @Test(arguments: [(0.2, 0.5), (2, 3), (15, 8), (400, 30), (3000, 1000)])
  func distributionFunctionOfCounts(mean: Double, size: Double) {
    let truth = NegativeBinomial(mean: mean, size: size)
    let quantiles = standardQuantiles(truth.quantile)
    // Half of the widest distance of known probabilities.
    for k in 0...Int(mean * 4 + 20) {
      #expect((quantiles.cumulative(count: Double(k)) - truth.cdf(Double(k))).magnitude <= 0.0051)
    }
    #expect(quantiles.cumulative(count: -1) == 0)
  }

  @Test(arguments: [
    [0.0, 0, 0, 0, 0], [1e12, 1e12, 1e12, 1e12, 1e12], [-3, -1, 0, 2, 9], [0, 0, 0, 1, 4],
    [1e-12, 2e-12, 3e-12, 4e-12, 5e-12],
    [5, 4, 6, 3, 7],
  ])
  func distributionFunctionsNeverFall(values: [Double]) {
    let quantiles = PredictiveQuantiles(probabilities: [0.025, 0.1, 0.5, 0.9, 0.975], values: values)
    let width = max(1, (values.max() ?? 0) - (values.min() ?? 0))
    var (last, lastCount) = (0.0, 0.0)
    for i in 0...100 {
      let x = (values.min() ?? 0) - width + 3 * width * Double(i) / 100
      #expect(quantiles.cumulative(x) >= last && quantiles.cumulative(x) <= 1)
      last = quantiles.cumulative(x)
      let k = max(0, x.rounded())
      #expect(quantiles.cumulative(count: k) >= lastCount && quantiles.cumulative(count: k) <= 1)
      lastCount = quantiles.cumulative(count: k)
    }
  }

  @Test func stepsOfAForecast() throws {
    let forecast = Forecast(
      key: SeriesKey(uniqueID: "a"), model: "m", start: .month(2020, 1), mean: [1, 2], median: [10, 20],
      intervals: [
        .init(level: 80, lower: [5, 15], upper: [15, 25]), .init(level: 95, lower: [1, 11], upper: [19, .nan]),
      ])
    let quantiles = try #require(PredictiveQuantiles(forecast, step: 0))
    #expect(quantiles.values == [1, 5, 10, 15, 19])
    #expect(zip(quantiles.probabilities, [0.025, 0.1, 0.5, 0.9, 0.975]).allSatisfy { ($0 - $1).magnitude < 1e-12 })
    #expect(PredictiveQuantiles(forecast, step: 1) == nil)
  }
}
