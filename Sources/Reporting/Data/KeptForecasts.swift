import Forecasting
import Tables
import TimeSeries

/// The forecasts of the series of a panel, made pool by pool and written in the order of the panel: kept until then in memory while
/// they are few, else in a temporary file (`SpillFile`), so that memory does not grow with them.
public struct KeptForecasts: Sendable {
  let keys: [SeriesKey]
  private let frequency: Frequency
  private let records: SpillFile

  /// Room for a forecast of each series.
  public init(of panel: Panel) {
    keys = panel.series.map(\.key)
    frequency = panel.frequency
    records = SpillFile(count: panel.series.count)
  }

  /// Keeps the forecast of a series, once; from any thread.
  ///
  /// - Throws: ``HorizonError`` (cannotWrite) where there is no room for it.
  public func keep(_ forecast: Forecast, at series: Int) throws {
    var bytes: [UInt8] = []
    let arrays = [forecast.mean, forecast.median] + forecast.intervals.flatMap { [$0.lower, $0.upper] }
    bytes.reserveCapacity(64 + forecast.model.utf8.count + arrays.count * forecast.horizon * 8)
    bytes.add(forecast.model.utf8.count)
    bytes.append(contentsOf: forecast.model.utf8)
    bytes.add(forecast.start.ordinal)
    bytes.add(forecast.horizon)
    bytes.add(forecast.intervals.count)
    bytes.add(forecast.intervals.map(\.level))
    for array in arrays { bytes.add(array) }
    try records.write(bytes, at: series)
  }

  /// The forecast of a series; nil where none was kept.
  ///
  /// - Throws: ``HorizonError`` (cannotWrite) where the temporary file no longer holds it.
  func forecast(at series: Int) throws -> Forecast? {
    guard let bytes = try records.read(series) else { return nil }
    return bytes.withUnsafeBytes { bytes in
      var reader = Reader(bytes: bytes)
      let model = reader.text(reader.whole())
      let start = Period(frequency: frequency, ordinal: reader.whole())
      let horizon = reader.whole()
      let levels = reader.numbers(reader.whole())
      let (mean, median) = (reader.numbers(horizon), reader.numbers(horizon))
      let intervals = levels.map { level in
        PredictionInterval(level: level, lower: reader.numbers(horizon), upper: reader.numbers(horizon))
      }
      return Forecast(
        key: keys[series], model: model, start: start, mean: mean, median: median, intervals: intervals)
    }
  }

  /// Reads what `keep` put one after the other; a record is checked to be whole before it is read.
  private struct Reader {
    let bytes: UnsafeRawBufferPointer
    var at = 0

    mutating func whole() -> Int {
      defer { at += 8 }
      return bytes.loadUnaligned(fromByteOffset: at, as: Int.self)
    }

    mutating func text(_ count: Int) -> String {
      defer { at += count }
      return String(decoding: UnsafeRawBufferPointer(rebasing: bytes[at..<at + count]), as: UTF8.self)
    }

    mutating func numbers(_ count: Int) -> [Double] {
      defer { at += count * 8 }
      return (0..<count).map { bytes.loadUnaligned(fromByteOffset: at + $0 * 8, as: Double.self) }
    }
  }
}

extension [UInt8] {
  fileprivate mutating func add(_ whole: Int) { Swift.withUnsafeBytes(of: whole) { append(contentsOf: $0) } }
  fileprivate mutating func add(_ numbers: [Double]) { numbers.withUnsafeBytes { append(contentsOf: $0) } }
}
