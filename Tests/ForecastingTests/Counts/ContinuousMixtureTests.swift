import NumericCore
import Testing

@testable import Forecasting

/// The continuous limit against the sums over counts that it stands for.
@Suite struct ContinuousMixtureTests {
  static let levels = [0.001, 0.025, 0.1, 0.5, 0.9, 0.975, 0.999]

  @Test(arguments: [
    [(1.0, 500.0, 30.0)], [(1, 2000, Double.infinity)], [(0.3, 100, 8), (0.7, 140, 25)],
    [(0.5, 300, 100), (0.5, 420, 15)],
  ])
  func agreesWithTheLattice(parts: [(Double, Double, Double)]) {
    let mixture = CountMixture(components: parts.map { .init(weight: $0.0, mean: $0.1, size: $0.2) })
    let limit = ContinuousMixture(mixture)
    let exact = mixture.quantiles(Self.levels)
    let deviation = limit.variance.squareRoot()
    for ((a, b), level) in zip(zip(limit.quantiles(Self.levels), exact), Self.levels) {
      // A whole quantile lies up to one count above. Skewnesses differ by 1 / deviation, which moves the quantile at z by
      // (z² - 1) / 6 counts (Cornish & Fisher); the rest is the cube root's error for small shapes.
      let z = Normal.quantile(level)
      #expect(abs(a - (b - 0.5)) < 1 + z * z / 6 + 0.02 * deviation, "\(level): \(a), \(b)")
    }
    #expect(abs(limit.mean - mixture.mean) < 1e-9)
  }

  /// One component: the cube-root approximation itself, in closed form.
  @Test func oneComponentIsWilsonAndHilferty() {
    let mixture = CountMixture(components: [.init(weight: 1, mean: 900, size: 12)])
    let variance: Double = 900 + 900 * 900 / 12
    let k: Double = 900 * 900 / variance
    for (q, p) in zip(ContinuousMixture(mixture).quantiles(Self.levels), Self.levels) {
      let shift: Double = Normal.quantile(p) / (3 * k.squareRoot())
      let root: Double = 1 - 1 / (9 * k) + shift
      #expect(abs(q / (900 * root * root * root) - 1) < 1e-6)
    }
  }

  @Test func quantilesAscendWhateverTheMixture() {
    var random = RandomSource(seed: 4)
    for _ in 0..<200 {
      let parts = (0..<4).map { _ in
        CountMixture.Component(
          weight: 0.25, mean: exponential(3 * random.normal() + 4), size: exponential(2 * random.normal()))
      }
      let q = ContinuousMixture(CountMixture(components: parts)).quantiles(Self.levels)
      #expect(q.allSatisfy { $0.isFinite && $0 >= 0 } && q == q.sorted())
    }
  }
}
