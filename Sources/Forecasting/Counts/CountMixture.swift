import NumericCore

/// A mixture of negative binomials: the predictive distribution of one period.
struct CountMixture {
  /// Weight, mean and size of a component.
  struct Component {
    var weight: Double
    var mean: Double
    /// Inverse dispersion; may be infinite.
    var size: Double
    /// mean + mean² / size.
    var variance: Double { mean + mean * mean / size }
  }

  /// The components; weights sum to 1.
  var components: [Component]

  /// Expected count.
  var mean: Double { components.reduce(0) { $0 + $1.weight * $1.mean } }

  /// Past this standard deviation single counts no longer matter and the continuous limit is used.
  private static let latticeLimit = 400.0

  /// Smallest whole numbers whose cumulative probability reaches each of `levels`, which ascend within (0, 1).
  func quantiles(_ levels: [Double]) -> [Double] {
    let widest = components.reduce(0) { max($0, $1.variance) }.squareRoot()
    guard widest <= CountMixture.latticeLimit else { return continuousQuantiles(levels) }
    let low = components.map { ($0.mean - 9 * $0.variance.squareRoot()).rounded(.down) }.min() ?? 0
    let high = components.map { $0.mean + 16 * $0.variance.squareRoot() + 60 }.max() ?? 0
    let first = max(0, low)
    var probability = [Double](repeating: 0, count: Int(high - first) + 2)
    probability.withUnsafeMutableBufferPointer { p in
      for component in components { component.add(to: p, first: first) }
    }
    var result = [Double](repeating: first, count: levels.count)
    var cumulative = 0.0
    var next = 0
    for (k, p) in probability.enumerated() {
      cumulative += p
      while next < levels.count && cumulative >= levels[next] * (1 - 1e-12) {
        result[next] = first + Double(k)
        next += 1
      }
      if next == levels.count { break }
    }
    while next < levels.count {
      result[next] = first + Double(probability.count - 1)
      next += 1
    }
    return result
  }

  /// Quantiles of the continuous limit: gamma components (a negative binomial of large mean over its mean), exact for
  /// small shapes and by Wilson & Hilferty's (1931) cube root, good to 1e-4 there, for shapes of 100 and more.
  private func continuousQuantiles(_ levels: [Double]) -> [Double] {
    let top = components.map { $0.mean + 40 * $0.variance.squareRoot() }.max() ?? 0
    return levels.map { level in
      var low = 0.0
      var high = top
      for _ in 0..<64 where high - low > 0.25 && high - low > 1e-12 * high {
        let middle = 0.5 * (low + high)
        let cdf = components.reduce(0) { $0 + $1.weight * $1.continuousCdf(middle) }
        if cdf >= level { high = middle } else { low = middle }
      }
      return high.rounded()
    }
  }
}

extension CountMixture.Component {
  /// Adds weight x probability of the counts `first`, `first + 1`, ... by the recursion from the mode outwards.
  fileprivate func add(to probability: UnsafeMutableBufferPointer<Double>, first: Double) {
    let last = probability.count - 1
    let mode = min(max(mean.rounded(.down), first), first + Double(last))
    let peak = weight * exponential(NegativeBinomial(mean: mean, size: size).logProbability(mode))
    // p(k + 1) / p(k) = (k + size) / (k + 1) x mean / (mean + size); for a Poisson mean / (k + 1).
    let a = size.isFinite ? mean / (mean + size) : 0
    let b = size.isFinite ? a * size : mean
    let start = Int(mode - first)
    probability[start] += peak
    var p = peak
    var k = mode
    var i = start + 1
    while i <= last {
      p *= (a * k + b) / (k + 1)
      k += 1
      probability[i] += p
      if p < 1e-12 { break }
      i += 1
    }
    p = peak
    k = mode
    i = start - 1
    while i >= 0 {
      k -= 1
      p *= (k + 1) / (a * k + b)
      probability[i] += p
      if p < 1e-12 { break }
      i -= 1
    }
  }

  /// P(X <= x) of the gamma distribution with this mean and variance.
  fileprivate func continuousCdf(_ x: Double) -> Double {
    guard mean > 0, x > 0 else { return x >= mean ? 1 : 0 }
    let shape = mean / (1 + (size.isFinite ? mean / size : 0))
    if shape < 100 { return incompleteGammaTails(shape, x * shape / mean).lower }
    let z = (power(x / mean, 1.0 / 3) - 1 + 1 / (9 * shape)) * 3 * shape.squareRoot()
    return Normal.cdf(z)
  }
}
