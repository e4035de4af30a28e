import NumericCore
import TimeSeries

/// Forecasts every series of a panel: pools what is shared, fits, falls back by name where a fit fails, predicts.
public struct ForecastEngine: Sendable {
  /// The method.
  public var method: ForecastingMethod
  /// Periods ahead.
  public var horizon: Int
  /// Central interval levels in per cent.
  public var levels: [Double]
  /// Joint draws per series; 0 for none.
  public var pathCount: Int
  /// Seed of the draws; each series has its own stream, named by its key.
  public var seed: UInt64
  /// Worker threads; results do not depend on it.
  public var threads: Int
  /// Further levels, which only forecasts get whose model does not know its predictive distributions in full; with any,
  /// results hold these distributions where it does.
  public var densityLevels: [Double] = []
  /// Whether results hold one-step expectations over the history; without them ``SeriesForecast/fitted`` is empty.
  public var keepsFitted = true
  /// Whether results hold components: what the model takes the history apart into.
  public var keepsComponents = false
  /// Series, for each thread, that are fitted and forecast before the next are, as few whole pools as hold so many: what is
  /// worked out of a batch is done with then. Results do not depend on it.
  var batchSize = 64
  /// The interventions that concern a series.
  public var interventions: Interventions

  /// An engine that runs a method of ``ForecasterRegistry/standard``.
  public init(
    model: ModelName = .auto, horizon: Int, levels: [Double] = [80, 95], pathCount: Int = 0, seed: UInt64 = 1,
    threads: Int = 1, interventions: Interventions = Interventions()
  ) {
    self.init(
      method: model.method, horizon: horizon, levels: levels, pathCount: pathCount, seed: seed, threads: threads,
      interventions: interventions)
  }

  /// An engine that runs any method, this package's or another's:
  /// `ForecastEngine(method: .alone("the last value again") { LastValue() }, horizon: 12)`.
  public init(
    method: ForecastingMethod, horizon: Int, levels: [Double] = [80, 95], pathCount: Int = 0, seed: UInt64 = 1,
    threads: Int = 1, interventions: Interventions = Interventions()
  ) {
    self.method = method
    self.horizon = horizon
    self.levels = levels
    self.pathCount = pathCount
    self.seed = seed
    self.threads = threads
    self.interventions = interventions
  }
}
