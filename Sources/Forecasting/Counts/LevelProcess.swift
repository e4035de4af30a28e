import NumericCore

/// One way in which the level of a count series may move: a candidate of the ``CountsModel``.
///
/// The level, in events per standard exposure, follows (with one-step error e_t of the deseasonalised count)
///
///     l_t = l_{t|t-1} + K_t e_t,   b_t = phi b_{t-1} + beta e_t
///     l_{t+1|t} = m_t + rho (l_t - m_t) + phi b_t
///
/// where m_t is a slow level that a reverting process returns to (Snyder, Ord & Beaumont 2012, International Journal of
/// Forecasting 28, 485-496, "damped" dynamics), and K_t is the Kalman gain whose steady state is `gain`: it begins as a
/// running mean and rises again after a gap.
struct LevelProcess: Hashable, Sendable {
  /// Steady-state gain alpha, 0 < alpha < 1.
  let gain: Double
  /// Share of the distance to the slow level that is left after a period; 1 is a random walk.
  let reversion: Double
  /// Gain of the local trend; 0 for none.
  let trendGain: Double
  /// Damping phi of the local trend a period.
  let trendDamping: Double

  /// Variance added to the level each period, in units of the observation variance, so that the steady gain is `gain`.
  var drift: Double { gain / (1 - gain) - reversion * reversion * gain }

  /// Levels that stay where they are, but for errors.
  static let steady: [LevelProcess] = [0.02, 0.05, 0.1, 0.17, 0.27, 0.4, 0.6, 0.85].map {
    LevelProcess(gain: $0, reversion: 1, trendGain: 0, trendDamping: 0)
  }
  /// Levels that return to the slow level.
  static let reverting: [LevelProcess] = [0.8, 0.93].flatMap { rho in
    [0.1, 0.2, 0.35, 0.55].map { LevelProcess(gain: $0, reversion: rho, trendGain: 0, trendDamping: 0) }
  }
  /// Levels with a damped trend.
  static let trending: [LevelProcess] = [0.05, 0.12, 0.25, 0.45].map {
    LevelProcess(gain: $0, reversion: 1, trendGain: 0.12 * $0, trendDamping: 0.93)
  }

  /// The candidates; ``LevelLanes`` counts on eight, eight and four.
  static let grid = steady + reverting + trending

  /// Prior weights of the candidates where nothing has been learnt from a pool: small gains first, since a needlessly
  /// nervous level costs more than a sluggish one; three tenths on reversion and 15 % on a trend. Sums to 1.
  static let defaultPrior: [Double] = {
    let share = grid.map { process in
      let weight = exponential(-4 * process.gain)
      if process.trendGain > 0 { return (2, weight) }
      return (process.reversion < 1 ? 1 : 0, weight)
    }
    let totals = (0..<3).map { kind in share.reduce(0) { $0 + ($1.0 == kind ? $1.1 : 0) } }
    let shares = [0.55, 0.30, 0.15]
    return share.map { shares[$0.0] * $0.1 / totals[$0.0] }
  }()

  /// Gain, a period at a time, of the slow level that reverting processes return to: a memory of about two years. A
  /// slower one (0.02) would call a rise of two years a passing departure.
  static let slowGain = 0.05

  /// Candidate sizes of the negative binomial; the last is Poisson.
  static let sizes: [Double] = [0.5, 1, 2, 4, 8, 16, 35, 100, .infinity]

  /// Prior weights of ``sizes`` where nothing has been learnt from a pool.
  static let defaultSizePrior: [Double] = [0.04, 0.07, 0.11, 0.15, 0.17, 0.17, 0.13, 0.09, 0.07]
}
