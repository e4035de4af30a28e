import Forecasting
import Tables
import Testing
import TimeSeries

@testable import Reporting

@Suite struct KeptForecastsTests {
  /// Forecasts of several lengths, a missing figure and a model with letters of its own among them.
  private let panel: Panel
  private let forecasts: [Forecast]
  private let levels = [80.0, 95]

  init() {
    let keys = (0..<5000).map { SeriesKey(area: "area \($0)", measure: $0 % 3 == 0 ? nil : "Theft, \"other\"") }
    panel = Panel(
      frequency: .monthly, style: .yearMonth,
      series: keys.map { Series(key: $0, start: .month(2020, 1), values: [1, 2, 3]) })
    forecasts = keys.enumerated().map { i, key in
      let mean = (0..<(i % 4)).map { i % 7 == 0 && $0 == 1 ? .nan : Double(i) / 7 + Double($0) }
      return Forecast(
        key: key, model: i % 2 == 0 ? "counts" : "ETS(A,N,N)\u{E9}", start: .month(2020, 4) + i % 2, mean: mean,
        median: mean.map { $0 - 0.1 },
        intervals: [80.0, 95].map { level in
          PredictionInterval(level: level, lower: mean.map { $0 - level / 10 }, upper: mean.map { $0 + level / 10 })
        })
    }
  }

  /// Whatever order they are made in, and on as many threads as may be.
  @Test(arguments: [1, 2, 7]) func areWrittenAsThoseThatWereHeld(_ threads: Int) async throws {
    let kept = KeptForecasts(of: panel)
    for k in forecasts.indices {
      let i = k * 1117 % forecasts.count
      try kept.keep(forecasts[i], at: i)
    }
    let direct = Sheet.forecasts(named: forecasts.map { ($0.key, $0) }, levels: levels, style: .yearMonth)
    let sheet = Sheet.forecasts(kept, levels: levels, style: .yearMonth)
    #expect(sheet.parts > 1)
    for format in TableFormat.allCases {
      var bytes: [UInt8] = []
      try await sheet.write(as: format, threads: threads) { bytes += $0 }
      #expect(try bytes == direct.rendered(as: format))
    }
  }

  @Test func whatWasNotKeptHasNoRows() throws {
    let kept = KeptForecasts(of: panel)
    try kept.keep(forecasts[7], at: 7)
    let rows = try Sheet.forecasts(kept, levels: levels, style: .yearMonth).rendered(as: .csv)
    #expect(rows.split(separator: 10).count == 1 + forecasts[7].horizon)
  }
}
