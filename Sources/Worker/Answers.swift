import ExceptionDetection
import Forecasting
import Tables
import TimeSeries

/// What was forecast for a batch.
///
/// Body: the number of series n, of periods ahead h and of levels l (four bytes each); n statuses (a byte each); n texts, of a series that is ok
/// the model and of another what is wrong (n + 1 offsets of four bytes, then UTF-8); and of the m series that are ok, in their order, m h days since
/// 1970-01-01 (four bytes, signed) and 2 + 2 l columns of m h doubles: mean, median, and of each level its lower and upper bound. NaN is
/// blank. Numbers are rounded as outputs of `horizon forecast` are.
struct ForecastAnswer {
  let batch: SeriesBatch
  let horizon: Int
  let levels: [Double]
  /// One for each of the batch's series that are ok.
  let forecasts: [Forecast]

  var body: [UInt8] {
    let rows = forecasts.count * horizon
    var bytes = ByteWriter(capacity: 16 + batch.statuses.count * 24 + rows * (4 + 8 * (2 + 2 * levels.count)))
    for number in [batch.statuses.count, horizon, levels.count] { bytes.add(UInt32(number)) }
    bytes.add(batch.statuses.map(\.rawValue))
    var texts = batch.errors
    for (position, forecast) in zip(batch.positions, forecasts) { texts[position] = forecast.model }
    bytes.add(texts)
    for (forecast, anchor) in zip(forecasts, batch.anchors) {
      for step in 0..<horizon { bytes.add(anchor.day(of: forecast.start + step)) }
    }
    func column(_ values: (Forecast) -> [Double]?) {
      for forecast in forecasts {
        let values = values(forecast)
        for step in 0..<horizon { bytes.add(values.map { significant($0[step]) } ?? .nan) }
      }
    }
    column(\.mean)
    column(\.median)
    for level in levels {
      column { $0.interval(level)?.lower }
      column { $0.interval(level)?.upper }
    }
    return bytes.bytes
  }
}

/// Verdicts on a batch.
///
/// Body: the number of series n and of periods judged k (four bytes each); n statuses and n texts, as of forecasts (the text of a series that
/// is ok is empty); and of the m series that are ok m k days, and m k doubles each of observed, expected, lower, upper, p_value and
/// the same p-value unrounded, from which q-values are made; m k kinds and m k flags (a byte each).
struct VerdictAnswer {
  let batch: SeriesBatch
  /// For each of the batch's series that are ok, as many as there are periods judged.
  let tests: [[PeriodTest]]
  let periods: Int

  var body: [UInt8] {
    var bytes = ByteWriter(capacity: 16 + batch.statuses.count * 8 + tests.count * periods * 54)
    for number in [batch.statuses.count, periods] { bytes.add(UInt32(number)) }
    bytes.add(batch.statuses.map(\.rawValue))
    bytes.add(batch.errors)
    for (tests, anchor) in zip(tests, batch.anchors) {
      for test in tests { bytes.add(anchor.day(of: test.period)) }
    }
    let all = tests.joined()
    for test in all { bytes.add(test.observed.map(significant) ?? .nan) }
    for column in [\PeriodTest.expected, \.lower, \.upper, \.pValue] {
      for test in all { bytes.add(significant(test[keyPath: column])) }
    }
    for test in all { bytes.add(test.pValue) }
    for test in all { bytes.add(UInt8(PeriodTest.Kind.allCases.firstIndex(of: test.kind) ?? 0)) }
    for test in all { bytes.add(UInt8(test.flagged ? 1 : 0)) }
    return bytes.bytes
  }
}

/// p-values or q-values of one period: their number (four bytes) and as many doubles.
enum PValues {
  static func read(_ body: [UInt8]) throws -> [Double] {
    try body.withUnsafeBytes { bytes in
      var reader = ByteReader(bytes)
      return try reader.doubles(Int(try reader.next(UInt32.self)))
    }
  }

  static func body(_ values: [Double]) -> [UInt8] {
    var bytes = ByteWriter(capacity: 4 + 8 * values.count)
    bytes.add(UInt32(values.count))
    for value in values { bytes.add(value) }
    return bytes.bytes
  }
}
