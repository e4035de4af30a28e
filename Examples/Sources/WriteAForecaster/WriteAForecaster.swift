import Forecasting
import TimeSeries

/// Runs a method that Horizon does not have beside one that it has, through the same engine.
@main
enum WriteAForecaster {
  static func main() async throws {
    let all = (0..<48).map { t in 40 + 0.5 * Double(t) + Double((t * 7) % 11) }
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
