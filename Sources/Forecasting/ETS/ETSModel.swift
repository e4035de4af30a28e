import NumericCore
import TimeSeries

/// A fitted exponential-smoothing model: states after the last observation, and what it expected along the way.
struct ETSModel: FittedModel {
  let form: ETSForm
  let key: SeriesKey
  let fitted: [Double]
  let withoutSeason: [Double]
  let start: Period
  /// Smoothing parameters; level, trend and season are those after the last observation, the season in order of time.
  let final: ETSParameters
  /// Variance of the (absolute or relative) errors.
  let sigma2: Double
  /// Criterion and corrected AIC reached, without constants.
  let criterion: Double
  let aicc: Double
  /// Missing periods between the last observation and the first period ahead.
  let gap: Int
  let lowest: Double

  var name: String { form.name }

  func predict(horizon: Int, levels: [Double]) -> Forecast {
    let (mean, deviation) = look(horizon)
    return QuantileLevels(levels).gaussian(
      key: key, model: name, start: start, mean: mean, deviation: deviation, lowest: lowest)
  }

  /// Mean and standard deviation of each step.
  private func look(_ horizon: Int) -> (mean: [Double], deviation: [Double]) {
    let (mean, variance) = ETSMoments(form: form, state: final, sigma2: sigma2).steps(gap + max(0, horizon))
    return (Array(mean.dropFirst(gap)), variance.dropFirst(gap).map { max(0, $0).squareRoot() })
  }

  /// Paths of the model; where it multiplies, what they are skewed by is taken out again, so that each step has the normal
  /// distribution that is forecast.
  func samplePaths(horizon: Int, count: Int, random: inout RandomSource) -> SamplePaths {
    var values: [Double] = []
    values.reserveCapacity(max(0, horizon) * max(0, count))
    let sigma = sigma2.squareRoot()
    let isLinear = form.error == .additive && form.season != .multiplicative
    for _ in 0..<max(0, count) {
      var state = ETSState(final)
      for h in 0..<gap + max(0, horizon) {
        let mu = state.expectation(form)
        // A relative error below -1 would be a negative value of a positive series.
        let error = sigma * random.normal()
        let value = form.error == .additive ? mu + error : mu * (1 + max(error, -1))
        state.update(form, final, error: value - mu)
        if h >= gap { values.append(isLinear ? max(lowest, value) : value) }
      }
    }
    let paths = SamplePaths(horizon: max(0, horizon), count: max(0, count), values: values)
    if isLinear { return paths }
    let (mean, deviation) = look(horizon)
    return paths.reordered(&random) { h, deviates in deviates.map { max(lowest, mean[h] + deviation[h] * $0) } }
  }
}

/// The running states of a model, in the plain form of the equations (the fit uses ``ETSKernel``).
struct ETSState {
  var level: Double
  var trend: Double
  /// A ring: the state of the current period stands at `place`.
  var season: [Double]
  var place = 0
  let phi: Double

  init(_ p: ETSParameters) {
    level = p.level
    trend = p.trend
    season = p.season
    phi = p.phi
  }

  /// What the next period is expected to be without its season.
  var expectationWithoutSeason: Double { level + phi * trend }

  /// What the next period is expected to be.
  func expectation(_ form: ETSForm) -> Double {
    let q = expectationWithoutSeason
    switch form.season {
    case .none: return q
    case .additive: return q + season[place]
    case .multiplicative: return q * season[place]
    }
  }

  /// Moves on by a period whose value differed from its expectation by `d`.
  mutating func update(_ form: ETSForm, _ p: ETSParameters, error d: Double) {
    let q = level + phi * trend
    var w = d
    if form.season == .multiplicative {
      let s = season[place]
      w = s != 0 ? d / s : 0
      if q != 0 { season[place] = s + p.gamma * d / q }
    } else if form.season == .additive {
      season[place] += p.gamma * d
    }
    level = q + p.alpha * w
    trend = phi * trend + p.beta * w
    if !season.isEmpty { place = (place + 1) % season.count }
  }

  /// The states as parameters of the periods to come.
  func parameters(_ p: ETSParameters) -> ETSParameters {
    var result = p
    result.level = level
    result.trend = trend
    result.season = season.indices.map { season[(place + $0) % season.count] }
    return result
  }
}
