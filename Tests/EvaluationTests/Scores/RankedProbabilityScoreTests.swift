import NumericCore
import Testing

@testable import Evaluation

@Suite struct RankedProbabilityScoreTests {
  @Test(arguments: [-3.0, -1, 0, 0.3, 2, 5])
  func closedFormOfTheNormal(z: Double) {
    // Gneiting & Raftery 2007, section 4.2.
    let density = exponential(-z * z / 2) / (2 * Double.pi).squareRoot()
    let expected = 4 * (z * (2 * Normal.cdf(z) - 1) + 2 * density - 1 / Double.pi.squareRoot())
    let score = standardQuantiles { 100 + 4 * Normal.quantile($0) }.rankedProbabilityScore(100 + 4 * z)
    #expect((score / expected - 1).magnitude < 0.01)
  }

  @Test func ofCountsItIsTheSumOfSquaredDistances() {
    // Of counts: the sum over k of (F(k) - 1{y <= k})^2 (Czado, Gneiting & Held 2009, eq. 5).
    let truth = NegativeBinomial(mean: 6, size: 3)
    let quantiles = standardQuantiles(truth.quantile)
    for y in [0.0, 4, 6, 15, 30] {
      let expected = (0...300).reduce(0.0) { sum, k in
        let distance = truth.cdf(Double(k)) - (y <= Double(k) ? 1 : 0)
        return sum + distance * distance
      }
      #expect((quantiles.rankedProbabilityScore(y) / expected - 1).magnitude < 0.03)
    }
  }

  @Test func ofACertainForecastItIsTheAbsoluteError() {
    #expect((standardQuantiles { _ in 7 }.rankedProbabilityScore(10) - 3).magnitude < 1e-12)
  }
}
