import Forecasting
import Foundation
import NumericCore
import Testing
import TimeSeries

/// A method from outside: the last value again, with errors like the steps there were.
private struct LastValue: Forecaster {
  let name = "last-value"

  func fit(_ series: Series) throws(FitFailure) -> any FittedModel {
    let seen = series.values.filter(\.isFinite)
    guard seen.count > 1, let last = seen.last else { throw FitFailure("it has no step to learn from") }
    let squares = zip(seen, seen.dropFirst()).reduce(0) { $0 + ($1.1 - $1.0) * ($1.1 - $1.0) }
    return Model(
      key: series.key, fitted: [.nan] + series.values.dropLast(), start: series.start + series.count, last: last,
      step: (squares / Double(seen.count - 1)).squareRoot())
  }

  struct Model: FittedModel {
    var name: String { "last-value" }
    let key: SeriesKey
    let fitted: [Double]
    let start: Period
    let last: Double
    let step: Double

    func predict(horizon: Int, levels: [Double]) -> Forecast {
      QuantileLevels(levels).gaussian(
        key: key, model: name, start: start, mean: [Double](repeating: last, count: horizon),
        deviation: (0..<horizon).map { step * Double($0 + 1).squareRoot() }, lowest: 0)
    }

    func samplePaths(horizon: Int, count: Int, random: inout RandomSource) -> SamplePaths {
      var values: [Double] = []
      for _ in 0..<count {
        var value = last
        for _ in 0..<horizon {
          value += step * random.normal()
          values.append(value)
        }
      }
      return SamplePaths(horizon: horizon, count: count, values: values)
    }
  }
}

/// A pooled method from outside: every series gets the mean of its pool.
private struct PoolMean: PooledForecaster {
  let name = "pool-mean"

  func learn(_ series: [Series], horizon: Int, threads: Int) async throws -> @Sendable (Int) -> SeriesFit {
    let pools = SeriesPools(series)
    let means = pools.members.map { members in
      let values = members.flatMap { series[$0].values }
      return values.reduce(0, +) / Double(values.count)
    }
    return { i in
      let flat = series[i].replacing(values: [Double](repeating: means[pools.index[i]], count: series[i].count))
      return SeriesFit(HistoricAverage(), to: flat, choice: "the mean of its pool")
    }
  }
}

@Suite struct ForecasterRegistryTests {
  @Test func namesAreAContract() {
    #expect(
      ModelName.allCases.map(\.rawValue) == [
        "auto", "combination", "auto-ets", "ces", "auto-arima", "theta", "mstl", "counts", "proportions", "tsb",
        "croston-sba",
        "window-average", "seasonal-naive", "historic-average",
      ])
    let constants: [ModelName] = [
      .auto, .combination, .autoETS, .ces, .autoARIMA, .theta, .mstl, .counts, .proportions, .tsb, .crostonSBA,
      .windowAverage,
      .seasonalNaive, .historicAverage,
    ]
    #expect(constants == ModelName.allCases)
    for name in ModelName.allCases {
      #expect(ModelName(rawValue: name.rawValue) == name && name.method.name == name.rawValue)
      #expect(!name.method.summary.isEmpty && "\(name)" == name.rawValue)
    }
    #expect(ModelName(rawValue: "autoETS") == nil && ModelName(rawValue: "") == nil)
    #expect(
      ModelName.allCases.filter(\.learnsFromPools).map(\.rawValue) == ["auto", "combination", "counts", "proportions"])
  }

  /// What a method assumes and when not to trust it is said in a card of its name.
  @Test(arguments: ModelName.allCases) func everyMethodHasItsCard(model: ModelName) throws {
    var root = URL(fileURLWithPath: #filePath)
    for _ in 0..<4 { root.deleteLastPathComponent() }
    let card = root.appendingPathComponent("Models/cards/\(model).md")
    #expect(try String(contentsOf: card, encoding: .utf8).count > 500)
  }

  @Test func methodsAreAddedAndReplaced() {
    let more = ForecasterRegistry.standard.adding(.alone("the last value again") { LastValue() })
    #expect(more.methods.count == ForecasterRegistry.standard.methods.count + 1)
    #expect(more["last-value"]?.summary == "the last value again" && more["last-value"]?.learnsFromPools == false)
    let changed = more.adding(.alone("the same, said otherwise") { LastValue() })
    #expect(changed.methods.map(\.name) == more.methods.map(\.name))
    #expect(changed["last-value"]?.summary == "the same, said otherwise")
    #expect(ForecasterRegistry.standard["last-value"] == nil)
  }

  @Test func aMethodFromOutsideRunsThroughTheEngine() async throws {
    let series = EngineInvarianceTests.pool("Burglary", areas: 3, seed: 1)
    let short = Series(key: SeriesKey(area: "short", measure: nil), start: .month(2020, 1), values: [4])
    let none = Series(key: SeriesKey(area: "none", measure: nil), start: .month(2020, 1), values: [.nan, .nan])
    let engine = ForecastEngine(
      method: .alone("the last value again") { LastValue() }, horizon: 6, pathCount: 50, threads: 2)
    let results = try await engine.run(Panel(frequency: .monthly, style: .yearMonth, series: series + [short, none]))
    for (s, result) in zip(series, results) {
      #expect(result.forecast.model == "last-value" && result.fallbackReason == nil)
      #expect(result.forecast.mean == [Double](repeating: s.values[s.count - 1], count: 6))
      #expect(result.paths?.values.count == 300 && result.fitted.count == s.count)
    }
    #expect(results[3].forecast.model == "historic-average")
    #expect(results[3].fallbackReason == "it has no step to learn from")
    #expect(results[4].forecast.model == "no-data" && results[4].fallbackReason == "it has no observation")
  }

  @Test func aPooledMethodFromOutsideRunsThroughTheEngine() async throws {
    let series = EngineInvarianceTests.pool("A", areas: 3, seed: 1) + EngineInvarianceTests.pool("B", areas: 2, seed: 2)
    let engine = ForecastEngine(method: .pooled("the mean of its pool") { PoolMean() }, horizon: 2, threads: 2)
    let results = try await engine.run(Panel(frequency: .monthly, style: .yearMonth, series: series))
    #expect(results.allSatisfy { $0.choice == "the mean of its pool" && $0.fallbackReason == nil })
    #expect(Set(results.prefix(3).map { $0.forecast.mean[0] }).count == 1)
    #expect(results[0].forecast.mean[0] != results[4].forecast.mean[0])
  }
}
