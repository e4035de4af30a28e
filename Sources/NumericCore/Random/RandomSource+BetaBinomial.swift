extension RandomSource {
  /// A beta-binomial variate: `trials` (>= 0) of probability beta(mean x size, (1 - mean) x size); binomial for an infinite size.
  public mutating func betaBinomial(trials: Double, mean: Double, size: Double) -> Double {
    guard mean > 0, trials > 0 else { return 0 }
    guard mean < 1 else { return trials }
    var probability = mean
    if size.isFinite {
      let (a, b) = (gamma(shape: mean * size), gamma(shape: (1 - mean) * size))
      probability = a + b > 0 ? a / (a + b) : uniform() < mean ? 1 : 0
    }
    // Above this the normal approximation is within a hundredth of a standard deviation everywhere that matters.
    guard trials <= 2000 else {
      let spread = (trials * probability * (1 - probability)).squareRoot()
      return min(trials, max(0, (trials * probability + spread * normal()).rounded()))
    }
    var successes = 0.0
    for _ in 0..<Int(trials) where uniform() < probability { successes += 1 }
    return successes
  }
}
