import Testing

@testable import Forecasting

@Suite struct ShareMixtureTests {
  static let levels = [0.025, 0.1, 0.5, 0.9, 0.975]

  /// `scipy.stats.betabinom.ppf([.025, .1, .5, .9, .975], n, a, b)`, scipy 1.17.
  static let known: [(n: Double, share: LogitBeta, quantiles: [Double])] = [
    (10, LogitBeta(a: 0.5, b: 0.5), [0, 0, 5, 10, 10]), (40, LogitBeta(a: 3.2, b: 11), [1, 3, 8, 16, 20]),
    (500, LogitBeta(a: 0.4, b: 60), [0, 0, 1, 10, 19]),
    (2000, LogitBeta(a: 900, b: 300), [1437, 1459, 1500, 1540, 1561]),
  ]

  @Test(arguments: known)
  func quantilesOfOneComponent(n: Double, share: LogitBeta, wanted: [Double]) {
    let mixture = ShareMixture(components: [(1, share)], denominator: n)
    #expect(mixture.quantiles(Self.levels) == wanted.map { $0 / n })
    #expect(abs(mixture.mean - share.a / (share.a + share.b)) < 1e-12)
  }

  @Test func aVeryLargeWholeVariesAsItWould() {
    for share in [LogitBeta(a: 30, b: 70), LogitBeta(a: 3e5, b: 7e5)] {
      let q = ShareMixture(components: [(1, share)], denominator: 1e6).quantiles(Self.levels)
      let size = share.a + share.b
      let deviation = (0.21 * (1 + (1e6 - 1) / (size + 1)) / 1e6).squareRoot()
      // Nearly normal: within the steps of the lattice, and what chance in so many adds at most.
      #expect(abs((q[4] - q[0]) / (2 * 1.96 * deviation) - 1) < (size > 1000 ? 4 : 0.02))
      #expect(abs(q[2] - 0.3) < 0.003)
    }
  }

  @Test func twoModesAreBothReached() {
    let mixture = ShareMixture(
      components: [(0.5, LogitBeta(a: 0.1, b: 9)), (0.5, LogitBeta(a: 9, b: 0.1))], denominator: 100)
    let q = mixture.quantiles(Self.levels)
    #expect(q[0] == 0 && q[4] == 1 && q == q.sorted())
  }
}
