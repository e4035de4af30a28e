import Forecasting
import TimeSeries

/// A rolling-origin evaluation (Tashman 2000, *International Journal of Forecasting* 16, 437-450): forecasts as they would
/// have been made at past origins, scored by what happened.
///
/// Every forecast is the one `horizon forecast` would have written at its origin: nothing after it is known, neither values nor
/// interventions, pools are fitted anew, and every model is estimated from scratch: searches begun from what the origin before
/// found would make some forecasts depend on the origins asked for (the card `auto-ets` has the figures). Results depend
/// neither on the number of threads nor on the order of models, and what is held at once is bounded by one model's scores at
/// one origin.
public struct Backtest: Sendable {
  /// Methods to compare, in the order of the report. The first one's latest forecast is set beside what happened.
  public var models: [ModelName]
  /// Where forecasts are made from.
  public var origins: RollingOrigins
  /// Levels of the intervals that are scored, in per cent, ascending.
  public var levels: [Double]
  /// Quantiles behind CRPS, log score and PIT, as central levels in per cent: the finer, the closer (see
  /// ``PredictiveQuantiles``). Models that know their predictive distributions in full (``LatticeDistribution``) are scored
  /// by these instead. With no levels none of these scores is computed.
  public var densityLevels = PredictiveQuantiles.standardLevels
  /// Joint draws per series behind ``BacktestReport/checks``; 0 for none.
  public var pathCount: Int
  /// Seed of the draws.
  public var seed: UInt64
  /// Worker threads; results do not depend on it.
  public var threads: Int
  /// The interventions that concern a series.
  public var interventions: @Sendable (SeriesKey) -> [Intervention]

  /// A backtest.
  public init(
    models: [ModelName] = [.auto], origins: RollingOrigins, levels: [Double] = [80, 95], pathCount: Int = 0,
    seed: UInt64 = 1, threads: Int = 1, interventions: @escaping @Sendable (SeriesKey) -> [Intervention] = { _ in [] }
  ) {
    self.models = models
    self.origins = origins
    self.levels = levels
    self.pathCount = pathCount
    self.seed = seed
    self.threads = threads
    self.interventions = interventions
  }
}

/// Why a panel cannot be backtested as asked.
public struct BacktestFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is the matter.
  public let description: String
  /// What to do about it.
  public let remedy: String
}
