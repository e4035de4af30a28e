extension RandomSource {
  /// A gamma variate with this shape (> 0) and scale 1. Marsaglia & Tsang (2000), "A simple method for generating gamma
  /// variables"; shapes below 1 are boosted by a power of a uniform.
  public mutating func gamma(shape: Double) -> Double {
    if shape < 1 {
      let boost = exponential(logarithm(openUniform()) / shape)
      return gamma(shape: shape + 1) * boost
    }
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = normal()
      let root = 1 + c * x
      guard root > 0 else { continue }
      let v = root * root * root
      let u = openUniform()
      if u < 1 - 0.0331 * x * x * x * x { return d * v }
      if logarithm(u) < 0.5 * x * x + d * (1 - v + logarithm(v)) { return d * v }
    }
  }

  /// A Poisson variate with this mean (>= 0). Inversion below 10; above, Hörmann's (1993) transformed rejection PTRS.
  /// Means above 1e9 return the rounded normal approximation.
  public mutating func poisson(mean: Double) -> Double {
    guard mean > 0 else { return 0 }
    if mean < 10 {
      var u = uniform()
      if u <= leastNoneProbability(mean) { return 0 }
      var k = 0.0
      var p = exponential(-mean)
      while u > p && k < 1000 {
        u -= p
        k += 1
        p *= mean / k
      }
      return k
    }
    if mean > 1e9 { return (mean + mean.squareRoot() * normal()).rounded() }
    let b = 0.931 + 2.53 * mean.squareRoot()
    let a = -0.059 + 0.02483 * b
    let inverseAlpha = 1.1239 + 1.1328 / (b - 3.4)
    let vr = 0.9277 - 3.6224 / (b - 2)
    while true {
      let u = uniform() - 0.5
      let v = openUniform()
      let us = 0.5 - abs(u)
      let k = ((2 * a / us + b) * u + mean + 0.43).rounded(.down)
      if us >= 0.07 && v <= vr { return k }
      if k < 0 || (us < 0.013 && v > us) { continue }
      let accept = logarithm(v) + logarithm(inverseAlpha) - logarithm(a / (us * us) + b)
      if accept <= k * logarithm(mean) - mean - logGamma(k + 1) { return k }
    }
  }

  /// A negative binomial variate with this mean (>= 0) and size (> 0; variance = mean + mean²/size; infinite size is
  /// Poisson), as a gamma mixture of Poissons.
  public mutating func negativeBinomial(mean: Double, size: Double) -> Double {
    guard mean > 0 else { return 0 }
    guard size.isFinite else { return poisson(mean: mean) }
    // The boost of a small shape only makes the gamma variate smaller: where even without it there is no event, the same
    // as with it, it need not be worked out. Bounds on mean and size keep the product from underflowing to 0.
    guard size < 1, size > 0.1, mean > 1e-6 else { return poisson(mean: gamma(shape: size) * (mean / size)) }
    let boost = openUniform()
    let unboosted = gamma(shape: size + 1)
    let state = self
    if unboosted * (mean / size) < 1, uniform() <= leastNoneProbability(unboosted * (mean / size)) { return 0 }
    self = state
    return poisson(mean: unboosted * exponential(logarithm(boost) / size) * (mean / size))
  }

  /// A number surely no larger than the exponential of minus the mean as it is computed: the series of the exponential cut
  /// after a negative term, less what rounding can do. It decides most draws of sparse counts without the exponential.
  private func leastNoneProbability(_ mean: Double) -> Double {
    1 - mean * (1 - mean * (0.5 - mean * (1.0 / 6))) - 1e-12
  }
}
