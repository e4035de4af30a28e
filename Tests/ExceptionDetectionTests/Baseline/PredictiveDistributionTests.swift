import NumericCore
import TestSupport
import Testing

@testable import ExceptionDetection

struct PredictiveDistributionTests {
  @Test func tailsAgreeWithR() throws {
    let rows = try Fixture.table("predictive.csv", target: "ExceptionDetectionTests")
    #expect(rows.count == 180)
    for row in rows {
      let number = { (name: String) in try #require(row[name].flatMap { Double($0) }) }
      let mean = try number("mean")
      let predictive = PredictiveDistribution(
        mean: mean, logMeanVariance: try number("spread"),
        dispersion: .init(inverseSize: try number("inverse"), standardError: try number("error")))
      let count = try number("count")
      let upper = try number("upper")
      let lower = try number("lower")
      #expect(abs(upperTail(predictive, count) - upper) <= 1e-8 * upper + 1e-14, "\(row)")
      #expect(abs(lowerTail(predictive, count) - lower) <= 1e-8 * lower + 1e-14, "\(row)")
    }
  }

  @Test(arguments: [1e-4, 0.02, 0.7, 5, 60, 3e4, 1e7, 1e12, 1e120])
  func quantilesMatchTheTails(mean: Double) {
    for (spread, error) in [(0.0, 0.0), (0.02, 0.01), (2, 0.5)] {
      let predictive = PredictiveDistribution(
        mean: mean, logMeanVariance: spread, dispersion: .init(inverseSize: 0.05, standardError: error))
      let upper = predictive.quantile(0.99)
      #expect(upperTail(predictive, upper + max(1, upper * 1e-9)) <= 0.0101)
      #expect(upper == 0 || upperTail(predictive, upper) > 0.0099)
      let lower = predictive.quantile(0.01)
      #expect(lowerTail(predictive, lower) >= 0.0099)
      #expect(lower <= upper)
    }
  }

  @Test(arguments: [0.3, 4, 60])
  func midTailsAreHalvesOfBothEnds(mean: Double) {
    let predictive = PredictiveDistribution(
      mean: mean, logMeanVariance: 0.02, dispersion: .init(inverseSize: 0.05, standardError: 0.02))
    for count in [0, mean.rounded(), (2 * mean).rounded(.up)] {
      let mid = predictive.midTails(count)
      #expect(abs(mid.lower + mid.upper - 1) < 1e-12)
      #expect(abs(mid.upper - (upperTail(predictive, count) + upperTail(predictive, count + 1)) / 2) < 1e-12)
    }
  }

  /// P(X >= count).
  private func upperTail(_ predictive: PredictiveDistribution, _ count: Double) -> Double {
    predictive.tails(count.rounded(.up) - 1).upper
  }

  /// P(X <= count).
  private func lowerTail(_ predictive: PredictiveDistribution, _ count: Double) -> Double {
    predictive.tails(count).lower
  }
}
