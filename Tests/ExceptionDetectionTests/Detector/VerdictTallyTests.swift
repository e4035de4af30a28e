import Testing
import TimeSeries

@testable import ExceptionDetection

/// What was not judged is told of beside what was, with the reason of most.
@Suite struct VerdictTallyTests {
  private func test(_ reason: String?, _ offset: Int = 0) -> PeriodTest {
    PeriodTest(
      key: SeriesKey(uniqueID: "a"), period: .month(2024, 1) + offset, observed: 1, expected: 1, lower: 0, upper: 2,
      pValue: 0.5, pLow: 0.5, qValue: 0.5, qLow: 0.5, kind: reason == nil ? .expected : .notTested, flagged: false,
      baseline: nil, reason: reason)
  }

  @Test func reasonsAreCountedAndOrdered() {
    let tally = VerdictTally([nil, "b", "c", "b", nil, nil].map { test($0) })
    #expect(tally.judged == 3 && tally.unjudged == 3 && tally.total == 6)
    #expect(tally.ordered.map(\.reason) == ["b", "c"] && tally.ordered.map(\.periods) == [2, 1])
    #expect(tally.because == "mostly because b")
    // Of reasons that concern as many none is most.
    #expect(VerdictTally(["b", "c"].map { test($0) }).because == "because b, and for other reasons")
    #expect(VerdictTally(["c", "c"].map { test($0) }).because == "because c")
    #expect(VerdictTally([test(nil)]).because == nil && VerdictTally().total == 0)
  }

  /// The tally of verdicts that are not kept is that of all, shares among them.
  @Test func nothingIsCountedTwiceOrLeftOut() async throws {
    let start = Period.month(2018, 1)
    let series = [
      Series(
        key: SeriesKey(area: "A", measure: "Burglary"), start: start, values: (0..<72).map { Double(20 + $0 % 5) }),
      Series(key: SeriesKey(area: "B", measure: "Burglary"), start: start + 60, values: (0..<12).map { Double($0) }),
      Series(
        key: SeriesKey(area: "A", measure: "Detected"), start: start,
        values: (0..<72).map { Double(20 + $0 % 5) / 100 },
        kind: .proportion, denominators: [Double](repeating: 100, count: 72)),
    ]
    let panel = Panel(frequency: .monthly, style: .yearMonth, series: series)
    let detector = ExceptionDetector(last: 2)
    let all = try await detector.run(panel)
    let (kept, tally) = try await detector.run(panel, keeping: \.standsOut)
    #expect(tally == VerdictTally(all) && tally.total == 6 && tally.judged == 4)
    #expect(kept.map(\.period) == all.filter(\.standsOut).map(\.period))
  }
}
