import Forecasting
import TimeSeries

/// What a backtest found.
public struct BacktestReport: Sendable {
  /// Frequency of the series.
  public let frequency: Frequency
  /// Periods forecast from each origin.
  public let horizon: Int
  /// Periods between origins.
  public let step: Int
  /// Levels of the intervals scored, in per cent.
  public let levels: [Double]
  /// Origins used, oldest first; never empty.
  public let origins: [Period]
  /// Origins that could not be used.
  public let skipped: [SkippedOrigin]
  /// One result a model, in the order asked for.
  public let models: [ModelResult]
  /// The first model's forecasts of totals beside what happened, of the latest origin or of each
  /// (``Backtest/checksEveryOrigin``), by origin and in series order, where draws were asked for.
  public let checks: [TotalCheck]
}

/// What one model scored.
public struct ModelResult: Sendable {
  /// The scores of the forecasts that have something in common.
  public struct Group<Key: Sendable>: Sendable {
    /// What they have in common.
    public let group: Key
    /// What they scored.
    public let scores: Scores
  }

  /// The model asked for.
  public let model: ModelName
  /// Scored forecasts that a fallback made.
  public let fallbacks: Int
  /// Over all forecasts.
  public let overall: Scores
  /// By steps ahead, from 1.
  public let byStep: [Group<Int>]
  /// By size of the counts of the history, small to large; series that are none of counts are in no band.
  public let byBand: [Group<CountBand>]
  /// By measure, in order of first appearance; series without a measure are in no group.
  public let byMeasure: [Group<String>]
  /// By origin, oldest first.
  public let byOrigin: [Group<Period>]
}
