import TimeSeries

/// The ascending probabilities behind a set of central interval levels and the median, and the way back.
struct QuantileLevels: Sendable {
  /// Levels in per cent, ascending, without repetition.
  let levels: [Double]
  /// Lower tails of the levels from widest to narrowest, 0.5, upper tails from narrowest to widest.
  let probabilities: [Double]

  init(_ levels: [Double]) {
    let sorted = Set(levels.filter { $0 > 0 && $0 < 100 }).sorted()
    self.levels = sorted
    probabilities = sorted.reversed().map { 0.5 - $0 / 200 } + [0.5] + sorted.map { 0.5 + $0 / 200 }
  }

  /// A forecast from quantiles at ``probabilities``, one row a step.
  func forecast(key: SeriesKey, model: String, start: Period, mean: [Double], quantiles: [[Double]]) -> Forecast {
    let n = levels.count
    let intervals = levels.enumerated().map { i, level in
      PredictionInterval(
        level: level, lower: quantiles.map { $0[n - 1 - i] }, upper: quantiles.map { $0[n + 1 + i] })
    }
    return Forecast(
      key: key, model: model, start: start, mean: mean, median: quantiles.map { $0[n] }, intervals: intervals)
  }
}
