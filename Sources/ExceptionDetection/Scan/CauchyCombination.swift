import NumericCore

/// Several p-values of one hypothesis as one: each becomes a standard Cauchy variable, tan(pi (1/2 - p)), and their weighted
/// mean is again standard Cauchy in the tail, however the p-values depend on one another (Liu & Xie 2020, JASA 115,
/// 393-402, theorem 1).
struct CauchyCombination: Sendable {
  private var total = 0.0
  private var weight = 0.0

  /// Adds a p-value, 0 ... 1, with a weight > 0.
  mutating func add(_ p: Double, weight: Double) {
    total += weight * score(p)
    self.weight += weight
  }

  /// The combined p-value; that of a single one is its own, up to 0.999.
  var pValue: Double {
    guard weight > 0 else { return 1 }
    let mean = total / weight
    // Where the arctangent would cancel.
    return mean > 1e7 ? 1 / (Double.pi * mean) : max(0, 0.5 - arctangent(mean) / Double.pi)
  }

  private func score(_ p: Double) -> Double {
    if p < 1e-8 { return 1 / (Double.pi * max(p, 1e-300)) }
    // At 1 itself the score would be minus infinity and rule out every other.
    let angle = Double.pi * (0.5 - min(p, 0.999))
    return sine(angle) / cosine(angle)
  }
}
