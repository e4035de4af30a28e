import NumericCore
import TimeSeries

/// An additive exponential-smoothing model of a series without its season, and the season of the last cycle.
struct MSTLModel: FittedModel {
  let name: String
  let key: SeriesKey
  let fitted: [Double]
  let withoutSeason: [Double]
  let start: Period
  /// Values are `scale` x (`centre` + adjusted value + season).
  let centre: Double
  let scale: Double
  /// The model of the adjusted series, its states after the last observation, and the variance of its errors.
  let form: ETSForm
  let final: ETSParameters
  let sigma2: Double
  /// Errors made within the history, and by what their mean squares are multiplied for what was estimated.
  let made: StepErrors
  let correction: Double
  /// The season of the steps after the last observation, one cycle; [0] without a season.
  let cycle: [Double]
  /// Missing periods between the last observation and the first period ahead.
  let gap: Int
  let support: Support

  /// Errors are recorded up to this many cycles ahead (of 12 periods, for shorter ones).
  private static let recordedCycles = 3

  init(
    _ series: Series, _ stretch: ObservedStretch, season: [Double], centre: Double, adjusted: [Double],
    _ estimate: ETSEstimator.Estimate
  ) {
    let n = adjusted.count
    let m = max(1, series.start.frequency.seasonLength)
    let support = Support(series)
    form = estimate.form
    name = season.isEmpty ? form.name : "STL+\(form.name)"
    key = series.key
    start = series.next
    self.centre = centre
    scale = stretch.scale
    gap = stretch.gap
    self.support = support
    cycle = season.isEmpty ? [0] : Array(season[(n - m)...])

    var state = ETSState(estimate.parameters)
    var fitted = [Double](repeating: .nan, count: series.count)
    var withoutSeason = fitted
    var states: [(level: Double, trend: Double)] = []
    states.reserveCapacity(n)
    var squares = 0.0
    for t in 0..<n {
      let mu = state.expectation(form)
      fitted[stretch.first + t] = max(
        support.lowest, stretch.scale * (centre + mu + (season.isEmpty ? 0 : season[t])))
      withoutSeason[stretch.first + t] = stretch.scale * (centre + mu)
      let error = adjusted[t].isNaN ? 0 : adjusted[t] - mu
      squares += error * error
      state.update(form, estimate.parameters, error: error)
      states.append((state.level, state.trend))
    }
    self.fitted = fitted
    self.withoutSeason = withoutSeason
    final = state.parameters(estimate.parameters)
    // A moving season takes about two degrees of freedom a season from the remainder.
    let spent = form.parameterCount(1) - 1 + (season.isEmpty ? 0 : 2 * (m - 1))
    correction = Double(stretch.observed) / Double(max(stretch.observed / 2, stretch.observed - spent, 1))
    sigma2 = squares / Double(stretch.observed) * correction
    made = MSTLModel.errors(
      adjusted, states, damping: estimate.parameters.phi, steps: MSTLModel.recordedCycles * max(12, m))
  }

  /// Errors of the means l + (phi + ... + phi^h) b.
  private static func errors(
    _ y: [Double], _ states: [(level: Double, trend: Double)], damping: Double, steps: Int
  ) -> StepErrors {
    let first = StepErrors.firstOrigin(y.count)
    let most = min(steps, max(0, y.count - first))
    var result = StepErrors(steps: most)
    var power = 1.0
    var damped = 0.0
    for h in 0..<most {
      power *= damping
      damped += power
      var squares = 0.0
      var count = 0
      for t in first + h..<y.count where !y[t].isNaN {
        let origin = states[t - h - 1]
        let error = y[t] - origin.level - damped * origin.trend
        squares += error * error
        count += 1
      }
      result.add(step: h, squares: squares, count: count)
    }
    return result
  }

  /// Mean and standard deviation of each step, on the scale of the data; and the model's own deviation.
  private func look(_ horizon: Int) -> (mean: [Double], deviation: [Double], own: [Double]) {
    let (mean, own) = ETSMoments(form: form, state: final, sigma2: sigma2).steps(gap + max(0, horizon))
    let variance = made.variances(own: own, correction: correction)
    let steps = gap..<gap + max(0, horizon)
    return (
      steps.map { scale * (centre + mean[$0] + cycle[$0 % cycle.count]) },
      steps.map { scale * variance[$0].squareRoot() }, steps.map { scale * own[$0].squareRoot() }
    )
  }

  func predict(horizon: Int, levels: [Double]) -> Forecast {
    let ahead = look(horizon)
    return QuantileLevels(levels).gaussian(
      key: key, model: name, start: start, mean: ahead.mean, deviation: ahead.deviation, support: support)
  }

  /// Paths of the model with normal errors, their distance from the mean brought to the deviation of the forecast.
  func samplePaths(horizon: Int, count: Int, random: inout RandomSource) -> SamplePaths {
    let ahead = look(horizon)
    let sigma = scale * sigma2.squareRoot()
    var origin = final
    origin.level = 0
    origin.trend = 0
    var values: [Double] = []
    values.reserveCapacity(max(0, horizon) * max(0, count))
    for _ in 0..<max(0, count) {
      // The model is linear: only the distance from the mean path is drawn.
      var state = ETSState(origin)
      for h in 0..<gap + max(0, horizon) {
        let error = sigma * random.normal()
        let distance = state.expectation(form) + error
        state.update(form, final, error: error)
        guard h >= gap else { continue }
        let own = ahead.own[h - gap]
        let widened = own > 0 ? distance * (ahead.deviation[h - gap] / own) : 0
        values.append(support.nearest(ahead.mean[h - gap] + widened))
      }
    }
    return SamplePaths(horizon: max(0, horizon), count: max(0, count), values: values)
  }
}
