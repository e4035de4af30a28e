import NumericCore

/// A mixture of gamma distributions, which negative binomials of large mean tend to, in the cube root of Wilson & Hilferty
/// (1931, PNAS 17, 684-688), under which each of them is nearly normal.
struct ContinuousMixture {
  let mean: Double
  let variance: Double
  /// P(X <= u³) is the sum of weight x Phi(slope u + offset).
  private let parts: [(weight: Double, slope: Double, offset: Double)]

  init(_ mixture: CountMixture) {
    mean = mixture.mean
    let centre = mean
    variance = mixture.components.reduce(0) { sum, c in
      sum + c.weight * (c.variance + (c.mean - centre) * (c.mean - centre))
    }
    parts = mixture.components.filter { $0.mean > 0 }.map { c in
      let root = (c.mean * c.mean / c.variance).squareRoot()
      return (c.weight, 3 * root * power(c.mean, -1.0 / 3), 1 / (3 * root) - 3 * root)
    }
  }

  /// The quantiles of `levels`, which ascend within (0, 1), to 1e-7 of their size.
  func quantiles(_ levels: [Double]) -> [Double] {
    guard mean > 0, variance > 0, !parts.isEmpty else { return levels.map { _ in mean } }
    let shape = mean * mean / variance
    let root = power(mean, 1.0 / 3)
    var floor = 0.0
    return levels.map { level in
      var low = floor
      var high = Double.infinity
      var u = max(low, root * (1 - 1 / (9 * shape) + Normal.quantile(level) / (3 * shape.squareRoot())))
      for _ in 0..<60 {
        let (p, density) = distribution(u)
        if p < level { low = u } else { high = u }
        var next = density > 0 ? u - (p - level) / density : .infinity
        if !(next > low && next < high) { next = high.isFinite ? 0.5 * (low + high) : 2 * max(u, root) }
        let done = abs(next - u) <= 3e-8 * u
        u = next
        if done { break }
      }
      floor = u
      return u * u * u
    }
  }

  /// P(X <= u³) and its derivative in u.
  private func distribution(_ u: Double) -> (Double, Double) {
    var p = 0.0
    var density = 0.0
    for part in parts {
      let z = part.slope * u + part.offset
      p += part.weight * Normal.cdf(z)
      density += part.weight * part.slope * exponential(-0.5 * z * z)
    }
    return (p, density * 0.3989422804014327)
  }
}
