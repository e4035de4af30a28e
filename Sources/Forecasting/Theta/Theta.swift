import NumericCore
import TimeSeries

/// The dynamic optimised theta model (``ThetaDynamics``) of the seasonally adjusted series (``SeasonalAdjustment``),
/// estimated by ``ThetaEstimator``.
///
/// A missing period takes its expectation for its value, and gives the line a point of its own; so nothing of what
/// comes after a gap is used before it, and no error is counted in it.
///
///     let forecast = try Theta().fit(series).predict(horizon: 12, levels: [80, 95])
///
/// Source: Fiorucci, Pellegrini, Louzada, Petropoulos & Koehler 2016, "Models for optimising the theta method and their
/// relationship to state space models", International Journal of Forecasting 32, 1151-1161. Cost: 12 passes over the
/// history, four gains a pass.
public struct Theta: Forecaster {
  /// `theta`.
  public let name = ModelName.theta.rawValue

  /// The method; it has no settings.
  public init() {}

  /// Fits the model to a series of at least seven observations.
  ///
  /// - Throws: ``FitFailure`` where there are fewer, or the squares of the values are too large for a double.
  public func fit(_ series: Series) throws(FitFailure) -> any FittedModel {
    let stretch = try ObservedStretch(series, minimum: 7, method: "the theta model")
    let y = stretch.values
    let m = series.start.frequency.seasonLength
    let season = SeasonalAdjustment(y.map { $0 / stretch.scale }, m: m, positive: stretch.isPositive)
    let adjusted = season.adjusted(y.map { $0 / stretch.scale })
    // The model moves with its data: a constant added to the values is added to the forecasts. About 0 its sums keep
    // their digits.
    let centre = adjusted.reduce(0) { $1.isNaN ? $0 : $0 + $1 / Double(stretch.observed) }
    let history = ThetaHistory(adjusted.map { $0 - centre })
    let estimate = ThetaEstimator(history: history).fit()
    return ThetaModel(
      series, stretch, season: season, centre: centre, history: history, estimate: estimate)
  }
}
