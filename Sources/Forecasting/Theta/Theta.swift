import NumericCore
import TimeSeries

/// The dynamic optimised theta model (``ThetaDynamics``) of the seasonally adjusted series (``SeasonalAdjustment``),
/// estimated by ``ThetaEstimator``.
///
/// A missing period takes its expectation for its value, and gives the line a point of its own; so nothing of what
/// comes after a gap is used before it, and no error is counted in it.
struct Theta: Forecaster {
  let name = ModelName.theta.rawValue

  func fit(_ series: Series) throws(FitFailure) -> any FittedModel {
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
