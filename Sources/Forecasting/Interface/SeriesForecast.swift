import TimeSeries

/// What the engine returns for one series: the forecast, how it was come by, and the joint draws behind totals.
public struct SeriesForecast: Sendable {
  /// The forecast.
  public let forecast: Forecast
  /// One-step expectations over the history, on the scale of the data; NaN where there is none. Empty if
  /// ``ForecastEngine/keepsFitted`` is off.
  public let fitted: [Double]
  /// Why the model asked for did not make this forecast; nil if it did.
  public let fallbackReason: String?
  /// Why this model was chosen, in a few words, where `auto` chose.
  public let choice: String?
  /// Joint draws, if asked for. Path by path they are one future with those of the measure's other areas.
  public let paths: SamplePaths?
  /// Correlation of the total of ``paths`` with what moves the measure everywhere, in normal scores; 0 where nothing is
  /// shared. Totals of two areas have the product of theirs.
  public let sharedLoading: Double
  /// The history the model saw: brought to the current level of every step intervention, windows, ``outliers`` and
  /// what is outside its ``lifespan`` missing.
  public let adjusted: Series
  /// What was done about each intervention, in the order of the interventions.
  public let adjustments: [InterventionAdjustment]
  /// Single counts that were not learnt from, in time order.
  public let outliers: [IsolatedOutlier]
  /// When the series began and ended, as far as it tells.
  public let lifespan: Lifespan

  /// What the model takes the history apart into, if asked for.
  public let components: SeriesComponents?

  /// The predictive distributions in full, one a step, where ``ForecastEngine/densityLevels`` asks for them and the model
  /// knows them.
  public let distributions: [LatticeDistribution]?

  /// A result.
  public init(
    forecast: Forecast, fitted: [Double], fallbackReason: String?, choice: String?, paths: SamplePaths?,
    sharedLoading: Double = 0, adjusted: Series, adjustments: [InterventionAdjustment],
    outliers: [IsolatedOutlier] = [], lifespan: Lifespan = Lifespan(),
    components: SeriesComponents? = nil, distributions: [LatticeDistribution]? = nil
  ) {
    self.forecast = forecast
    self.fitted = fitted
    self.fallbackReason = fallbackReason
    self.choice = choice
    self.paths = paths
    self.sharedLoading = sharedLoading
    self.adjusted = adjusted
    self.adjustments = adjustments
    self.outliers = outliers
    self.lifespan = lifespan
    self.components = components
    self.distributions = distributions
  }

  /// The same result without its draws, which outweigh the rest of it a hundred times.
  public var withoutPaths: SeriesForecast {
    SeriesForecast(
      forecast: forecast, fitted: fitted, fallbackReason: fallbackReason, choice: choice, paths: nil,
      sharedLoading: sharedLoading, adjusted: adjusted,
      adjustments: adjustments, outliers: outliers, lifespan: lifespan, components: components,
      distributions: distributions)
  }
}

/// What was done about an intervention.
public struct InterventionAdjustment: Hashable, Sendable {
  /// The intervention.
  public let intervention: Intervention
  /// For a step: the factor by which the level moved, which earlier values were multiplied by; nil for a window.
  public let factor: Double?
  /// Standard error of the factor's natural logarithm; nil for a window or where the factor could not be estimated.
  public let logStandardError: Double?

  /// An adjustment.
  public init(intervention: Intervention, factor: Double?, logStandardError: Double?) {
    self.intervention = intervention
    self.factor = factor
    self.logStandardError = logStandardError
  }
}
