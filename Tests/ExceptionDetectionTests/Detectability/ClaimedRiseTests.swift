import NumericCore
import Testing
import TimeSeries

@testable import ExceptionDetection

/// What is said to be found is found, on levels that wander as the real ones do.
struct ClaimedRiseTests {
  @Test(arguments: [(1, 0.0), (3, 0.0), (6, 0.0), (3, 0.04), (6, 0.04)])
  func risesAsLargeAsSaidAreFound(_ row: (within: Int, drift: Double)) async throws {
    let series = (0..<60).map { WanderingLevelVerdictTests.walk("claim \($0)", drift: row.drift) }
    var estimator = DetectabilityEstimator(ExceptionDetector(), within: [row.within])
    estimator.draws = 200
    let claims = try await estimator.run(ExceptionDetectorTests.panel(series))
    let risen = zip(series, claims).map { one, claim -> Series in
      let rise = claim.rises.first?.count ?? 0
      return one.replacing(
        values: one.values.enumerated().map { $0 >= one.count - row.within ? $1 + rise.rounded(.up) : $1 })
    }
    let tests = try await ExceptionDetector(last: row.within).run(ExceptionDetectorTests.panel(risen))
    let found = Set(tests.filter(\.flagged).map(\.key)).count
    // 48 of 60 are promised; 40 is below what chance makes of that.
    #expect(found >= 40, "\(found)")
  }
}
