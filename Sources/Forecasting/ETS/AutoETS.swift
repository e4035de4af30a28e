import NumericCore
import TimeSeries

/// Exponential smoothing with the model chosen by corrected AIC (Hyndman, Koehler, Ord & Snyder 2008; the rules of R's
/// `forecast::ets`, but that trends are damped): candidates of ``ETSForm/candidates(seasonal:positive:trends:)``, a
/// season only up to 24 periods long and with two full cycles observed.
///
///     let model = try AutoETS().fit(series)
///     model.name  // ETS(M,Ad,M), or whichever was chosen
///
/// Source: Hyndman, Koehler, Ord & Snyder 2008, Forecasting with Exponential Smoothing, Springer. Cost: a search for the
/// parameters of every candidate, many passes over the history each; the dearest of the methods that need no pool.
public struct AutoETS: Forecaster {
  /// `auto-ets`.
  public let name = ModelName.autoETS.rawValue
  /// Kinds of trend among the candidates.
  var trends: [ETSForm.TrendKind] = [.none, .damped]

  /// The method with the candidates of its name; undamped trends, which run away over many steps, are none.
  public init() {}

  /// The method with trends of these kinds among the candidates.
  init(trends: [ETSForm.TrendKind]) { self.trends = trends }

  /// Fits every candidate to a series of at least seven observations and takes the best.
  ///
  /// - Throws: ``FitFailure`` where there are fewer, the squares of the values are too large for a double, or no candidate
  ///   fits.
  public func fit(_ series: Series) throws(FitFailure) -> any FittedModel {
    let stretch = try ObservedStretch(series, minimum: 7, method: "exponential smoothing")
    let m = series.start.frequency.seasonLength
    let seasonal = m > 1 && m <= 24 && stretch.observed >= 2 * m && stretch.hasEverySeasonTwice(m)
    let estimator = ETSEstimator(values: stretch.values.map { $0 / stretch.scale }, m: seasonal ? m : 1)
    guard let best = estimator.select(seasonal: seasonal, positive: stretch.isPositive, trends: trends) else {
      throw FitFailure("no exponential-smoothing model fits it")
    }
    return model(series, stretch, best)
  }

  /// Runs the estimate over the history, on the scale of the data.
  private func model(_ series: Series, _ stretch: ObservedStretch, _ estimate: ETSEstimator.Estimate) -> ETSModel {
    let scale = stretch.scale
    let form = estimate.form
    var p = estimate.parameters
    p.level *= scale
    p.trend *= scale
    if form.season == .additive { p.season = p.season.map { $0 * scale } }
    var state = ETSState(p)
    var fitted = [Double](repeating: .nan, count: series.count)
    var withoutSeason = fitted
    var squares = 0.0
    for (t, y) in stretch.values.enumerated() {
      let mu = state.expectation(form)
      fitted[stretch.first + t] = mu
      withoutSeason[stretch.first + t] = state.expectationWithoutSeason
      let d = y.isNaN ? 0 : y - mu
      let e = form.error == .additive ? d / scale : d / mu
      squares += e * e
      state.update(form, p, error: d)
    }
    // As R: sigma is not counted here.
    let freedom = max(1, stretch.observed - form.parameterCount(p.season.count) + 1)
    let unit = form.error == .additive ? scale * scale : 1
    let sign = series.lowestPossible
    let n = Double(stretch.observed)
    return ETSModel(
      form: form, key: series.key, fitted: fitted.map { $0 < sign ? sign : $0 },
      withoutSeason: withoutSeason.map { $0 < sign ? sign : $0 }, start: series.next,
      final: state.parameters(p), sigma2: squares / Double(freedom) * unit,
      criterion: estimate.criterion + 2 * n * logarithm(scale), aicc: estimate.aicc + 2 * n * logarithm(scale),
      gap: stretch.gap, lowest: sign)
  }
}
