import NumericCore
import Testing

@testable import Forecasting

@Suite struct LogitBetaTests {
  static let shapes: [(Double, Double)] = [(0.5, 0.5), (3, 700), (10_000, 20), (0.2, 0.6), (40, 41), (1e6, 1e6)]

  @Test(arguments: shapes)
  func isFoundFromItsLogit(a: Double, b: Double) {
    let (mean, variance) = LogitBeta(a: a, b: b).logit
    let found = LogitBeta(logitMean: mean, variance: variance)
    #expect(abs(found.a / a - 1) < 1e-6 && abs(found.b / b - 1) < 1e-6, "\(found)")
  }

  @Test func jeffreysPriorIsTheStartOfEveryProcess() {
    let prior = ShareState().share(offset: 0, noise: 0)
    #expect(abs(prior.a - 0.5) < 1e-9 && abs(prior.b - 0.5) < 1e-9)
  }

  /// `scipy.stats.betabinom.logpmf(3, n, a, b)`, scipy 1.17.
  static let logProbabilities: [(Double, Double, Double, Double)] = [
    (10, 0.5, 0.5, -2.7263128770370617), (40, 3.2, 11, -2.909747974830621), (500, 0.4, 60, -2.72659231039024),
    (2000, 900, 300, -1208.7415450178964),
  ]

  @Test(arguments: logProbabilities)
  func predictiveIsBetaBinomial(n: Double, a: Double, b: Double, wanted: Double) {
    let ways = logGamma(n + 1) - logGamma(4) - logGamma(n - 2)
    let found = LogitBeta(a: a, b: b).logPredictive(3, of: n) + ways
    #expect(abs(found / wanted - 1) < 1e-10)
  }

  @Test func extremeLogitsStayProper() {
    for mean in [-700.0, -15, 15, 700] {
      for variance in [1e-12, 0.3, 80] {
        let found = LogitBeta(logitMean: mean, variance: variance)
        #expect(found.a > 0 && found.b > 0 && found.a.isFinite && found.b.isFinite, "\(mean) \(variance)")
      }
    }
  }
}
