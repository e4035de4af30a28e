/// The negative binomial distribution of counts, by mean and size: variance = mean + mean² / size.
///
/// An infinite size is the Poisson distribution. This is R's `dnbinom(x, mu =, size =)`.
public struct NegativeBinomial: Hashable, Sendable {
  /// Expected count, >= 0.
  public let mean: Double
  /// Size (inverse dispersion), > 0; `.infinity` is Poisson.
  public let size: Double

  /// A distribution with this mean (>= 0) and size (> 0, possibly infinite).
  public init(mean: Double, size: Double) {
    self.mean = mean
    // Past this size the gamma functions cancel and the distribution is Poisson to more digits than remain.
    self.size = size > 1e10 ? .infinity : size
  }

  /// A distribution with this mean and variance; Poisson if the variance does not exceed the mean.
  public init(mean: Double, variance: Double) {
    self.init(mean: mean, size: variance > mean && mean > 0 ? mean * mean / (variance - mean) : .infinity)
  }

  /// mean + mean² / size.
  public var variance: Double { mean + mean * mean / size }

  /// Log of the probability of `count`; also defined, by the gamma function, for counts that are not whole.
  public func logProbability(_ count: Double) -> Double {
    guard count >= 0 else { return -.infinity }
    if mean <= 0 { return count == 0 ? 0 : -.infinity }
    guard size.isFinite else { return count * logarithm(mean) - mean - logGamma(count + 1) }
    let combinations = count == 0 ? 0 : logGamma(count + size) - logGamma(size) - logGamma(count + 1)
    return combinations - size * logarithm1p(mean / size)
      + (count == 0 ? 0 : count * (logarithm(mean) - logarithm(mean + size)))
  }

  /// P(X <= count) and P(X > count), the smaller without cancellation.
  public func tails(_ count: Double) -> (lower: Double, upper: Double) {
    let k = count.rounded(.down)
    if k < 0 { return (0, 1) }
    if mean <= 0 { return (1, 0) }
    guard size.isFinite else {
      let (lower, upper) = incompleteGammaTails(k + 1, mean)
      return (upper, lower)
    }
    return incompleteBetaTails(size / (size + mean), a: size, b: k + 1)
  }

  /// P(X <= count), P(X > count) and P(X = count) for a whole count >= 0: one continued fraction, or a short sum.
  public func tailsAndProbability(_ count: Double) -> (lower: Double, upper: Double, at: Double) {
    if mean <= 0 { return (1, 0, count == 0 ? 1 : 0) }
    // probability(k + 1) = probability(k) (k q + step) / (k + 1)
    let q = size.isFinite ? mean / (mean + size) : 0
    let step = size.isFinite ? mean * size / (mean + size) : mean
    if count <= 24 {
      var at = size.isFinite ? exponential(-size * logarithm1p(mean / size)) : exponential(-mean)
      var lower = at
      var k = 0.0
      while k < count {
        at *= (k * q + step) / (k + 1)
        lower += at
        k += 1
      }
      // Else the difference would lose digits, or the first probability did.
      if lower > 1e-280 && lower < 0.9999 { return (lower, 1 - lower, at) }
    }
    guard size.isFinite else {
      let (lower, upper) = incompleteGammaTails(count + 1, mean)
      return (upper, lower, exponential(logProbability(count)))
    }
    let at = exponential(logProbability(count))
    let front = at * (size + count) * q
    guard front > 1e-280 else {
      let tails = tails(count)
      return (tails.lower, tails.upper, at)
    }
    let tails = incompleteBetaTails(1 - q, a: size, b: count + 1, front: front)
    return (tails.lower, tails.upper, at)
  }

  /// P(X <= count).
  public func cdf(_ count: Double) -> Double { tails(count).lower }

  /// P(X >= count): the p-value of a one-sided test for an excess.
  public func upperTail(_ count: Double) -> Double { tails(count.rounded(.up) - 1).upper }

  /// The smallest whole number k with P(X <= k) >= p, for p in [0, 1).
  ///
  /// Starts from the normal approximation and walks or bisects; exact for every mean.
  public func quantile(_ p: Double) -> Double {
    guard p > 0, mean > 0 else { return 0 }
    guard p < 1 else { return .infinity }
    // A distribution that is not one has no quantile; searching for it would not end.
    guard mean.isFinite, size > 0, p.isFinite else { return .nan }
    let spread = max(1, variance.squareRoot())
    let target = p * (1 - 0x1p-50)  // the usual fuzz: p itself may be a rounded cdf value
    var high = max(0, (mean + Normal.quantile(p) * spread).rounded())
    var low = -1.0
    var step = max(1, (spread / 8).rounded())
    if cdf(high) >= target {
      // Walk down until the cdf falls below p.
      while high - step > low {
        if cdf(high - step) >= target {
          high -= step
          step *= 2
        } else {
          low = high - step
          break
        }
      }
    } else {
      low = high
      while true {
        high = low + step
        if !high.isFinite || cdf(high) >= target { break }
        low = high
        step *= 2
      }
    }
    while high - low > 1 {
      let middle = (low + (high - low) / 2).rounded(.down)
      // Past 2^53 whole numbers are no longer one apart.
      if middle <= low || middle >= high { break }
      if cdf(middle) >= target { high = middle } else { low = middle }
    }
    return high
  }
}
