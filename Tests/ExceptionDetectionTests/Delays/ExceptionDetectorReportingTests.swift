import NumericCore
import TimeSeries
import Testing

@testable import ExceptionDetection

struct ExceptionDetectorReportingTests {
  /// Complete series whose last month has been thinned to 60 %.
  private func late(_ count: Int) -> [Series] {
    (0..<count).map { index in
      let base = ExceptionDetectorTests.simulated("late \(index)", level: 60, seed: 51)
      var random = RandomSource(seed: 52, stream: "\(index)")
      let known = random.betaBinomial(trials: base.values[95], mean: 0.6, size: .infinity)
      return base.replacing(values: base.values.dropLast() + [known])
    }
  }

  private func run(_ series: [Series], _ share: Completeness?, caution: Int = 0, last: Int = 1) async throws
    -> [PeriodTest]
  {
    var detector = ExceptionDetector(last: last, threads: 2)
    detector.caution = caution
    if let share {
      detector.completeness = ReportingCompleteness(
        Dictionary(uniqueKeysWithValues: series.map { ($0.key.area, [ExceptionDetectorTests.start + 95: share]) }))
    }
    return try await detector.run(ExceptionDetectorTests.panel(series))
  }

  @Test func unfinishedMonthsAreNoDrops() async throws {
    let series = late(80)
    let naive = try await run(series, nil)
    let allowed = try await run(series, Completeness(share: 0.6, logVariance: 0.001))
    #expect(naive.count { $0.pLow < 0.1 } > 60)
    // 8 of 80 expected; three standard errors are 8.
    #expect(allowed.count { $0.pLow < 0.1 } <= 16 && allowed.count { $0.pValue < 0.1 } <= 16)
    for (a, b) in zip(naive, allowed) {
      #expect(abs(b.expected / a.expected - 0.6) < 1e-9)
      #expect(b.reporting == .expected(share: 0.6) && a.reporting == .complete)
    }
  }

  @Test func aRealRiseIsSeenBeforeAllIsReported() async throws {
    let series = late(40).map { s in s.replacing(values: s.values.dropLast() + [(s.values[95] * 2.2).rounded()]) }
    let naive = try await run(series, nil)
    let allowed = try await run(series, Completeness(share: 0.6, logVariance: 0.001))
    #expect(allowed.count { $0.flagged } > 30)
    #expect(naive.count { $0.flagged } < 20)
  }

  @Test func uncertaintyOfTheShareWidensTheRange() async throws {
    let series = late(1).map { s in s.replacing(values: s.values.dropLast() + [(s.values[95] * 1.5).rounded()]) }
    let sure = try await run(series, Completeness(share: 0.6, logVariance: 0))[0]
    let unsure = try await run(series, Completeness(share: 0.6, logVariance: 0.05))[0]
    #expect(unsure.upper > sure.upper && unsure.lower < sure.lower && unsure.expected == sure.expected)
    #expect(unsure.pValue > sure.pValue && sure.pValue < 0.1)
  }

  @Test func cautionMarksTheNewestAndSaysSo() async throws {
    let tests = try await run(late(1), nil, caution: 2, last: 4)
    #expect(tests.map(\.reporting) == [.complete, .complete, .caution, .caution])
    let text = tests[3].explanation(label: "Theft", area: "A").text
    #expect(text.hasSuffix("so that a low figure may be an unfinished one."))
    #expect(!tests[1].explanation(label: "Theft", area: "A").text.contains("unfinished"))
    let nowcast = try await run(late(1), Completeness(share: 0.6, logVariance: 0.01), caution: 2)[0]
    #expect(nowcast.reporting == .expected(share: 0.6))
    #expect(nowcast.explanation(label: "Theft", area: "A").text.contains("about 60 % of its reports had arrived"))
    #expect(PeriodTest.Reporting.caution.word == "may rise" && PeriodTest.Reporting.complete.word == "")
  }
}
