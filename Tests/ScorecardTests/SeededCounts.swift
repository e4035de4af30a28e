import NumericCore

/// Counts with more scatter than chance, the same in every run.
struct SeededCounts {
  private var random: RandomSource

  init(seed: UInt64) { random = RandomSource(seed: seed, stream: "counts of a test") }

  /// A count whose variance is `scatter` times its mean.
  mutating func draw(mean: Double, scatter: Double) -> Double {
    scatter > 1 ? random.negativeBinomial(mean: mean, size: mean / (scatter - 1)) : random.poisson(mean: mean)
  }

  mutating func uniform() -> Double { random.uniform() }
}
