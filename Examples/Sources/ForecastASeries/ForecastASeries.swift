import Forecasting
import TimeSeries

/// Forecasts a year of one small series with a built-in method, first by the engine, then by the method alone.
@main
enum ForecastASeries {
  /// Burglaries a month in an invented area, from January 2021; nothing was recorded of May 2023.
  static let burglaries = Series(
    key: SeriesKey(area: "Northgate", measure: "Burglary"), start: .month(2021, 1),
    values: [
      31, 28, 27, 22, 21, 18, 17, 20, 22, 29, 33, 35,
      30, 31, 25, 24, 19, 20, 18, 17, 25, 27, 34, 31,
      33, 27, 28, 21, .nan, 19, 15, 19, 23, 26, 30, 37,
      29, 30, 26, 25, 22, 17, 19, 21, 20, 30, 31, 34,
    ])

  static func main() async throws {
    let panel = Panel(frequency: .monthly, style: .yearMonth, series: [burglaries])
    // Many series of one measure in a panel would learn from each other.
    let engine = ForecastEngine(model: .counts, horizon: 12, levels: [80], pathCount: 2000)
    for result in try await engine.run(panel) {
      let forecast = result.forecast
      print("\(forecast.key.uniqueID), by the model \(forecast.model):")
      for (h, mean) in forecast.mean.enumerated() {
        let interval = forecast.intervals[0]
        let bounds = "80 % between \(rounded(interval.lower[h])) and \(rounded(interval.upper[h]))"
        print("  \(panel.style.format(forecast.start + h)): \(rounded(mean)), \(bounds)")
      }
      // Bounds must never be added; draws may.
      let years = (result.paths?.totals() ?? []).sorted()
      print("  a year: 80 % between \(rounded(years[years.count / 10])) and \(rounded(years[years.count * 9 / 10]))")
    }

    let model = try Theta().fit(burglaries)
    print("The theta model alone says \(rounded(model.predict(horizon: 1, levels: []).mean[0])) for the next month.")
  }

  static func rounded(_ x: Double) -> Int { Int(x.rounded()) }
}
