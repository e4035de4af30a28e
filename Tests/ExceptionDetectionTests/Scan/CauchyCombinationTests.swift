import NumericCore
import Testing

@testable import ExceptionDetection

struct CauchyCombinationTests {
  private func combined(_ parts: [(Double, Double)]) -> Double {
    var combination = CauchyCombination()
    for (p, weight) in parts { combination.add(p, weight: weight) }
    return combination.pValue
  }

  @Test(arguments: [1e-300, 1e-12, 1e-8, 3e-5, 0.01, 0.3, 0.5, 0.9])
  func equalPValuesStayWhatTheyAre(p: Double) {
    #expect(abs(combined([(p, 1)]) - p) < 1e-6 * p)
    #expect(abs(combined([(p, 2), (p, 1), (p, 5)]) - p) < 1e-6 * p)
  }

  @Test func oneSmallAmongOrdinaryCountsByItsWeight() {
    // Far out the combination is the weighted harmonic mean.
    #expect(abs(combined([(1e-9, 1), (0.5, 3)]) / 4e-9 - 1) < 1e-3)
    #expect(combined([(1e-4, 1), (1, 1)]) < 3e-4)
  }

  @Test func orderOfStrengthIsKept() {
    let ps = [0, 1e-9, 1e-8, 1.0001e-8, 1e-4, 0.2, 0.7, 0.95]
    let all = ps.map { combined([($0, 1), (0.4, 1)]) }
    for (a, b) in zip(all, all.dropFirst()) { #expect(a <= b) }
    #expect(all.allSatisfy { $0 >= 0 && $0 <= 1 })
    #expect(CauchyCombination().pValue == 1)
  }

  /// Nested sums of a random walk, the strongest dependence in use here: the level is kept to within a sixth.
  @Test func nestedSumsKeepTheLevel() {
    var random = RandomSource(seed: 5)
    var below = (hundredth: 0, tenth: 0)
    let runs = 20_000
    for _ in 0..<runs {
      var sum = 0.0
      var combination = CauchyCombination()
      for k in 1...6 {
        sum += random.normal()
        combination.add(Normal.cdf(-sum / Double(k).squareRoot()), weight: k == 1 ? 5 : 1)
      }
      let p = combination.pValue
      if p < 0.01 { below.hundredth += 1 }
      if p < 0.1 { below.tenth += 1 }
    }
    #expect((160...240).contains(below.hundredth), "\(below)")
    #expect((1800...2350).contains(below.tenth), "\(below)")
  }
}
