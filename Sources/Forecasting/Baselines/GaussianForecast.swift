import NumericCore
import TimeSeries

/// The values a series can take.
struct Support: Sendable {
  /// The lowest value there can be: 0 for a count without negative values, else none.
  let lowest: Double
  /// Whether only whole numbers can be.
  let isWhole: Bool

  /// What a series can be, by its kind and its history.
  init(_ series: Series) {
    lowest = series.lowestPossible
    isWhole = lowest == 0
  }

  /// Any value from `lowest`.
  init(lowest: Double) {
    self.lowest = lowest
    isWhole = false
  }

  /// The possible value next to `x`.
  func nearest(_ x: Double) -> Double {
    guard isWhole else { return max(lowest, x) }
    // What `x.rounded()` is, for which processors have no instruction.
    guard x.magnitude < 0x1p52 else { return max(lowest, x) }
    let whole = Double(Int64(x))
    let rest = x - whole
    return max(lowest, rest >= 0.5 ? whole + 1 : rest <= -0.5 ? whole - 1 : whole)
  }

  /// The quantile that `x` is of a continuous approximation: of a whole number, the least k whose half-way point to
  /// the next reaches it.
  func quantile(_ x: Double) -> Double { max(lowest, isWhole ? (x - 0.5).rounded(.up) : x) }
}

extension QuantileLevels {
  /// A forecast of normal distributions by mean and standard deviation, one a step, on what can be.
  func gaussian(
    key: SeriesKey, model: String, start: Period, mean: [Double], deviation: [Double], support: Support
  ) -> Forecast {
    let z = probabilities.map(Normal.quantile)
    let quantiles = zip(mean, deviation).map { m, s in z.map { support.quantile(m + $0 * s) } }
    return forecast(
      key: key, model: model, start: start, mean: mean.map { max(support.lowest, $0) }, quantiles: quantiles)
  }

  /// A forecast of normal distributions by mean and standard deviation, one a step, of which what lies below `lowest` is
  /// heaped on it: 0 for what cannot be negative.
  public func gaussian(
    key: SeriesKey, model: String, start: Period, mean: [Double], deviation: [Double], lowest: Double = -.infinity
  ) -> Forecast {
    gaussian(
      key: key, model: model, start: start, mean: mean, deviation: deviation, support: Support(lowest: lowest))
  }
}

extension Series {
  /// The lowest value there can be: 0 for a count without negative values, else none.
  var lowestPossible: Double { kind == .count && !values.contains { $0 < 0 } ? 0 : -.infinity }
  /// The first period after the series.
  var next: Period { start + values.count }
}
