import NumericCore

/// A mixture of beta-binomials over one whole: the predictive distribution of a proportion in one period.
struct ShareMixture {
  /// Weights sum to 1.
  var components: [(weight: Double, share: LogitBeta)]
  /// What the proportion is of, at least 1.
  var denominator: Double

  /// Expected share.
  var mean: Double { components.reduce(0) { $0 + $1.weight * $1.share.a / ($1.share.a + $1.share.b) } }

  /// Past this the whole is taken for smaller, at the same variance of the share: steps finer than 1 in 20,000 tell nobody
  /// anything.
  private static let finest = 20_000.0

  /// Smallest shares, in steps of one of the whole, whose cumulative probability reaches each of `levels`, which ascend
  /// within (0, 1).
  func quantiles(_ levels: [Double]) -> [Double] {
    let n = min(denominator, ShareMixture.finest)
    var result = [Double](repeating: 1, count: levels.count)
    var (cumulative, next) = (0.0, 0)
    for (k, p) in lattice.probabilities.enumerated() {
      cumulative += p
      while next < levels.count && cumulative >= levels[next] * (1 - 1e-12) {
        result[next] = Double(k) / n
        next += 1
      }
      if next == levels.count { break }
    }
    return result
  }

  /// The probabilities of all shares, in steps of one of the whole.
  var lattice: LatticeDistribution {
    let n = min(denominator, ShareMixture.finest)
    var probability = [Double](repeating: 0, count: Int(n) + 1)
    probability.withUnsafeMutableBufferPointer { p in
      for (weight, share) in components {
        let own = n == denominator ? share : ShareMixture.coarser(share, from: denominator, to: n)
        ShareMixture.add(own, weight, to: p)
      }
    }
    return LatticeDistribution(unit: 1 / n, probabilities: probability)
  }

  /// The beta distribution that makes a share of `n` vary as this one makes one of `wanted`.
  private static func coarser(_ share: LogitBeta, from wanted: Double, to n: Double) -> LogitBeta {
    let size = share.a + share.b
    let relative = (1 + (wanted - 1) / (size + 1)) / wanted
    let found = n * relative > 1 ? max((n - 1) / (n * relative - 1) - 1, 1e-6) : 1e9
    return LogitBeta(a: share.a / size * found, b: share.b / size * found)
  }

  /// Adds weight x probability of 0, 1, ... of the whole, by the recursion from the mode outwards.
  private static func add(_ share: LogitBeta, _ weight: Double, to probability: UnsafeMutableBufferPointer<Double>) {
    let (a, b) = (share.a, share.b)
    let last = probability.count - 1
    let n = Double(last)
    let inner = a > 1 && b > 1 ? (n + 1) * (a - 1) / (a + b - 2) : a < b ? 0 : n
    let mode = Int(min(max(inner.rounded(.down), 0), n))
    let x = Double(mode)
    let ways = logGamma(n + 1) - logGamma(x + 1) - logGamma(n - x + 1)
    let peak = weight * exponential(ways + share.logPredictive(x, of: n))
    probability[mode] += peak
    // p(k + 1) / p(k) = (n - k)(k + a) / ((k + 1)(n - k - 1 + b)). A distribution may rise again at its other end.
    let negligible = a < 1 || b < 1 ? 0 : 1e-14
    var p = peak
    var k = mode
    while k < last, p > negligible {
      let y = Double(k)
      p *= (n - y) * (y + a) / ((y + 1) * (n - y - 1 + b))
      k += 1
      probability[k] += p
    }
    p = peak
    k = mode
    while k > 0, p > negligible {
      let y = Double(k - 1)
      p *= (y + 1) * (n - y - 1 + b) / ((n - y) * (y + a))
      k -= 1
      probability[k] += p
    }
  }
}
