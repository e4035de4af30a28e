import NumericCore

extension CountMixture {
  /// Past so many whole numbers between its tails a distribution is not written out.
  static let widest = 100_000.0

  /// The probabilities of all counts that have one of 1e-14 of a component's highest or more; nil where these are more
  /// than ``widest``, so large that single counts no longer matter.
  var lattice: LatticeDistribution? {
    let parts = components.filter { $0.weight > 0 }
    var (low, high) = (Double.infinity, 0.0)
    for c in parts {
      guard c.mean.isFinite, c.variance.isFinite else { return nil }
      let deviation = c.variance.squareRoot()
      low = min(low, max(0, (c.mean - 12 * deviation - 12).rounded(.down)))
      // The tail of a negative binomial falls by a factor of mean / (mean + size) a count.
      let rate = c.size.isFinite ? c.size / (c.mean + c.size) : 1
      high = max(high, (c.mean + 12 * deviation + 40 / rate).rounded(.up))
    }
    guard !parts.isEmpty, high - low <= CountMixture.widest else { return nil }
    var probabilities = [Double](repeating: 0, count: Int(high - low) + 1)
    for c in parts { CountMixture.add(c, to: &probabilities, from: low) }
    let used = probabilities.lastIndex { $0 > 0 } ?? 0
    return LatticeDistribution(first: Int(low), probabilities: Array(probabilities[...used]))
  }

  /// Adds weight x probability, from the mode outwards by the recursion
  /// p(k + 1) / p(k) = (k + size) / (k + 1) x mean / (mean + size); for a Poisson mean / (k + 1).
  private static func add(_ c: Component, to probabilities: inout [Double], from low: Double) {
    let q = c.size.isFinite ? c.mean / (c.mean + c.size) : 0
    let step = c.size.isFinite ? q * c.size : c.mean
    let inner = c.size.isFinite ? c.mean * (1 - 1 / c.size) : c.mean
    let mode = min(max(inner.rounded(.down), low), low + Double(probabilities.count - 1))
    let peak = exponential(NegativeBinomial(mean: c.mean, size: c.size).logProbability(mode))
    let negligible = 1e-14 * peak
    probabilities[Int(mode - low)] += c.weight * peak
    var (p, k) = (peak, mode)
    while p > negligible, Int(k - low) + 1 < probabilities.count {
      p *= (k * q + step) / (k + 1)
      k += 1
      probabilities[Int(k - low)] += c.weight * p
    }
    (p, k) = (peak, mode)
    while p > negligible, k > low {
      p *= k / ((k - 1) * q + step)
      k -= 1
      probabilities[Int(k - low)] += c.weight * p
    }
  }
}

extension [CountMixture] {
  /// The probabilities of every step's counts; nil where those of one are too many.
  var lattices: [LatticeDistribution]? {
    var lattices: [LatticeDistribution] = []
    for mixture in self {
      guard let lattice = mixture.lattice else { return nil }
      lattices.append(lattice)
    }
    return lattices
  }
}
