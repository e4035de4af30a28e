import NumericCore
import TimeSeries

/// Exponential smoothing with the model chosen by corrected AIC (Hyndman, Koehler, Ord & Snyder 2008; the rules of R's
/// `forecast::ets`): candidates of ``ETSForm/candidates(seasonal:positive:)``, a season only up to 24 periods long and
/// with two full cycles observed.
struct AutoETS: Forecaster {
  let name = ModelName.autoETS.rawValue

  func fit(_ series: Series) throws(FitFailure) -> any FittedModel {
    let noun = series.start.frequency.noun + "s"
    guard let first = series.values.firstIndex(where: \.isFinite),
      let last = series.values.lastIndex(where: \.isFinite)
    else { throw FitFailure("it has no observation") }
    let values = series.values[first...last].map { $0.isFinite ? $0 : .nan }
    let seen = values.filter { !$0.isNaN }
    guard seen.count >= 7 else {
      throw FitFailure("it has \(seen.count) observed \(noun) and exponential smoothing needs 7")
    }
    let n = Double(seen.count)
    let size = seen.reduce(0) { $0 + abs($1) / n }
    guard size < 1e140 else { throw FitFailure("the squares of its values are too large for double precision") }
    let scale = size > 1e-140 ? size : 1
    let m = series.start.frequency.seasonLength
    let seasonal = m > 1 && m <= 24 && seen.count >= 2 * m && everySeasonTwice(values, m)
    let estimator = ETSEstimator(values: values.map { $0 / scale }, m: seasonal ? m : 1)
    guard let best = estimator.select(seasonal: seasonal, positive: !seen.contains { $0 <= 0 }) else {
      throw FitFailure("no exponential-smoothing model fits it")
    }
    return model(series, first: first, values: values, scale: scale, best)
  }

  private func everySeasonTwice(_ values: [Double], _ m: Int) -> Bool {
    var counts = [Int](repeating: 0, count: m)
    for (t, v) in values.enumerated() where !v.isNaN { counts[t % m] += 1 }
    return !counts.contains { $0 < 2 }
  }

  /// Runs the estimate over the history, on the scale of the data.
  private func model(
    _ series: Series, first: Int, values: [Double], scale: Double, _ estimate: ETSEstimator.Estimate
  ) -> ETSModel {
    let form = estimate.form
    var p = estimate.parameters
    p.level *= scale
    p.trend *= scale
    if form.season == .additive { p.season = p.season.map { $0 * scale } }
    var state = ETSState(p)
    var fitted = [Double](repeating: .nan, count: series.count)
    var squares = 0.0
    var observed = 0
    for (t, y) in values.enumerated() {
      let mu = state.expectation(form)
      fitted[first + t] = mu
      let d = y.isNaN ? 0 : y - mu
      let e = form.error == .additive ? d / scale : d / mu
      squares += e * e
      if !y.isNaN { observed += 1 }
      state.update(form, p, error: d)
    }
    // As R: sigma is not counted here.
    let freedom = max(1, observed - form.parameterCount(p.season.count) + 1)
    let unit = form.error == .additive ? scale * scale : 1
    let gap = series.count - first - values.count
    let sign = series.lowestPossible
    let n = Double(observed)
    return ETSModel(
      form: form, key: series.key, fitted: fitted.map { $0 < sign ? sign : $0 }, start: series.next,
      final: state.parameters(p), sigma2: squares / Double(freedom) * unit,
      criterion: estimate.criterion + 2 * n * logarithm(scale), aicc: estimate.aicc + 2 * n * logarithm(scale),
      gap: gap, lowest: sign)
  }
}
