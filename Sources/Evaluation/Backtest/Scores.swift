/// What a model's forecasts scored: the mean over forecasts (one series from one origin) of their mean over steps, so that
/// every series counts alike; NaN where there is nothing to say. Scaled scores are in units of the series' ``NaiveScale``.
public struct Scores: Sendable {
  /// A score of each interval level.
  public struct Levelled: Sendable, Hashable {
    /// Level in per cent.
    public let level: Double
    /// The score.
    public let value: Double
  }

  /// Forecasts scored.
  public let forecasts: Int
  /// Actual values they were scored by.
  public let observations: Int
  /// Of these, the actual values whose CRPS, log score and PIT are of the predictive distribution itself; those of the
  /// others are read off its quantiles.
  public let exactDensities: Int
  /// Forecasts of series whose history never changes: they have no scale and are left out of scaled scores.
  public let withoutScale: Int
  /// Mean absolute scaled error of the median.
  public let mase: Double
  /// Root mean squared scaled error of the mean.
  public let rmsse: Double
  /// Symmetric mean absolute percentage error of the median, 0 to 200.
  public let smape: Double
  /// Overall weighted average (M4): the mean of sMAPE and MASE, each relative to the ``naive2(history:seasonLength:horizon:)``
  /// forecast of the same periods; of series with a scale.
  public let owa: Double
  /// Mean scaled error of the mean: above 0 where forecasts are too high.
  public let bias: Double
  /// Share of actual values within the interval of each level.
  public let coverage: [Levelled]
  /// Mean scaled interval score of each level.
  public let msis: [Levelled]
  /// Scaled pinball loss, twice its mean over the median and both ends of every level.
  public let scaledPinball: Double
  /// Weighted quantile loss: that sum over all observations, relative to the sum of actual values.
  public let weightedQuantileLoss: Double
  /// Scaled continuous ranked probability score.
  public let scaledCRPS: Double
  /// Mean log score of counts, in nats.
  public let logScore: Double
  /// Histogram of the probability integral transform.
  public let pit: PITHistogram
  /// Mean absolute error of the median, over observations for which the year before is known.
  public let meanAbsoluteError: Double
  /// The same of the forecast "the same as last year", over the same observations.
  public let meanAbsoluteErrorOfLastYear: Double

  /// The coverage at a level; nil if it was not scored.
  public func coverage(_ level: Double) -> Double? { coverage.first { $0.level == level }?.value }
}
