import NumericCore

/// What count the tested period might show if it were like its baseline: negative binomials mixed over the uncertainty
/// of the dispersion, each with the uncertainty of the mean in its variance (gamma: see ``CountRegressionFit/predict(row:offset:)``; Salmon, Schumacher & Höhle 2016, section
/// 3.2, integrate the same two sources).
struct PredictiveDistribution: Sendable {
  /// Predictive mean.
  let mean: Double
  private let parts: [(weight: Double, part: NegativeBinomial)]

  // Five-point Gauss-Hermite rule for a standard normal.
  private static let nodes = [-2.856970013872806, -1.355626179974266, 0, 1.355626179974266, 2.856970013872806]
  private static let nodeWeights = [
    0.011257411327720689, 0.22207592200561266, 0.5333333333333333, 0.22207592200561266, 0.011257411327720689,
  ]

  /// - Parameters:
  ///   - mean: the expected count; the variance of its logarithm is `logMeanVariance`.
  ///   - dispersion: 1 / size and its standard error.
  init(mean: Double, logMeanVariance: Double, dispersion: PooledDispersion) {
    // On the log of (variance / mean), where the sampling distribution is nearest to symmetric.
    let ratio = max(0.1, 1 + mean * dispersion.inverseSize)
    let error = min(1, mean * dispersion.standardError / ratio)
    let ownVariance = mean * mean * logMeanVariance
    self.mean = mean
    parts = zip(Self.nodes, Self.nodeWeights).map { node, weight in
      let factor = error > 0 ? exponential(error * node + error * error / 2) : 1
      let variance = mean * max(1, ratio * factor) + ownVariance
      return (weight, NegativeBinomial(mean: mean, variance: variance))
    }
  }

  /// P(X <= count) and P(X > count).
  func tails(_ count: Double) -> (lower: Double, upper: Double) {
    var lower = 0.0
    var upper = 0.0
    for (weight, part) in parts {
      let tails = part.mean > 1e6 ? largeCountTails(part, count) : part.tails(count)
      lower += weight * tails.lower
      upper += weight * tails.upper
    }
    return (min(1, lower), min(1, upper))
  }

  /// P(X > count) + P(X = count) / 2 and the same below (Lancaster 1961): what a discrete tail is on average.
  func midTails(_ count: Double) -> (lower: Double, upper: Double) {
    let at = tails(count)
    let below = tails(count - 1)
    return ((at.lower + below.lower) / 2, (at.upper + below.upper) / 2)
  }

  /// P(X >= count).
  func upperTail(_ count: Double) -> Double { tails(count.rounded(.up) - 1).upper }
  /// P(X <= count).
  func lowerTail(_ count: Double) -> Double { tails(count).lower }

  /// The smallest whole number k with P(X > k) <= 1 - p.
  func quantile(_ p: Double) -> Double {
    let covers = { (k: Double) in k >= 0 && (p > 0.5 ? tails(k).upper <= 1 - p : tails(k).lower >= p) }
    let guess = parts.count > 2 ? approximateQuantile(p) : mean.rounded()
    var step = max(1, (guess / 64).rounded())
    var high = guess
    var low = guess - 1
    // Doubling steps reach any finite quantile; a tail that is not a number ends the search too.
    while !covers(high) {
      guard high.isFinite else { return .infinity }
      low = high
      high += step
      step *= 2
    }
    if low == guess - 1 {
      step = 1
      while low >= 0 && covers(low) {
        high = low
        low = max(-1, low - step)
        step *= 2
      }
    }
    while high - low > 1 {
      let middle = ((low + high) / 2).rounded(.down)
      if middle <= low || middle >= high { break }
      if covers(middle) { high = middle } else { low = middle }
    }
    return high
  }

  private func approximateQuantile(_ p: Double) -> Double {
    let variance = parts[2].part.variance
    return max(0, (mean + Normal.quantile(p) * variance.squareRoot()).rounded())
  }

  /// For large means the gamma distribution with the same moments, by Wilson & Hilferty's (1931) cube root.
  private func largeCountTails(_ part: NegativeBinomial, _ count: Double) -> (lower: Double, upper: Double) {
    let shape = part.mean * part.mean / part.variance
    let root = power(max(0, count + 0.5) / part.mean, 1.0 / 3)
    let z = (root - 1 + 1 / (9 * shape)) * (9 * shape).squareRoot()
    return (Normal.cdf(z), Normal.cdf(-z))
  }
}
