import NumericCore

/// What share the tested period might show if it were like its past: beta-binomials mixed over the uncertainty of their
/// correlation, each with the uncertainty of the expected share in its variance.
struct SharePrediction: Sendable {
  /// Expected share.
  let mean: Double
  /// alpha + beta in the middle of the mixture; infinite is binomial.
  let size: Double
  private let trials: Double
  private let parts: [(weight: Double, part: BetaBinomial)]

  // Five-point Gauss-Hermite rule for a standard normal.
  private static let nodes = [-2.856970013872806, -1.355626179974266, 0, 1.355626179974266, 2.856970013872806]
  private static let weights = [
    0.011257411327720689, 0.22207592200561266, 0.5333333333333333, 0.22207592200561266, 0.011257411327720689,
  ]

  /// - Parameters:
  ///   - trials: denominator of the tested period, > 0.
  ///   - correlation: intraclass correlation and its standard error.
  init(trials: Double, logOdds: Double, logOddsVariance: Double, correlation: (value: Double, standardError: Double)) {
    let centre = share(logOdds)
    let spread = centre * (1 - centre)
    // Second-order mean of the share.
    mean = min(1, max(0, centre + 0.5 * logOddsVariance * spread * (1 - 2 * centre)))
    self.trials = trials
    // On the log of the variance's inflation, where the sampling distribution is nearest to symmetric.
    let inflation = max(0.1, 1 + (trials - 1) * correlation.value)
    let error = min(1, max(0, trials - 1) * correlation.standardError / inflation)
    var parts: [(Double, BetaBinomial)] = []
    for (node, weight) in zip(SharePrediction.nodes, SharePrediction.weights) {
      let factor = max(1, inflation * exponential(error * node + error * error / 2))
      let own = trials > 1 ? (factor - 1) / (trials - 1) : 0
      let total = min(0.999, own + (1 - own) * spread * logOddsVariance)
      parts.append((weight, BetaBinomial(trials: trials, mean: mean, size: total > 0 ? 1 / total - 1 : .infinity)))
    }
    self.parts = parts
    size = parts[2].1.size
  }

  /// P(X > k) + P(X = k) / 2, and the same below (mid-p; Lancaster 1961).
  func midTails(_ k: Double) -> (lower: Double, upper: Double) {
    let (at, below) = (tails(k), tails(k - 1))
    return ((at.lower + below.lower) / 2, (at.upper + below.upper) / 2)
  }

  private func tails(_ k: Double) -> (lower: Double, upper: Double) {
    var (lower, upper) = (0.0, 0.0)
    for (weight, part) in parts {
      let tails = part.tails(k)
      lower += weight * tails.lower
      upper += weight * tails.upper
    }
    return (min(1, lower), min(1, upper))
  }

  /// The smallest share k / trials with P(X <= k) >= p.
  func quantile(_ p: Double) -> Double {
    var low = -1.0
    var high = trials
    while high - low > 1 {
      let middle = ((low + high) / 2).rounded(.down)
      if tails(middle).lower >= p { high = middle } else { low = middle }
    }
    return high / trials
  }
}
