import Forecasting
import TestSupport
import Testing
import TimeSeries

@testable import Evaluation

@Suite struct ScoreSumsTests {
  /// A made-up forecast of the fixture beside its actual values.
  private func forecastCase(_ name: String, _ numbers: [String: [Double]]) throws -> ForecastCase {
    func values(_ quantity: String) throws -> [Double] { try #require(numbers[quantity]) }
    let history = Series(key: SeriesKey(uniqueID: name), start: .month(2019, 1), values: try values("history"))
    let forecast = Forecast(
      key: history.key, model: "m", start: history.end + 1, mean: try values("mean"), median: try values("median"),
      intervals: [
        .init(level: 80, lower: try values("lo-80"), upper: try values("hi-80")),
        .init(level: 95, lower: try values("lo-95"), upper: try values("hi-95")),
      ])
    let result = SeriesForecast(
      forecast: forecast, fitted: [], fallbackReason: nil, choice: nil, paths: nil, adjusted: history, adjustments: [])
    return try #require(ForecastCase(result, history: history, actual: try values("actual"), levels: [80, 95]))
  }

  private func expect(_ scores: Scores, _ expected: [String: [Double]], _ name: String) throws {
    let own: [String: Double?] = [
      "smape": scores.smape, "mase": scores.mase, "rmsse": scores.rmsse, "bias": scores.bias,
      "c80": scores.coverage(80), "c95": scores.coverage(95), "msis80": scores.msis[0].value,
      "msis95": scores.msis[1].value, "sql": scores.scaledPinball, "OWA": scores.owa,
      "wQL": scores.weightedQuantileLoss,
    ]
    for (quantity, value) in own {
      let reference = try #require(expected[quantity]?.first)
      // The reference of a series that repeats itself errs by rounding alone, so that a ratio to it says nothing.
      if quantity == "OWA", reference > 1e6 { continue }
      let value = try #require(value)
      #expect(
        value.isNaN && reference.isNaN || (value - reference).magnitude <= 1e-9 * max(1, reference.magnitude),
        "\(name) \(quantity): \(value), reference \(reference)")
    }
  }

  @Test func agreesWithTheReferenceScorer() throws {
    let cases = try Fixture.numbers("scores.csv", target: "EvaluationTests")
    var all = ScoreSums(levels: [80, 95])
    var compared = 0
    for name in cases.keys.sorted() where name != "all" {
      let numbers = try #require(cases[name])
      let forecast = try forecastCase(name, numbers)
      var one = ScoreSums(levels: [80, 95])
      one.add(forecast, steps: forecast.steps.indices)
      all.add(forecast, steps: forecast.steps.indices)
      try expect(one.scores, numbers, name)
      compared += 1
    }
    #expect(compared == 6)
    try expect(all.scores, try #require(cases["all"]), "all")
  }

  @Test func missingActualsAreLeftOutAndConstantSeriesHaveNoScale() throws {
    func scores(_ history: [Double], _ actual: [Double]) throws -> Scores {
      let series = Series(key: SeriesKey(uniqueID: "a"), start: .month(2019, 1), values: history)
      let steps = actual.count
      let forecast = Forecast(
        key: series.key, model: "m", start: series.end + 1, mean: .init(repeating: 4, count: steps),
        median: .init(repeating: 4, count: steps),
        intervals: [
          .init(level: 80, lower: .init(repeating: 2, count: steps), upper: .init(repeating: 6, count: steps))
        ])
      let result = SeriesForecast(
        forecast: forecast, fitted: [], fallbackReason: nil, choice: nil, paths: nil, adjusted: series, adjustments: [])
      let one = try #require(ForecastCase(result, history: series, actual: actual, levels: [80]))
      var sums = ScoreSums(levels: [80])
      sums.add(one, steps: one.steps.indices)
      return sums.scores
    }
    let varied = (0..<24).map { Double($0 % 5) }
    let withGap = try scores(varied, [5, .nan, 9])
    let without = try scores(varied, [5, 9])
    #expect(withGap.observations == 2 && withGap.mase == without.mase && withGap.logScore == without.logScore)
    #expect(withGap.coverage(80) == 0.5 && withGap.pit.total == 2)
    // A missing value taken for zero would have been outside the interval and far off.
    #expect(withGap.meanAbsoluteError == without.meanAbsoluteError)

    let constant = try scores([Double](repeating: 4, count: 24), [4, 7])
    #expect(constant.withoutScale == 1 && constant.forecasts == 1)
    #expect(constant.mase.isNaN && constant.owa.isNaN && constant.scaledPinball.isNaN && constant.scaledCRPS.isNaN)
    #expect(constant.coverage(80) == 0.5 && constant.smape.isFinite && constant.logScore.isFinite)
    #expect(constant.meanAbsoluteErrorOfLastYear == 1.5)
  }
}
