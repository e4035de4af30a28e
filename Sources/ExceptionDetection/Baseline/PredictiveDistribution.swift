import NumericCore

/// What count the tested period might show if it were like its baseline: negative binomials mixed over the uncertainty
/// of the dispersion, each with the uncertainty of the mean in its variance (gamma: see ``CountRegressionFit/predict(row:offset:)``; Salmon, Schumacher & Höhle 2016, section
/// 3.2, integrate the same two sources).
struct PredictiveDistribution: Sendable {
  /// Predictive mean.
  let mean: Double
  /// The middle part's variance, or that of all.
  let variance: Double
  /// Means and sizes of the parts in the first `parts` lanes.
  private var means: SIMD8<Double>
  private var sizes = SIMD8<Double>(repeating: .infinity)
  private let weights: SIMD8<Double>
  private let parts: Int

  /// Tails of a count, and the probability of it in each part times its weight.
  struct Tails {
    var lower: Double
    var upper: Double
    var at: SIMD8<Double>
  }

  // Five-point Gauss-Hermite rule for a standard normal.
  private static var nodes: SIMD8<Double> {
    SIMD8(0, -1.355626179974266, 1.355626179974266, -2.856970013872806, 2.856970013872806, 0, 0, 0)
  }
  private static var nodeWeights: SIMD8<Double> {
    SIMD8(
      0.5333333333333333, 0.22207592200561266, 0.22207592200561266, 0.011257411327720689, 0.011257411327720689, 0, 0, 0)
  }

  /// - Parameters:
  ///   - mean: the expected count; the variance of its logarithm is `logMeanVariance`.
  ///   - dispersion: 1 / size and its standard error.
  init(mean: Double, logMeanVariance: Double, dispersion: PooledDispersion) {
    // On the log of (variance / mean), where the sampling distribution is nearest to symmetric.
    let ratio = max(0.1, 1 + mean * dispersion.inverseSize)
    let error = min(1, mean * dispersion.standardError / ratio)
    let ownVariance = mean * mean * logMeanVariance
    self.mean = mean
    means = SIMD8(repeating: mean)
    parts = error > 0 ? 5 : 1
    weights = error > 0 ? Self.nodeWeights : SIMD8(1, 0, 0, 0, 0, 0, 0, 0)
    var middle = mean
    for k in 0..<parts {
      let factor = error > 0 ? exponential(error * Self.nodes[k] + error * error / 2) : 1
      let part = NegativeBinomial(mean: mean, variance: mean * max(1, ratio * factor) + ownVariance)
      sizes[k] = part.size
      if k == 0 { middle = part.variance }
    }
    variance = middle
  }

  /// A mixture of at most eight negative binomials by weight, mean and variance; weights sum to 1.
  init(_ mixture: [(weight: Double, mean: Double, variance: Double)]) {
    precondition(!mixture.isEmpty && mixture.count <= 8, "one to eight parts")
    var weights = SIMD8<Double>.zero
    var means = SIMD8<Double>(repeating: 1)
    var (mean, square) = (0.0, 0.0)
    for (k, part) in mixture.enumerated() {
      weights[k] = part.weight
      means[k] = part.mean
      sizes[k] = NegativeBinomial(mean: part.mean, variance: part.variance).size
      mean += part.weight * part.mean
      square += part.weight * (part.variance + part.mean * part.mean)
    }
    self.mean = mean
    self.means = means
    self.weights = weights
    parts = mixture.count
    variance = square - mean * mean
  }

  /// The distribution of what is known of a count of which each case is known with the same probability, `share`, the variance of
  /// whose logarithm is `logVariance`.
  func thinned(share: Double, logVariance: Double) -> PredictiveDistribution {
    PredictiveDistribution(
      (0..<parts).map { k in
        let part = NegativeBinomial(mean: means[k] * share, size: sizes[k])
        return (weights[k], part.mean, part.variance + part.mean * part.mean * logVariance)
      })
  }

  /// P(X <= count) and P(X > count).
  func tails(_ count: Double) -> (lower: Double, upper: Double) {
    let tails = allTails(count)
    return (tails.lower, tails.upper)
  }

  /// P(X > count) + P(X = count) / 2 and the same below (Lancaster 1961): what a discrete tail is on average.
  func midTails(_ count: Double) -> (lower: Double, upper: Double) { midTails(allTails(count)) }

