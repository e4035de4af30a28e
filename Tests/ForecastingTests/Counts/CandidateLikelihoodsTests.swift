import NumericCore
import Testing
import TimeSeries

@testable import Forecasting

/// Likelihoods of the grid, sizes walked outwards, against all of them from the distribution itself.
@Suite struct CandidateLikelihoodsTests {
  private func history(mean: Double, size: Double, seed: UInt64, count: Int = 150) -> CountHistory {
    var random = RandomSource(seed: seed, stream: "history")
    return CountHistory(
      Series(
        key: SeriesKey(area: "A", measure: nil), start: .month(2005, 1),
        values: (0..<count).map { t in
          t == 40 ? .nan : random.negativeBinomial(mean: mean * (1 + 0.004 * Double(t)), size: size)
        }))
  }

  static let laws: [(Double, Double)] = [(0.08, 1), (0.3, 1), (3, 0.4), (8, 4), (30, .infinity), (150, 20)]

  @Test(arguments: laws)
  func agreesWithTheDistribution(mean: Double, size: Double) {
    let history = history(mean: mean, size: size, seed: 3)
    let scale = history.scale(season: (0..<12).map { 0.8 + 0.04 * Double($0) })
    let own = FilterInput(history, scale: scale)
    let run = CandidateRun(own: own, pooled: nil)
    let found = CandidateLikelihoods(own: own, pooled: own)
    let sizes = LevelProcess.sizes
    var wanted: [Double] = []
    for process in LevelProcess.grid.indices {
      var weights = [Double](repeating: 0, count: LevelProcess.grid.count)
      weights[process] = 1
      let means = run.expectations(weights: weights)
      for size in sizes {
        wanted.append(
          zip(history.values, means).reduce(0) { sum, pair in
            pair.0.isNaN ? sum : sum + NegativeBinomial(mean: pair.1, size: size).logProbability(pair.0)
          })
      }
    }
    let best = wanted.max() ?? 0
    #expect(CandidateLikelihoods(own: own, pooled: nil).likelihood == Array(found.likelihood.prefix(wanted.count)))
    #expect(found.likelihood.count == 2 * wanted.count && found.states.count == 2 * LevelProcess.grid.count)
    for (i, likelihood) in found.likelihood.enumerated() {
      let exact = exponential(wanted[i % wanted.count] - best)
      let place = "process \(i / sizes.count), size \(sizes[i % sizes.count])"
      #expect(abs(likelihood - exact) < 1e-9 * exact + 1e-13, "\(place)")
    }
  }

  @Test func withoutPeriodsEveryCandidateIsAsLikely() {
    let own = FilterInput(history(mean: 3, size: 4, seed: 1, count: 0), scale: [])
    #expect(CandidateLikelihoods(own: own, pooled: nil).likelihood.allSatisfy { abs($0 - 1) < 1e-12 })
  }
}
