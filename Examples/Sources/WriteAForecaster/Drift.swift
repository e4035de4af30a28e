import Forecasting
import NumericCore
import TimeSeries

/// The random walk with drift: from the last value on, the mean change of the past.
///
/// With standard deviation s of the changes about their mean, h steps ahead have variance s² h (1 + h / n), n being the
/// number of changes (Hyndman & Athanasopoulos 2021, Forecasting: Principles and Practice, 3rd ed., 5.5).
struct Drift: Forecaster {
  let name = "drift"

  func fit(_ series: Series) throws(FitFailure) -> any FittedModel {
    let values = series.trusted.values
    guard !values.contains(where: \.isNaN) else { throw FitFailure("it has a gap") }
    guard values.count > 2, let last = values.last else { throw FitFailure("it has fewer than three periods") }
    let changes = zip(values.dropFirst(), values).map { $0 - $1 }
    let n = Double(changes.count)
    let drift = changes.reduce(0, +) / n
    let squares = changes.reduce(0) { $0 + ($1 - drift) * ($1 - drift) }
    return DriftModel(
      key: series.key, fitted: [.nan] + values.dropLast().map { $0 + drift }, start: series.start + series.count,
      last: last, drift: drift, deviation: (squares / (n - 1)).squareRoot(), changes: n)
  }
}

/// A walk with drift fitted to a series.
struct DriftModel: FittedModel {
  var name: String { "drift" }
  let key: SeriesKey
  let fitted: [Double]
  let start: Period
  let last: Double
  let drift: Double
  let deviation: Double
  let changes: Double

  func predict(horizon: Int, levels: [Double]) -> Forecast {
    let steps = (0..<horizon).map { Double($0 + 1) }
    return QuantileLevels(levels).gaussian(
      key: key, model: name, start: start, mean: steps.map { last + drift * $0 },
      deviation: steps.map { deviation * ($0 * (1 + $0 / changes)).squareRoot() })
  }

  func samplePaths(horizon: Int, count: Int, random: inout RandomSource) -> SamplePaths {
    var values: [Double] = []
    for _ in 0..<count {
      // The drift is not quite known; the steps come one after the other.
      let slope = drift + deviation / changes.squareRoot() * random.normal()
      var value = last
      for _ in 0..<horizon {
        value += slope + deviation * random.normal()
        values.append(value)
      }
    }
    return SamplePaths(horizon: horizon, count: count, values: values)
  }
}
