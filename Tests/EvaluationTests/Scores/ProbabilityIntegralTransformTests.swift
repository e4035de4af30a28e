import NumericCore
import Testing

@testable import Evaluation

@Suite struct ProbabilityIntegralTransformTests {
  @Test func aCountIsSpreadEvenly() {
    var histogram = PITHistogram()
    histogram.add(below: 0.05, upTo: 0.25)
    let expected = [0.25, 0.5, 0.25, 0, 0, 0, 0, 0, 0, 0]
    #expect(zip(histogram.weights, expected).allSatisfy { ($0 - $1).magnitude < 1e-12 })
    histogram.add(below: 1, upTo: 1)
    histogram.add(below: 0, upTo: 0)
    #expect(histogram.weights[9] == 1 && (histogram.weights[0] - 1.25).magnitude < 1e-12)
    histogram.add(below: .nan, upTo: .nan)
    #expect((histogram.total - 3).magnitude < 1e-12)
  }

  @Test func anEmptyHistogramHasNoShares() {
    #expect(PITHistogram().shares.allSatisfy { $0.isNaN })
  }

  @Test(arguments: [(0.4, 1.0), (3, 2), (40, 10), (900, 50)])
  func flatUnderTheTruth(mean: Double, size: Double) {
    // Czado, Gneiting & Held 2009: uniform in expectation if the forecast is the truth.
    let truth = NegativeBinomial(mean: mean, size: size)
    let quantiles = standardQuantiles(truth.quantile)
    var shares = [Double](repeating: 0, count: PITHistogram.binCount)
    for k in 0...Int(mean + 12 * truth.variance.squareRoot() + 20) {
      var one = PITHistogram()
      let (below, upTo) = quantiles.probabilities(of: Double(k), isCount: true)
      one.add(below: below, upTo: upTo)
      for bin in shares.indices { shares[bin] += exponential(truth.logProbability(Double(k))) * one.weights[bin] }
    }
    for share in shares { #expect((share - 0.1).magnitude < 0.01) }
  }

  @Test func aValueHasOnePoint() {
    let quantiles = standardQuantiles { Normal.quantile($0) }
    let (below, upTo) = quantiles.probabilities(of: 0, isCount: false)
    #expect(below == upTo && (below - 0.5).magnitude < 1e-9)
  }
}
