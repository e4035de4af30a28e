import TimeSeries
import Testing

@testable import Forecasting

@Suite struct ForecastBoundsTests {
  /// A share that climbs to the top, one that falls to the bottom, and one that swings.
  private static let shares: [[Double]] = [
    (0..<48).map { min(1, 0.55 + 0.01 * Double($0)) }, (0..<48).map { max(0, 0.4 - 0.01 * Double($0)) },
    (0..<48).map { $0 % 2 == 0 ? 0.02 : 0.98 },
  ]

  @Test(arguments: [ModelName.auto, .autoETS, .seasonalNaive, .historicAverage])
  func forecastsOfProportionsStayBetweenZeroAndOne(model: ModelName) async throws {
    let series = ForecastBoundsTests.shares.enumerated().map { index, values in
      Series(
        key: SeriesKey(area: "A\(index)", measure: "Detected"), start: .month(2019, 1), values: values,
        kind: .proportion, denominators: values.map { _ in 100 })
    }
    let engine = ForecastEngine(model: model, horizon: 24, levels: [80, 99], pathCount: 50)
    let forecasts = try await engine.run(Panel(frequency: .monthly, style: .yearMonth, series: series))
    var isBoundMet = false
    for result in forecasts {
      let bounds = result.forecast.intervals.flatMap { $0.lower + $0.upper }
      let all = result.forecast.mean + result.forecast.median + bounds + (result.paths?.values ?? [])
      #expect(all.allSatisfy { (0...1).contains($0) })
      isBoundMet = isBoundMet || all.contains(0) || all.contains(1)
    }
    #expect(isBoundMet, "the test needs forecasts that reach a bound")
  }
}
