import NumericCore
import Testing

@testable import ExceptionDetection

struct CountSegmentCostTests {
  @Test(arguments: [Double.infinity, 0.7, 12])
  func differencesOfCostsAreThoseOfTheMaximisedLikelihood(size: Double) {
    let counts = [3.0, 0, 7, 12, 9, 1, 4]
    let exposures = [1.0, 0.6, 1.3, 1.1, 1, 0.8, 1.2]
    let cost = CountSegmentCost(counts: counts, exposures: exposures, size: size)
    func deviance(_ range: Range<Int>, _ level: Double) -> Double {
      range.reduce(0) { sum, i in
        let size = size.isFinite ? size * exposures[i] : .infinity
        return sum - 2 * NegativeBinomial(mean: level * exposures[i], size: size).logProbability(counts[i])
      }
    }
    let whole = deviance(0..<7, cost.level(0..<7))
    for cut in 1..<7 {
      let parts = deviance(0..<cut, cost.level(0..<cut)) + deviance(cut..<7, cost.level(cut..<7))
      #expect(abs((whole - parts) - (cost(0..<7) - cost(0..<cut) - cost(cut..<7))) < 1e-9)
      // The level is where the likelihood is greatest.
      #expect(deviance(0..<cut, cost.level(0..<cut)) <= deviance(0..<cut, cost.level(0..<cut) * 1.01 + 1e-3))
      #expect(deviance(0..<cut, cost.level(0..<cut)) <= deviance(0..<cut, cost.level(0..<cut) * 0.99))
    }
  }

  @Test func scatterIsEstimatedWhateverTheLevelDoes() {
    // Ratio of variance to mean 1 + level / size, at a level that doubles half-way.
    for (level, size) in [(4.0, 4.0), (40, 20), (200, 400), (30, Double.infinity)] {
      var random = RandomSource(seed: 3, stream: "\(level)")
      let exposures = (0..<2000).map { 1 + 0.3 * sine(Double($0) / 2) }
      let counts = exposures.enumerated().map { i, exposure in
        random.negativeBinomial(mean: (i < 1000 ? level : 2 * level) * exposure, size: size * exposure)
      }
      let estimate = pairedSize(counts: counts, exposures: exposures)
      let ratio = (1 + 1.5 * level / estimate) / (1 + 1.5 * level / size)
      #expect(ratio > 0.88 && ratio < 1.12, "\(level) \(size): \(estimate)")
    }
  }

  @Test func countsThatScatterLessThanPoissonAreTakenForPoisson() {
    #expect(pairedSize(counts: [5, 5, 5, 5, 5, 5], exposures: [1, 1, 1, 1, 1, 1]) == .infinity)
    #expect(pairedSize(counts: [0, 0, 0], exposures: [1, 1, 1]) == .infinity)
    #expect(pairedSize(counts: [], exposures: []) == .infinity)
  }
}
