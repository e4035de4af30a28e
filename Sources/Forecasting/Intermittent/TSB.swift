import TimeSeries

/// The method of Teunter, Syntetos & Babai (2011), "Intermittent demand: linking forecasting to inventory obsolescence",
/// European Journal of Operational Research 214, 606-615, section 2: the probability p of a demand and its size z are
/// smoothed apart, p in every period, z where there is a demand,
///
///     p' = p + beta ([y > 0] - p),   z' = z + alpha (y - z) if y > 0,   forecast p z,
///
/// so that the forecast of what is no longer asked for sinks. z begins at the mean size, p at the share of periods with
/// a demand; alpha and beta are chosen by ``IntermittentMethod/best(_:)``.
///
///     let forecast = try TSB().fit(series).predict(horizon: 6, levels: [80])
///
/// Cost: a hundred passes over the history, one a pair of gains.
public struct TSB: Forecaster, IntermittentMethod {
  /// `tsb`.
  public let name = ModelName.tsb.rawValue

  /// The method; it has no settings.
  public init() {}

  /// Fits the method to a series of at least three observations, none of them negative.
  ///
  /// - Throws: ``FitFailure`` where it is not such a series.
  public func fit(_ series: Series) throws(FitFailure) -> any FittedModel { try fit(series, name: name) }

  func run(
    _ y: [Double], sizeGain: Double, frequencyGain: Double, levels: UnsafeMutableBufferPointer<Double>?
  ) -> (level: Double, squares: Double) {
    run(y, sizeGain: sizeGain, frequencyGain: frequencyGain, initial: demandMeans(y), levels: levels)
  }

  /// The pass from given initial values.
  func run(
    _ y: [Double], sizeGain: Double, frequencyGain: Double, initial: (size: Double, share: Double),
    levels: UnsafeMutableBufferPointer<Double>?
  ) -> (level: Double, squares: Double) {
    var (size, share) = initial
    var squares = 0.0
    for (t, value) in y.enumerated() {
      let level = share * size
      levels?[t] = level
      if value.isNaN { continue }
      squares += (value - level) * (value - level)
      if value > 0 {
        size += sizeGain * (value - size)
        share += frequencyGain * (1 - share)
      } else {
        share -= frequencyGain * share
      }
    }
    return (share * size, squares)
  }
}
