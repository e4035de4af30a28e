import CCountLanes
import NumericCore
import Testing

/// Quantiles of negative binomials, eight at a time (`count_lanes_quantiles`).
@Suite struct CountQuantilesTests {
  private func quantiles(_ u: [Double], _ means: [Double], _ dispersions: [Double]) -> [Double] {
    var counts = [Double](repeating: -1, count: 8)
    count_lanes_quantiles(u, means, dispersions, &counts)
    return counts
  }

  /// P(Y < y) < u <= P(Y <= y) by the distribution's own tails (incomplete beta and gamma functions), which share nothing with
  /// sums of probabilities.
  @Test func areWhereTheTailsSay() {
    var random = RandomSource(seed: 5)
    let ends = [1e-12, 1 - 1e-12, 0x1p-53, 1 - 0x1p-53]
    for round in 0..<600 {
      let means = (0..<8).map { _ in exponential(-6 + 11 * random.uniform()) }
      let dispersions = (0..<8).map { lane in lane == 7 ? 0 : exponential(-12 + 13 * random.uniform()) }
      var u = (0..<8).map { _ in random.openUniform() }
      if round % 4 == 0 { u[round % 8] = ends[(round / 4) % 4] }
      let counts = quantiles(u, means, dispersions)
      for lane in 0..<8 {
        let size = dispersions[lane] > 0 ? 1 / dispersions[lane] : .infinity
        let distribution = NegativeBinomial(mean: means[lane], size: size)
        let (y, p) = (counts[lane], u[lane])
        #expect(y >= 0 && y == y.rounded())
        let upTo = distribution.tails(y)
        let below = distribution.tails(y - 1)
        // What lies above, so that the upper end is not 1 less nothing; 1e-9 is the least dispersion.
        let slack = 1e-9 * p + 1e-8 * min(p, 1 - p) + 2e-15
        #expect(upTo.lower >= p - slack, "mean \(means[lane]), size \(size), u \(p): \(y)")
        #expect(y == 0 || below.lower < p + slack, "mean \(means[lane]), size \(size), u \(p): \(y)")
      }
    }
  }

  @Test func nothingIsExpectedOfNothing() {
    let u = [0.001, 0.5, 0.999, 1 - 0x1p-53, 0.001, 0.5, 0.999, 1 - 0x1p-53]
    #expect(
      quantiles(u, [0, 0, 0, 0, 1e-300, 1e-300, 1e-300, 1e-300], [0, 1, 4, 0, 0, 1, 4, 0])
        == [Double](repeating: 0, count: 8))
  }

  /// Dispersed tails are long: the sum of probabilities ends where adding up shows nothing more, and no sooner.
  @Test func longTailsEnd() {
    let counts = quantiles(
      [Double](repeating: 1 - 0x1p-53, count: 8), [1e-3, 0.1, 1, 10, 50, 100, 127, 400],
      [Double](repeating: 8, count: 8))
    #expect(counts.allSatisfy { $0 > 0 && $0 < 150_000 }, "\(counts)")
    for i in 1..<8 { #expect(counts[i] > counts[i - 1]) }
  }

  /// Other lanes do not matter: the vector's width and neighbours change no number.
  @Test func lanesKnowNothingOfEachOther() {
    var random = RandomSource(seed: 6)
    for _ in 0..<200 {
      let means = (0..<8).map { _ in exponential(-4 + 9 * random.uniform()) }
      let dispersions = (0..<8).map { _ in random.uniform() }
      let u = (0..<8).map { _ in random.openUniform() }
      let together = quantiles(u, means, dispersions)
      for lane in 0..<8 {
        let alone = quantiles(
          [Double](repeating: u[lane], count: 8), [Double](repeating: means[lane], count: 8),
          [Double](repeating: dispersions[lane], count: 8))
        #expect(alone == [Double](repeating: together[lane], count: 8))
      }
    }
  }
}