  func midTails(_ tails: Tails) -> (lower: Double, upper: Double) {
    let half = tails.at.sum() / 2
    // Where the probability is next to nothing of a tail of nearly 1, the difference is that tail.
    return (max(half, tails.lower - half), min(1, tails.upper + half))
  }

  /// Both tails and what the parts add to the probability of a count.
  func allTails(_ count: Double) -> Tails {
    let count = count.rounded(.down)
    var sum = Tails(lower: 0, upper: 0, at: .zero)
    if count < 0 { return Tails(lower: 0, upper: 1, at: .zero) }
    for k in 0..<parts {
      let part = NegativeBinomial(mean: means[k], size: sizes[k])
      if mean > 1e6 {
        let above = largeCountTails(part, count)
        let below = largeCountTails(part, count - 1)
        sum.lower += weights[k] * above.lower
        sum.upper += weights[k] * above.upper
        sum.at[k] = weights[k] * max(0, above.lower < 0.5 ? above.lower - below.lower : below.upper - above.upper)
      } else {
        let tails = part.tailsAndProbability(count)
        sum.lower += weights[k] * tails.lower
        sum.upper += weights[k] * tails.upper
        sum.at[k] = weights[k] * tails.at
      }
    }
    sum.lower = min(1, sum.lower)
    sum.upper = min(1, sum.upper)
    return sum
  }

  /// The smallest whole number k with P(X > k) <= 1 - p.
  ///
  /// - Parameter known: a count whose tails are known, which the search may start from.
  func quantile(_ p: Double, known: (count: Double, tails: Tails)? = nil) -> Double {
    let guess = approximateQuantile(p)
    if mean <= 1e6 {
      let near = known.flatMap { abs($0.count - guess) <= 48 && $0.tails.at.sum() > 1e-6 ? $0 : nil }
      let start = near ?? (guess, allTails(guess))
      if let found = walk(p, from: start) { return found }
    }
    return search(p, from: guess)
  }

  /// One count after another, by the ratio of neighbouring probabilities: (k q + step) / (k + 1) from k to k + 1.
  private func walk(_ p: Double, from start: (count: Double, tails: Tails)) -> Double? {
    guard start.tails.at.sum() > 1e-9 else { return nil }
    let infinite = sizes .== .infinity
    let q = (means / (means + sizes)).replacing(with: 0, where: infinite)
    let step = (means * (sizes / (means + sizes))).replacing(with: means, where: infinite)
    var k = start.count
    var tails = start.tails
    func covers() -> Bool { p > 0.5 ? tails.upper <= 1 - p : tails.lower >= p }
    if covers() {
      for _ in 0..<200 {
        let at = tails.at.sum()
        tails.lower -= at
        tails.upper += at
        if k == 0 || !covers() { return k }
        tails.at = tails.at * k / ((k - 1) * q + step)
        k -= 1
      }
    } else {
      for _ in 0..<200 {
        tails.at = tails.at * (k * q + step) / (k + 1)
        k += 1
        let at = tails.at.sum()
        tails.lower += at
        tails.upper -= at
        if covers() { return k }
      }
    }
    return nil
  }

  private func search(_ p: Double, from guess: Double) -> Double {
    let covers = { (k: Double) in k >= 0 && (p > 0.5 ? tails(k).upper <= 1 - p : tails(k).lower >= p) }
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

  /// Cornish & Fisher's (1938) first term, for the skewness of a negative binomial.
  private func approximateQuantile(_ p: Double) -> Double {
    let z = Normal.quantile(p)
    let deviation = variance.squareRoot()
    let skewness = (2 * variance / max(mean, 1e-300) - 1) / max(deviation, 1e-300)
    return max(0, (mean + deviation * (z + (z * z - 1) * min(skewness, 3) / 6)).rounded())
  }

  /// For large means the gamma distribution with the same moments, by Wilson & Hilferty's (1931) cube root.
  private func largeCountTails(_ part: NegativeBinomial, _ count: Double) -> (lower: Double, upper: Double) {
    let shape = part.mean * part.mean / part.variance
    let root = power(max(0, count + 0.5) / part.mean, 1.0 / 3)
    let z = (root - 1 + 1 / (9 * shape)) * (9 * shape).squareRoot()
    return (Normal.cdf(z), Normal.cdf(-z))
  }
}
