import TimeSeries

extension Series {
  /// Between which numbers every value lies: shares lie between 0 and 1. Nil where nothing bounds them on both sides.
  var bounds: ClosedRange<Double>? { kind == .proportion ? 0...1 : nil }
}

extension Forecast {
  /// The forecast with every number brought into the range: a predictive distribution with what it has beyond a bound
  /// heaped on it.
  func bounded(by bounds: ClosedRange<Double>?) -> Forecast {
    guard let bounds else { return self }
    return Forecast(
      key: key, model: model, start: start, mean: bounds.clamp(mean), median: bounds.clamp(median),
      intervals: intervals.map {
        PredictionInterval(level: $0.level, lower: bounds.clamp($0.lower), upper: bounds.clamp($0.upper))
      })
  }
}

extension SamplePaths {
  /// The draws brought into the range.
  func bounded(by bounds: ClosedRange<Double>?) -> SamplePaths {
    guard let bounds else { return self }
    return SamplePaths(horizon: horizon, count: count, values: bounds.clamp(values))
  }
}

extension ClosedRange<Double> {
  /// Values outside the range moved to its nearer end; NaN stays.
  fileprivate func clamp(_ values: [Double]) -> [Double] {
    values.map { $0 < lowerBound ? lowerBound : $0 > upperBound ? upperBound : $0 }
  }
}
