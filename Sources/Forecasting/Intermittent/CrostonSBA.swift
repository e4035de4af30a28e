import TimeSeries

/// Croston's method with the correction of Syntetos & Boylan (2005), "The accuracy of intermittent demand estimates",
/// International Journal of Forecasting 21, 303-314, equation 5: size z and interval q of demands are smoothed where there
/// is one,
///
///     z' = z + alpha (y - z),   q' = q + beta (periods since the last demand - q),   forecast (1 - beta / 2) z / q.
///
/// z and q begin at their means; alpha and beta are chosen by ``IntermittentMethod/best(_:)``. Between demands the
/// forecast stays, so one that has stopped is forecast for ever: see ``TSB``.
///
///     let forecast = try CrostonSBA().fit(series).predict(horizon: 6, levels: [80])
///
/// Cost: a hundred passes over the history, one a pair of gains.
public struct CrostonSBA: Forecaster, IntermittentMethod {
  /// `croston-sba`.
  public let name = ModelName.crostonSBA.rawValue

  /// The method; it has no settings.
  public init() {}

  /// Fits the method to a series of at least three observations, none of them negative.
  ///
  /// - Throws: ``FitFailure`` where it is not such a series.
  public func fit(_ series: Series) throws(FitFailure) -> any FittedModel { try fit(series, name: name) }

  func run(
    _ y: [Double], sizeGain: Double, frequencyGain: Double, levels: UnsafeMutableBufferPointer<Double>?
  ) -> (level: Double, squares: Double) {
    let (size, share) = demandMeans(y)
    return run(
      y, sizeGain: sizeGain, frequencyGain: frequencyGain, initial: (size, share > 0 ? 1 / share : 1), levels: levels)
  }

  /// The pass from given initial values.
  func run(
    _ y: [Double], sizeGain: Double, frequencyGain: Double, initial: (size: Double, interval: Double),
    levels: UnsafeMutableBufferPointer<Double>?
  ) -> (level: Double, squares: Double) {
    var (size, interval) = initial
    let correction = 1 - frequencyGain / 2
    var level = correction * size / interval
    var since = 0.0
    var squares = 0.0
    for (t, value) in y.enumerated() {
      levels?[t] = level
      if value.isNaN { continue }
      squares += (value - level) * (value - level)
      since += 1
      guard value > 0 else { continue }
      size += sizeGain * (value - size)
      interval += frequencyGain * (since - interval)
      level = correction * size / interval
      since = 0
    }
    return (level, squares)
  }
}
