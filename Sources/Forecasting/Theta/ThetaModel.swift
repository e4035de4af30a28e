import NumericCore
import TimeSeries

/// The theta model fitted to a series.
struct ThetaModel: FittedModel {
  var name: String { ModelName.theta.rawValue }
  let key: SeriesKey
  let fitted: [Double]
  let start: Period
  let dynamics: ThetaDynamics
  /// Levels after each period, in the units of ``history``.
  let levels: [Double]
  let history: ThetaHistory
  let season: SeasonalAdjustment
  /// Adjusted values are `scale` x (`centre` + values of ``history``).
  let centre: Double
  let scale: Double
  /// Variance of the one-step errors in the units of ``history``.
  let sigma2: Double
  /// By what a mean square of errors is multiplied for the parameters and figures estimated.
  let correction: Double
  /// Missing periods between the last observation and the first period ahead.
  let gap: Int
  let support: Support

  init(
    _ series: Series, _ stretch: ObservedStretch, season: SeasonalAdjustment, centre: Double, history: ThetaHistory,
    estimate: ThetaEstimator.Estimate
  ) {
    let dynamics = ThetaDynamics(alpha: estimate.alpha, omega: estimate.omega)
    let n = history.values.count
    let coefficients = dynamics.coefficients(from: 1, count: max(0, n - 1))
    let support = Support(series)
    var fitted = [Double](repeating: .nan, count: series.count)
    var levels = [Double](repeating: 0, count: n)
    var level = estimate.initialLevel
    var squares = 0.0
    var used = 0
    for t in 0..<n {
      let y = history.values[t]
      var mu = y
      if t > 0 {
        mu = dynamics.expectation(
          .init(level: level, mean: history.mean[t - 1], slope: history.slope[t - 1]), coefficients[t - 1])
        let (factor, shift) = season.factorAndShift(t)
        fitted[stretch.first + t] = max(support.lowest, stretch.scale * ((centre + mu) * factor + shift))
      }
      if !y.isNaN, t >= ThetaHistory.warmUp {
        squares += (y - mu) * (y - mu)
        used += 1
      }
      level += dynamics.alpha * ((y.isNaN ? mu : y) - level)
      levels[t] = level
    }
    let spent = 3 + max(0, season.figures.count - 1)
    key = series.key
    start = series.next
    self.fitted = fitted
    self.dynamics = dynamics
    self.levels = levels
    self.history = history
    self.season = season
    self.centre = centre
    scale = stretch.scale
    correction = Double(used) / Double(max(1, used - spent))
    sigma2 = squares / Double(max(1, used)) * correction
    gap = stretch.gap
    self.support = support
  }

  /// States after `n` periods.
  func state(after n: Int) -> ThetaDynamics.State {
    .init(level: levels[n - 1], mean: history.mean[n - 1], slope: history.slope[n - 1])
  }

  var withoutSeason: [Double] {
    let first = fitted.count - gap - history.values.count
    return fitted.indices.map { i in
      guard i >= first else { return fitted[i] }
      let (factor, shift) = season.factorAndShift(i - first)
      return (fitted[i] - scale * shift) / factor
    }
  }

  func predict(horizon: Int, levels: [Double]) -> Forecast {
    let ahead = look(horizon)
    return QuantileLevels(levels).gaussian(
      key: key, model: name, start: start, mean: ahead.mean, deviation: ahead.deviation, support: support)
  }

  /// Paths of the model with normal errors, their distance from the mean brought to the deviation of the forecast.
  func samplePaths(horizon: Int, count: Int, random: inout RandomSource) -> SamplePaths {
    let ahead = look(horizon)
    let steps = gap + max(0, horizon)
    let coefficients = dynamics.coefficients(from: history.values.count, count: steps)
    let own = dynamics.variances(coefficients)
    var values: [Double] = []
    values.reserveCapacity(max(0, horizon) * max(0, count))
    for _ in 0..<max(0, count) {
      // The model is linear: only the distance from the mean path is drawn.
      var s = ThetaDynamics.State(level: 0, mean: 0, slope: 0)
      for h in 0..<steps {
        let distance = dynamics.expectation(s, coefficients[h]) + random.normal()
        dynamics.advance(&s, coefficients[h], by: distance)
        guard h >= gap else { continue }
        let unit = distance / own[h].squareRoot()
        values.append(support.nearest(ahead.mean[h - gap] + unit * ahead.deviation[h - gap]))
      }
    }
    return SamplePaths(horizon: max(0, horizon), count: max(0, count), values: values)
  }

  /// Mean and standard deviation of each step, on the scale of the data.
  private func look(_ horizon: Int) -> (mean: [Double], deviation: [Double]) {
    let n = history.values.count
    let steps = gap + max(0, horizon)
    let coefficients = dynamics.coefficients(from: n, count: steps)
    let mean = dynamics.means(from: state(after: n), coefficients)
    let variance = stepErrors(steps).variances(
      own: dynamics.variances(coefficients).map { $0 * sigma2 }, correction: correction)
    var means: [Double] = []
    var deviations: [Double] = []
    for h in gap..<steps {
      let (factor, shift) = season.factorAndShift(n + h)
      means.append(scale * ((centre + mean[h]) * factor + shift))
      deviations.append(scale * factor * variance[h].squareRoot())
    }
    return (means, deviations)
  }
}
