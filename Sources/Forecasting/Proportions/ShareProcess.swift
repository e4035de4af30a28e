import NumericCore

/// One way in which the logit of a proportion may move: a candidate of the ``ProportionsModel``.
///
///     x_t ~ Binomial(n_t, p_t),  logit p_t = l_t + s_season(t) + e_t,  e_t ~ N(0, noise)
///     l_t = l_{t-1} + phi b_{t-1} + N(0, drift),  b_t = phi b_{t-1} + N(0, trendDrift)
struct ShareProcess: Hashable, Sendable {
  /// Variance that the level gains in a period.
  let drift: Double
  /// Variance that the damped trend gains in a period; 0 for none.
  let trendDrift: Double

  /// Damping of the trend a period.
  static let damping = 0.93

  /// The candidates: from a share that never moves to one whose odds move by a third a period.
  static let grid: [ShareProcess] =
    [0, 5e-4, 3e-3, 0.02, 0.1].map { ShareProcess(drift: $0, trendDrift: 0) }
    + [3e-3, 0.02].map { ShareProcess(drift: $0, trendDrift: 0.12 * 0.12 * $0) }

  /// Candidate variances of the logit in a single period, beyond what binomial chance does.
  static let noises: [Double] = [0, 0.02, 0.1, 0.4]

  /// Prior weights where nothing has been learnt from a pool.
  static let prior = CandidatePrior(
    processes: [0.15, 0.25, 0.2, 0.15, 0.05, 0.1, 0.1], sizes: [0.35, 0.3, 0.25, 0.1])
}

/// Where a process stands: the distribution of level and trend.
struct ShareState: Sendable {
  /// Level of the logit. Before anything is seen that of Jeffreys' prior, Beta(1/2, 1/2).
  var level = 0.0
  var trend = 0.0
  var levelVariance = Double.pi * Double.pi
  var covariance = 0.0
  var trendVariance = 0.0

  /// A period passes.
  mutating func advance(_ process: ShareProcess) {
    levelVariance += process.drift
    guard process.trendDrift > 0 else { return }
    let phi = ShareProcess.damping
    level += phi * trend
    trend *= phi
    levelVariance += phi * (2 * covariance + phi * trendVariance)
    covariance = phi * (covariance + phi * trendVariance)
    trendVariance = phi * phi * trendVariance + process.trendDrift
  }

  /// The share's distribution at a season's offset, with `noise` beside the uncertainty of the state.
  func share(offset: Double, noise: Double) -> LogitBeta {
    LogitBeta(logitMean: level + offset, variance: levelVariance + noise)
  }

  /// Learns from a logit that was thought to be `prior` and is now thought to be `posterior`, by linear Bayes (West,
  /// Harrison & Migon 1985, section 3).
  mutating func learn(prior: (mean: Double, variance: Double), posterior: (mean: Double, variance: Double)) {
    let (gain, trendGain) = (levelVariance / prior.variance, covariance / prior.variance)
    let (surprise, gained) = (posterior.mean - prior.mean, prior.variance - posterior.variance)
    level += gain * surprise
    trend += trendGain * surprise
    levelVariance = max(0, levelVariance - gain * gain * gained)
    covariance -= gain * trendGain * gained
    trendVariance = max(0, trendVariance - trendGain * trendGain * gained)
  }
}

extension ShareProcess {
  /// Runs the process over a history.
  ///
  /// - Parameters:
  ///   - offsets: season of each period, on the logit's scale.
  ///   - each: receives each period's offset and the share expected, before its value is seen.
  /// - Returns: the log-likelihood but for a constant of the history, and the state after the last period.
  func run(
    _ history: ProportionHistory, offsets: [Double], noise: Double, each: (Int, Double) -> Void = { _, _ in }
  ) -> (logLikelihood: Double, state: ShareState) {
    var state = ShareState()
    var sum = 0.0
    for t in offsets.indices {
      if t > 0 { state.advance(self) }
      let share = state.share(offset: offsets[t], noise: noise)
      each(t, share.a / (share.a + share.b))
      let (x, n) = (history.numerators[t], history.denominators[t])
      guard n > 0 else { continue }
      sum += share.logPredictive(x, of: n)
      state.learn(prior: share.logit, posterior: share.after(x, of: n).logit)
    }
    return (sum, state)
  }
}
