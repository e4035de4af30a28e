/// The beta-binomial distribution: successes among `trials` whose common probability is beta distributed with this mean and
/// alpha + beta = `size`.
///
/// Its variance is trials x mean x (1 - mean) x (1 + (trials - 1) / (size + 1)); an infinite size is the binomial distribution.
/// (Skellam 1948, JRSS B 10, 257-261.)
public struct BetaBinomial: Hashable, Sendable {
  /// Number of trials, a whole number >= 0.
  public let trials: Double
  /// Expected share of successes, 0 ... 1.
  public let mean: Double
  /// alpha + beta, > 0; infinite is binomial.
  public let size: Double

  /// A distribution; `size` is > 0.
  public init(trials: Double, mean: Double, size: Double) {
    self.trials = trials.rounded(.down)
    self.mean = min(1, max(0, mean))
    // Past this the gamma functions cancel and the distribution is binomial to more digits than remain.
    self.size = size > 1e8 ? .infinity : size
  }

  /// Intraclass correlation, 1 / (size + 1).
  public var correlation: Double { size.isFinite ? 1 / (size + 1) : 0 }

  /// Log of the probability of `k` successes.
  public func logProbability(_ k: Double) -> Double {
    guard k >= 0, k <= trials else { return -.infinity }
    if mean <= 0 { return k == 0 ? 0 : -.infinity }
    if mean >= 1 { return k == trials ? 0 : -.infinity }
    let choose = logGamma(trials + 1) - logGamma(k + 1) - logGamma(trials - k + 1)
    guard size.isFinite else { return choose + k * logarithm(mean) + (trials - k) * logarithm1p(-mean) }
    let (a, b) = (mean * size, (1 - mean) * size)
    return choose + logBeta(k + a, trials - k + b) - logBeta(a, b)
  }

  /// P(X <= k) and P(X > k), the smaller without cancellation.
  ///
  /// Binomial tails are incomplete beta functions. Otherwise probabilities are added up from k outwards by their ratios, to the nearer end
  /// in standard deviations: O(trials), up to the point where they no longer count.
  public func tails(_ k: Double) -> (lower: Double, upper: Double) {
    let k = k.rounded(.down)
    if k < 0 { return (0, 1) }
    if k >= trials { return (1, 0) }
    if mean <= 0 { return (1, 0) }
    if mean >= 1 { return (0, 1) }
    guard size.isFinite else {
      let (lower, upper) = incompleteBetaTails(mean, a: k + 1, b: trials - k)
      return (upper, lower)
    }
    let (a, b) = (mean * size, (1 - mean) * size)
    if k < trials * mean {
      var term = exponential(logProbability(k))
      var sum = term
      var x = k
      while x > 0 {
        // p(x - 1) / p(x)
        term *= x * (trials - x + b) / ((trials - x + 1) * (x - 1 + a))
        sum += term
        x -= 1
        // Terms fall by more and more only where the density is unimodal.
        if term < sum * 1e-18 && a >= 1 { break }
      }
      let lower = min(1, sum)
      return (lower, 1 - lower)
    }
    var x = k + 1
    var term = exponential(logProbability(x))
    var sum = term
    while x < trials {
      // p(x + 1) / p(x)
      term *= (trials - x) * (x + a) / ((x + 1) * (trials - x - 1 + b))
      sum += term
      x += 1
      if term < sum * 1e-18 && b >= 1 { break }
    }
    let upper = min(1, sum)
    return (1 - upper, upper)
  }
}

private func logBeta(_ a: Double, _ b: Double) -> Double { logGamma(a) + logGamma(b) - logGamma(a + b) }
