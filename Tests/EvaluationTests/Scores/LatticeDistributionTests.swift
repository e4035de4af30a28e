import NumericCore
import TestSupport
import Testing

@testable import Evaluation
@testable import Forecasting

@Suite struct LatticeDistributionTests {
  /// `Fixtures/lattice_scores.py`: direct sums over scipy's probabilities, and closed forms.
  @Test func agreesWithDirectSummation() throws {
    let cases = try Fixture.numbers("lattice_scores.csv", target: "EvaluationTests")
    #expect(cases.count == 6)
    for (name, numbers) in cases {
      let parts = try #require(numbers["component"])
      let mixture = CountMixture(
        components: stride(from: 0, to: parts.count, by: 3).map {
          .init(weight: parts[$0], mean: parts[$0 + 1], size: parts[$0 + 2])
        })
      let lattice = try #require(mixture.lattice)
      #expect(abs(lattice.probabilities.reduce(0, +) - 1) < 1e-10, "\(name)")
      let actuals = try #require(numbers["actual"])
      for (i, y) in actuals.enumerated() {
        func wanted(_ quantity: String) throws -> Double { try #require(numbers[quantity])[i] }
        let (below, upTo) = lattice.probabilities(of: y)
        let (probability, crps) = (try wanted("probability"), try wanted("crps"))
        let (wantedBelow, wantedUpTo) = (try wanted("below"), try wanted("upTo"))
        #expect(abs(below - wantedBelow) < 1e-10 && abs(upTo - wantedUpTo) < 1e-10, "\(name) \(y)")
        #expect(abs(lattice.probability(y) - probability) < 1e-10 * max(probability, 1e-4), "\(name) \(y)")
        #expect(abs(lattice.rankedProbabilityScore(y) / crps - 1) < 1e-8, "\(name) \(y)")
        if probability > 1e-12 { #expect(abs(lattice.logScore(y) + logarithm(probability)) < 1e-6, "\(name) \(y)") }
      }
    }
  }

  /// Quantiles of the mixture are those of its lattice.
  @Test func quantilesAreWhereTheSumsReachThem() throws {
    let mixture = CountMixture(
      components: [.init(weight: 0.4, mean: 7, size: 2), .init(weight: 0.6, mean: 60, size: .infinity)])
    let lattice = try #require(mixture.lattice)
    let levels = [0.01, 0.1, 0.5, 0.9, 0.99]
    for (q, p) in zip(mixture.quantiles(levels), levels) {
      #expect(lattice.cumulative(q) >= p && lattice.cumulative(q - 1) < p)
    }
  }

  /// By hand: shares 0, 0.5 and 1 with 0.2, 0.5 and 0.3.
  @Test func sharesByHand() {
    let shares = LatticeDistribution(unit: 0.5, probabilities: [0.2, 0.5, 0.3])
    #expect(shares.probability(0.5) == 0.5 && shares.probability(0.4) == 0 && shares.cumulative(0.4) == 0.2)
    #expect(shares.cumulative(-0.1) == 0 && shares.cumulative(1) == 1 && shares.cumulative(1.5) == 1)
    // 0.4 x 0.2² + 0.1 x 0.8² + 0.5 x 0.3²
    #expect(abs(shares.rankedProbabilityScore(0.4) - (0.016 + 0.064 + 0.045)) < 1e-12)
    // Beyond either end the distance is added: 1 + 0.5 x 0.8² + 0.5 x 0.3², and 1 + 0.5 x 0.2² + 0.5 x 0.7².
    #expect(abs(shares.rankedProbabilityScore(-1) - (1 + 0.32 + 0.045)) < 1e-12)
    #expect(abs(shares.rankedProbabilityScore(2) - (1 + 0.02 + 0.245)) < 1e-12)
    #expect(shares.rankedProbabilityScore(.nan).isNaN && shares.logScore(0.5).isNaN)
  }

  @Test func whatIsNoLatticeIsLeftToQuantiles() {
    let huge = CountMixture(components: [.init(weight: 1, mean: 1e6, size: 3)])
    #expect(huge.lattice == nil)
    let certain = CountMixture(components: [.init(weight: 1, mean: 0, size: 2)])
    #expect(certain.lattice?.probability(0) == 1)
  }

  /// What is read off quantiles means the same: the CRPS comes near. (Log scores of whole quantiles are off by up to half a
  /// nat, where few counts lie between two of them.)
  @Test func quantilesComeNear() throws {
    let mixture = CountMixture(components: [
      .init(weight: 0.5, mean: 30, size: 8), .init(weight: 0.5, mean: 45, size: 20),
    ])
    let lattice = try #require(mixture.lattice)
    let grid = QuantileLevels(PredictiveQuantiles.standardLevels)
    let quantiles = PredictiveQuantiles(
      probabilities: grid.probabilities, values: mixture.quantiles(grid.probabilities))
    for y in [10.0, 25, 37, 60, 90] {
      #expect(abs(quantiles.rankedProbabilityScore(y) / lattice.rankedProbabilityScore(y) - 1) < 0.02)
      #expect(abs(quantiles.logScore(y) - lattice.logScore(y)) < 0.7)
    }
  }
}
