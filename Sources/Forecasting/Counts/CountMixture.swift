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

  /// Whether counts are summed up one by one: past a mean of 300 single counts no longer matter, but for small sizes the
  /// continuous limit, whose cube root is nearly normal, is a little off.
  private static func isOnLattice(_ c: Component) -> Bool { c.mean <= 300 || (c.size < 30 && c.mean <= 6000) }

  /// Smallest whole numbers whose cumulative probability reaches each of `levels`, which ascend within (0, 1): exact
  /// while means are small, else to about one count.
  func quantiles(_ levels: [Double]) -> [Double] {
    if components.allSatisfy(CountMixture.isOnLattice) { return latticeQuantiles(levels) }
    // A negative binomial is less skewed than the gamma of its mean and variance by 1 / sd: what that moves a quantile
    // by is the first term of Cornish & Fisher (1938).
    return zip(ContinuousMixture(self).quantiles(levels), levels).map { x, level in
      let z = Normal.quantile(level)
      return max(0, (x - (z * z - 1) / 6).rounded())
    }
  }

  /// Sums probabilities from 0 up, four components side by side, by the recursion
  /// p(k + 1) / p(k) = (k + size) / (k + 1) x mean / (mean + size); for a Poisson mean / (k + 1).
  private func latticeQuantiles(_ levels: [Double]) -> [Double] {
    let groups = (components.count + 3) / 4
    var result = [Double](repeating: 0, count: levels.count)
    withUnsafeTemporaryAllocation(of: SIMD4<Double>.self, capacity: 3 * groups) { lanes in
      lanes.initialize(repeating: .zero)
      for (i, c) in components.enumerated() {
        let (g, lane) = (i / 4, i % 4)
        let finite = c.size.isFinite
        let ratio = finite ? c.mean / (c.mean + c.size) : 0
        lanes[g][lane] = c.weight * exponential(finite ? -c.size * logarithm1p(c.mean / c.size) : -c.mean)
        lanes[groups + g][lane] = ratio
        lanes[2 * groups + g][lane] = finite ? ratio * c.size : c.mean
      }
      let last = components.reduce(0) { max($0, $1.mean + 16 * $1.variance.squareRoot() + 60) }
      var cumulative = 0.0
      var next = 0
      var k = 0.0
      while next < levels.count {
        let inverse = 1 / (k + 1)
        var sum = SIMD4<Double>.zero
        for g in 0..<groups {
          let p = lanes[g]
          sum += p
          lanes[g] = p * ((lanes[groups + g] * k + lanes[2 * groups + g]) * inverse)
        }
        cumulative += sum.sum()
        while next < levels.count && (cumulative >= levels[next] * (1 - 1e-12) || k > last) {
          result[next] = k
          next += 1
        }
        k += 1
      }
    }
    return result
  }
}
