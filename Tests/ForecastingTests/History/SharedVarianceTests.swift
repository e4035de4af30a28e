import NumericCore
import Testing

@testable import Forecasting

@Suite struct SharedVarianceTests {
  /// By hand: squares 4 x 1 + 4 x 4 = 20 over 8; sums over four -> 4, then 5, 6, 7, 8, squared and averaged.
  @Test func byHand() {
    let rho = sharedVariance([1, 1, 1, 1, 2, 2, 2, 2], cycle: 4)
    let ratio = (16.0 + 25 + 36 + 49 + 64) / 5 / (4 * 20.0 / 8)
    #expect(abs(rho - (ratio - 1) / 3) < 1e-12)
  }

  @Test func errorsThatAreAllAlikeOrHaveNothingInCommon() {
    #expect(sharedVariance([Double](repeating: 3, count: 30), cycle: 12) == 1)
    #expect(sharedVariance((0..<30).map { $0 % 2 == 0 ? 1 : -1 }, cycle: 12) == 0)
    #expect(sharedVariance([], cycle: 12) == 0 && sharedVariance([1, .nan, 2], cycle: 12) == 0)
    #expect(sharedVariance([0, 0, 0, 0, 0, 0], cycle: 2) == 0)
  }

  /// A common part of 30 % of the variance in every cycle of twelve is found, with gaps too.
  @Test func simulatedErrors() {
    var random = RandomSource(seed: 4)
    var errors: [Double] = []
    for _ in 0..<400 {
      let common = 0.3.squareRoot() * random.normal()
      for s in 0..<12 {
        errors.append(s == 5 && errors.count % 7 == 0 ? .nan : common + 0.7.squareRoot() * random.normal())
      }
    }
    // Stretches that begin within a cycle have two common parts: on average (1 + 2 x sum of k (k - 1)) of the pairs.
    let pairs = (0..<12).reduce(0.0) { sum, k in
      let (a, b) = (Double(k), Double(12 - k))
      return sum + (a * (a - 1) + b * (b - 1)) / (12 * 11) / 12
    }
    #expect(abs(sharedVariance(errors, cycle: 12) - 0.3 * pairs) < 0.04)
  }
}
