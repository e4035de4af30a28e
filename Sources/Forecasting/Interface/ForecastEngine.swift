import NumericCore
import TimeSeries

/// The forecasting methods a user can ask for.
public enum ModelName: String, CaseIterable, Sendable {
  case auto
  case combination
  case autoETS = "auto-ets"
  case theta
  case mstl
  case counts
  case proportions
  case tsb
  case crostonSBA = "croston-sba"
  case windowAverage = "window-average"
  case seasonalNaive = "seasonal-naive"
  case historicAverage = "historic-average"
}

extension ModelName {
  /// Whether the forecast of a series depends on the other series of its pool.
  public var learnsFromPools: Bool {
    switch self {
    case .auto, .combination, .counts, .proportions: true
    case .autoETS, .theta, .mstl, .tsb, .crostonSBA, .windowAverage, .seasonalNaive, .historicAverage: false
    }
  }
}

/// Forecasts every series of a panel: pools what is shared, fits, falls back by name where a fit fails, predicts.
public struct ForecastEngine: Sendable {
  /// The method.
  public var model: ModelName
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
  /// The interventions that concern a series.
  public var interventions: @Sendable (SeriesKey) -> [Intervention]

  /// An engine.
  public init(
    model: ModelName = .auto, horizon: Int, levels: [Double] = [80, 95], pathCount: Int = 0, seed: UInt64 = 1,
    threads: Int = 1, interventions: @escaping @Sendable (SeriesKey) -> [Intervention] = { _ in [] }
  ) {
    self.model = model
    self.horizon = horizon
    self.levels = levels
    self.pathCount = pathCount
    self.seed = seed
    self.threads = threads
    self.interventions = interventions
  }
}
