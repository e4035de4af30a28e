import NumericCore
import Testing

@Suite struct BetaBinomialVariatesTests {
  @Test func betaBinomialVariatesHaveTheirMoments() {
    var random = RandomSource(seed: 6)
    for (trials, mean, size) in [(20.0, 0.3, 5.0), (50, 0.9, .infinity), (5000, 0.2, 40)] {
      let draws = (0..<20_000).map { _ in random.betaBinomial(trials: trials, mean: mean, size: size) }
      let average = draws.reduce(0, +) / 20_000
      let variance = draws.reduce(0) { $0 + ($1 - average) * ($1 - average) } / 20_000
      let extra = size.isFinite ? (trials - 1) / (size + 1) : 0
      let expected = trials * mean * (1 - mean) * (1 + extra)
      #expect(abs(average - trials * mean) < 5 * (expected / 20_000).squareRoot())
      #expect(abs(variance / expected - 1) < 0.06, "\(variance) \(expected)")
    }
    #expect(random.betaBinomial(trials: 0, mean: 0.5, size: 3) == 0)
    #expect(random.betaBinomial(trials: 9, mean: 1, size: 3) == 9)
  }
}
