import Forecasting
import TimeSeries

/// Runs a method that Horizon does not have beside one that it has, through the same engine.
@main
enum WriteAForecaster {
  static func main() async throws {
    // A measure that climbs by half an offence a month.
    let all: [Double] = [
      40, 47, 44, 51, 48, 44, 52, 48, 45, 52, 49, 45,
      53, 49, 57, 53, 50, 57, 54, 50, 58, 54, 51, 58,
      55, 62, 59, 55, 63, 59, 56, 63, 60, 56, 64, 60,
      68, 64, 61, 68, 65, 61, 69, 65, 62, 69, 66, 73,
    ]
    let known = Series(
      key: SeriesKey(area: "Northgate", measure: "Fraud"), start: .month(2020, 1), values: all.dropLast(6))
    let gappy = Series(
      key: SeriesKey(area: "Southgate", measure: "Fraud"), start: .month(2020, 1), values: [12, .nan, 14, 15, 13])
    let panel = Panel(frequency: .monthly, style: .yearMonth, series: [known, gappy])

    let registry = ForecasterRegistry.standard.adding(.alone("the random walk with drift") { Drift() })
    for name in ["drift", "historic-average"] {
      guard let method = registry[name] else { fatalError("\(name) is not registered") }
      let results = try await ForecastEngine(method: method, horizon: 6).run(panel)
      let errors = zip(results[0].forecast.mean, all.suffix(6)).map { abs($0 - $1) }
      print("\(method.name), \(method.summary): off by \(errors.reduce(0, +) / 6) on average")
      // The engine falls back by name where a method cannot be fitted, and says why.
      if let reason = results[1].fallbackReason {
        print("  \(results[1].forecast.key.uniqueID) got \(results[1].forecast.model) because \(reason)")
      }
    }
  }
}
