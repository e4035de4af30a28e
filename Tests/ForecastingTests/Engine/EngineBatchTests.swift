import Testing
import TimeSeries

@testable import Forecasting

/// Pools are fitted and forecast some at a time; the forecasts are those of all at once.
@Suite struct EngineBatchTests {
  @Test(arguments: [ModelName.auto, .counts, .combination]) func batchesChangeNothing(model: ModelName) async throws {
    let alone = Series(
      key: SeriesKey(area: "Alone", measure: nil), start: .month(2018, 1), values: (0..<40).map { Double($0 % 7) })
    let shares = Series(
      key: SeriesKey(area: "Shares", measure: "Detected"), start: .month(2018, 1),
      values: (0..<40).map { Double($0 % 5) / 10 }, kind: .proportion,
      denominators: [Double](repeating: 20, count: 40))
    let series =
      EngineInvarianceTests.pool("Burglary", areas: 6, months: 48, seed: 1) + [alone, shares]
      + EngineInvarianceTests.pool("Robbery", areas: 11, months: 48, seed: 2)
      + EngineInvarianceTests.pool("Arson", areas: 3, months: 20, seed: 3)
    let panel = Panel(frequency: .monthly, style: .yearMonth, series: series)
    func run(_ size: Int, threads: Int) async throws -> [SeriesForecast] {
      var engine = ForecastEngine(model: model, horizon: 6, pathCount: 4, threads: threads)
      engine.batchSize = size
      return try await engine.run(panel)
    }
    let whole = try await run(1000, threads: 1)
    #expect(whole.map(\.forecast.key) == series.map(\.key))
    for size in [1, 8] {
      let some = try await run(size, threads: 2)
      #expect(some.map(\.forecast.key) == series.map(\.key))
      #expect(EngineInvarianceTests.bits(some) == EngineInvarianceTests.bits(whole))
      #expect(some.map(\.choice) == whole.map(\.choice))
    }
  }

  @Test func theConsumerGetsEachForecastWithItsPlace() async throws {
    let series = EngineInvarianceTests.pool("Burglary", areas: 5, months: 30, seed: 4)
    var engine = ForecastEngine(model: .counts, horizon: 3, pathCount: 8, threads: 2)
    engine.batchSize = 1
    let kept = try await engine.run(Panel(frequency: .monthly, style: .yearMonth, series: series)) { i, forecast in
      (place: i, key: forecast.forecast.key, paths: forecast.paths?.count, left: forecast.withoutPaths.paths?.count)
    }
    #expect(kept.map(\.place) == Array(series.indices) && kept.map(\.key) == series.map(\.key))
    #expect(kept.allSatisfy { $0.paths == 8 && $0.left == nil })
  }
}
