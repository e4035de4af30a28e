import Testing
import TimeSeries

@testable import ExceptionDetection

/// Series are judged some at a time; the verdicts are those of all at once.
struct ExceptionDetectorBatchTests {
  @Test func batchesChangeNothing() async throws {
    let series = (0..<14).map { i in
      ExceptionDetectorTests.simulated(
        "area \(i)", months: 60, level: [0.4, 5, 60][i % 3], seed: 31,
        measure: ["Theft", nil, "Robbery", "Arson", "Theft"][i % 5])
    }
    let panel = ExceptionDetectorTests.panel(series)
    let whole = try await ExceptionDetector(last: 2, threads: 2).judge(panel)
    #expect(whole.baselines.count == series.count && whole.dispersions.count == series.count)
    // Without the baselines the rest is the same.
    let light = try await ExceptionDetector(last: 2, threads: 2).judge(panel, keeping: .episodes)
    #expect(
      light.baselines.isEmpty
        && light.estimates.map { $0.map { $0?.inverseSize } }
          == whole.estimates.map { $0.map { $0?.inverseSize } }
    )
    #expect(light.tests.flatMap { $0.map(\.pValue.bitPattern) } == whole.tests.flatMap { $0.map(\.pValue.bitPattern) })
    for size in [1, 3, 100] {
      var detector = ExceptionDetector(last: 2)
      detector.batchSize = size
      let tests = try await detector.run(panel)
      #expect(tests.count == 28)
      for (test, expected) in zip(tests, whole.tests.flatMap { $0 }) {
        #expect(test.key == expected.key && test.period == expected.period && test.kind == expected.kind)
        #expect(test.pValue.bitPattern == expected.pValue.bitPattern)
        #expect(test.qValue.bitPattern == expected.qValue.bitPattern)
        #expect(test.upper == expected.upper && test.baseline == expected.baseline)
      }
    }
    var detector = ExceptionDetector(last: 2)
    detector.batchSize = 1
    #expect(try await detector.judge(panel, keeping: .verdicts).baselines.isEmpty)
  }

  /// What is kept of a large panel is what all of its verdicts hold, with the rates that all give it.
  @Test(arguments: [1, 3, 100]) func keptVerdictsAreThoseOfAll(_ size: Int) async throws {
    let series = (0..<40).map { i in
      ExceptionDetectorTests.simulated(
        "area \(i)", months: 60, level: [0.4, 5, 60][i % 3], seed: UInt64(40 + i),
        measure: ["Theft", nil, "Arson"][i % 3])
    }
    let panel = ExceptionDetectorTests.panel(series)
    var detector = ExceptionDetector(alpha: 0.1, last: 6, threads: 2)
    let all = try await detector.run(panel)
    detector.batchSize = size
    let kept = try await detector.run(panel) { $0.flagged }
    let expected = all.filter(\.flagged)
    #expect(kept.tally == VerdictTally(all) && all.count == 240)
    #expect(expected.count > 5 && expected.count < 60)
    #expect(kept.tests.map(\.key) == expected.map(\.key) && kept.tests.map(\.period) == expected.map(\.period))
    #expect(kept.tests.map(\.qValue.bitPattern) == expected.map(\.qValue.bitPattern))
    #expect(kept.tests.map(\.rate.bitPattern) == expected.map(\.rate.bitPattern))
  }
}
