import NumericCore
import TimeSeries
import Testing

@testable import ExceptionDetection

struct DetectabilityTests {
  private func panel(_ level: Double, count: Int, rise: Double = 0, last: Int = 0) -> Panel {
    let series = (0..<count).map { index -> Series in
      var random = RandomSource(seed: 90, stream: "\(level) \(index)")
      let values = (0..<120).map { t -> Double in
        let mean = level * exponential(0.1 * cosine(2 * .pi * Double(t) / 12)) + (t >= 120 - last ? rise : 0)
        return random.negativeBinomial(mean: mean, size: level / 0.4)
      }
      return Series(key: SeriesKey(area: "\(index)", measure: nil), start: .month(2014, 1), values: values)
    }
    return Panel(frequency: .monthly, style: .yearMonth, series: series)
  }

  /// The rises said to be found with 80 % probability, added to fresh counts and put through the real detector.
  @Test(arguments: [1.5, 25.0, 400])
  func aRiseOfThatSizeIsFoundAsOftenByTheRealDetector(level: Double) async throws {
    let estimator = DetectabilityEstimator(ExceptionDetector(threads: 2), draws: 150)
    let results = try await estimator.run(panel(level, count: 12))
    for within in [1, 3, 6] {
      let rises = results.compactMap { $0.rises.first { $0.within == within }?.count }.sorted()
      #expect(rises.count == 12)
      let typical = rises.reduce(0, +) / Double(rises.count)
      let count = 150
      let risen = panel(level, count: count, rise: typical, last: within)
      let tests = try await ExceptionDetector(last: within, threads: 2).run(risen)
      let found = Dictionary(grouping: tests, by: \.key).count { $0.value.contains(where: \.flagged) }
      // Three standard errors of 150 series at 0.8, and the spread of the twelve estimates.
      #expect(abs(Double(found) / Double(count) - 0.8) < 0.12, "level \(level), within \(within): \(found) of \(count)")
    }
  }

  @Test func aLongerWatchFindsSmallerRises() async throws {
    let result = try #require(
      try await DetectabilityEstimator(ExceptionDetector(), draws: 100).run(panel(30, count: 1)).first)
    let rises = result.rises.map { $0.count ?? .nan }
    #expect(rises.count == 3 && rises[0] > rises[1] && rises[1] > rises[2] && rises[2] > 0)
    #expect(abs((result.rises[0].percent ?? 0) - 100 * rises[0] / result.rises[0].expected) < 1e-9)
    let again = try await DetectabilityEstimator(ExceptionDetector(threads: 3), draws: 100).run(panel(30, count: 1))
    #expect(again[0].rises == result.rises)
  }

  @Test func whatCannotBeJudgedHasAReason() async throws {
    let short = Series(key: SeriesKey(area: "short", measure: nil), start: .month(2020, 1), values: [1, 2, 3])
    let zeros = Series(
      key: SeriesKey(area: "zeros", measure: nil), start: .month(2014, 1), values: [Double](repeating: 0, count: 80))
    let results = try await DetectabilityEstimator(ExceptionDetector(), draws: 50).run(
      Panel(frequency: .monthly, style: .yearMonth, series: [short, zeros]))
    #expect(results[0].rises.isEmpty && results[0].reason != nil)
    #expect(results[1].rises.count == 3 && (results[1].rises[0].count ?? 0) > 0)
  }

  @Test func poissonQuantilesAreThoseOfTheDistribution() {
    for mean in [0.01, 0.7, 6, 39, 41, 300, 9000.0] {
      for u in [0.001, 0.02, 0.3, 0.5, 0.8, 0.99, 0.9999] {
        let exact = NegativeBinomial(mean: mean, size: .infinity).quantile(u)
        #expect(abs(poissonQuantile(u, Normal.quantile(u), mean: mean) - exact) <= (mean < 40 ? 0 : 1))
      }
    }
  }
}
