import TimeSeries

/// A forecasting method as the engine runs it: its name, what it is in a few words, and how it is fitted.
public struct ForecastingMethod: Sendable {
  /// Whether a method looks at one series at a time.
  public enum Fitting: Sendable {
    /// To each series alone.
    case alone(any Forecaster)
    /// With its pool.
    case pooled(any PooledForecaster)
  }

  /// The name on the command line.
  public let name: String
  /// What it is, in a few words.
  public let summary: String
  /// How it is fitted.
  public let fitting: Fitting

  /// A method that is fitted to each series alone, named by its forecaster.
  public static func alone(_ summary: String, _ make: () -> any Forecaster) -> ForecastingMethod {
    let forecaster = make()
    return ForecastingMethod(name: forecaster.name, summary: summary, fitting: .alone(forecaster))
  }

  /// A method that learns from pools, named by its forecaster.
  public static func pooled(_ summary: String, _ make: () -> any PooledForecaster) -> ForecastingMethod {
    let forecaster = make()
    return ForecastingMethod(name: forecaster.name, summary: summary, fitting: .pooled(forecaster))
  }

  /// Whether the forecast of a series may depend on the other series of its pool.
  public var learnsFromPools: Bool {
    switch fitting {
    case .alone: false
    case .pooled: true
    }
  }

  /// Fits whatever must be fitted to all series before any of them.
  func learn(_ series: [Series], horizon: Int, threads: Int) async throws -> @Sendable (Int) -> SeriesFit {
    switch fitting {
    case .alone(let forecaster): { SeriesFit(forecaster, to: series[$0]) }
    case .pooled(let forecaster): try await forecaster.learn(series, horizon: horizon, threads: threads)
    }
  }
}
