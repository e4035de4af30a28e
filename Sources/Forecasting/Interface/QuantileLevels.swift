import TimeSeries

/// The ascending probabilities behind a set of central interval levels and the median, and the way back: what a
/// ``FittedModel`` needs to answer ``FittedModel/predict(horizon:levels:)``.
///
///     let grid = QuantileLevels([95, 80])
///     grid.probabilities  // [0.025, 0.1, 0.5, 0.9, 0.975]
public struct QuantileLevels: Sendable {
  /// Levels in per cent, ascending, without repetition.
  public let levels: [Double]
  /// Lower tails of the levels from widest to narrowest, 0.5, upper tails from narrowest to widest.
  public let probabilities: [Double]

  /// The probabilities of some central levels in per cent, in any order; what is not within 0 and 100 is left out.
  public init(_ levels: [Double]) {
    let sorted = Set(levels.filter { $0 > 0 && $0 < 100 }).sorted()
    self.levels = sorted
    probabilities = sorted.reversed().map { 0.5 - $0 / 200 } + [0.5] + sorted.map { 0.5 + $0 / 200 }
  }

  /// A forecast from quantiles at ``probabilities``, one row a step.
  ///
  /// - Parameters:
  ///   - model: the model's name, which outputs repeat.
  ///   - start: the first period ahead.
  ///   - mean: predictive means, one a step.
  ///   - quantiles: predictive quantiles, one row a step, ascending within a row.
  public func forecast(key: SeriesKey, model: String, start: Period, mean: [Double], quantiles: [[Double]]) -> Forecast
  {
    let n = levels.count
    let intervals = levels.enumerated().map { i, level in
      PredictionInterval(
        level: level, lower: quantiles.map { $0[n - 1 - i] }, upper: quantiles.map { $0[n + 1 + i] })
    }
    return Forecast(
      key: key, model: model, start: start, mean: mean, median: quantiles.map { $0[n] }, intervals: intervals)
  }
}
