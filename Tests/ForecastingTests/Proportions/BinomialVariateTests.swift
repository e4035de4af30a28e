import NumericCore
import Testing

@testable import Forecasting

@Suite struct BinomialVariateTests {
  static let laws: [(Double, Double)] = [(7, 0.3), (200, 0.02), (200, 0.9), (5000, 0.4), (30, 0), (30, 1)]

  @Test(arguments: laws)
  func meanAndVariance(n: Double, p: Double) {
    var random = RandomSource(seed: 4, stream: "binomial")
    let draws = (0..<4000).map { _ in random.binomial(count: n, probability: p) }
    let mean = draws.reduce(0, +) / 4000
    let variance = draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 3999
    let wanted = n * p * (1 - p)
    #expect(draws.allSatisfy { $0 >= 0 && $0 <= n && $0 == $0.rounded() })
    #expect(abs(mean - n * p) <= 4 * (wanted / 4000).squareRoot())
    #expect(abs(variance - wanted) <= 0.12 * wanted)
  }
}
