import NumericCore
import Testing

@testable import Evaluation

@Suite struct LogScoreTests {
  @Test(arguments: [(0.1, 1.0), (0.5, 2), (2, 3), (12, 5), (150, 20), (2000, 200)])
  func meanScoreOfTheTrueDistributionIsItsEntropy(mean: Double, size: Double) {
    let truth = NegativeBinomial(mean: mean, size: size)
    let quantiles = standardQuantiles(truth.quantile)
    var (exact, approximate, weight) = (0.0, 0.0, 0.0)
    for k in 0...Int(mean + 12 * truth.variance.squareRoot() + 20) {
      let log = truth.logProbability(Double(k))
      weight += exponential(log)
      exact -= exponential(log) * log
      approximate += exponential(log) * quantiles.logScore(Double(k))
    }
    #expect((weight - 1).magnitude < 1e-6)
    #expect((approximate - exact).magnitude < 0.03)
    // Never better than the truth beyond rounding: the score is proper, and the approximation a distribution.
    #expect(approximate > exact - 1e-6)
  }

  @Test func whatIsNoCountHasNoScore() {
    let quantiles = standardQuantiles { (10 + 3 * Normal.quantile($0)).rounded() }
    #expect(quantiles.logScore(-1).isNaN && quantiles.logScore(2.5).isNaN && quantiles.logScore(.nan).isNaN)
  }

  @Test func aSurpriseIsFinite() {
    let quantiles = standardQuantiles { _ in 3 }
    #expect(quantiles.logScore(1e12) == -logarithm(PredictiveQuantiles.leastProbability))
    #expect(quantiles.logScore(3) < 0.01)
  }
}
