import NumericCore
import TimeSeries

extension QuantileLevels {
  /// A forecast of normal distributions by mean and standard deviation, one a step; `lowest` bounds what can happen
  /// (0 for what cannot be negative).
  func gaussian(
    key: SeriesKey, model: String, start: Period, mean: [Double], deviation: [Double], lowest: Double
  ) -> Forecast {
    let z = probabilities.map(Normal.quantile)
    let quantiles = zip(mean, deviation).map { m, s in z.map { max(lowest, m + $0 * s) } }
    return forecast(key: key, model: model, start: start, mean: mean.map { max(lowest, $0) }, quantiles: quantiles)
  }
}

extension Series {
  /// The lowest value there can be: 0 for a count without negative values, else none.
  var lowestPossible: Double { kind == .count && !values.contains { $0 < 0 } ? 0 : -.infinity }
  /// The first period after the series.
  var next: Period { start + values.count }
}
