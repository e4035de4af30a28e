import Assessment
import ExceptionDetection
import Foundation
import Tables
import Testing
import TimeSeries

@testable import Reporting

/// What JSON holds behind the words of a verdict or of an event, as programs read it.
@Suite struct EvidenceRecordTests {
  private func rows(_ sheet: Sheet) throws -> [[String: Any]] {
    try JSONSerialization.jsonObject(with: Data(try sheet.rendered(as: .json))) as? [[String: Any]] ?? []
  }

  private func evidence(_ assessment: StrategicAssessment) throws -> EvidenceMaker {
    let last = try #require(assessment.span?.upperBound)
    return { test, rate in
      let series = assessment.series(test.key)
      return Evidence(
        test, alpha: assessment.configuration.alpha, rate: rate, series: series?.observed,
        interventions: series?.interventions ?? [], last: last)
    }
  }

  private func close(_ a: Double?, _ b: Double?) -> Bool {
    guard let a, let b else { return a == nil && b == nil }
    return abs(a - b) <= 1e-5 * max(1, abs(b))
  }

  /// The figures behind a verdict are those of its row; what is not known is left out.
  @Test func aVerdictsEvidenceHasTheFiguresOfItsRow() async throws {
    let assessment = try await SyntheticAssessment.standard.value
    let make = try evidence(assessment)
    var columns = ExceptionColumns()
    (columns.filters, columns.explains) = (true, true)
    columns.evidence = { make($0.test, $0.rate) }
    let judged = assessment.tests.map { JudgedPeriod($0, rate: $0.rate) }
    let rows = try rows(.exceptions(judged, style: .yearMonth, columns: columns))
    #expect(rows.count == judged.count && judged.contains { $0.test.kind == .spike })
    for (row, judged) in zip(rows, judged) {
      let (test, record) = (judged.test, try #require(row["explanation"] as? [String: Any]))
      for name in ["observed", "expected", "lower", "upper", "p_value", "q_value", "fdr"] {
        #expect(close(record[name] as? Double, row[name] as? Double), "\(name)")
      }
      #expect(record["period"] as? String == row["ds"] as? String && record["kind"] as? String == test.kind.rawValue)
      #expect((record["sentences"] as? [String])?.joined(separator: " ") == record["text"] as? String)
      #expect(close(record["excess"] as? Double, test.excess))
      let (baseline, window) = (record["baseline"] as? [String: Any], record["window"] as? [String: Any])
      #expect((baseline == nil) == (test.baseline == nil) && (window == nil) == (test.window == nil))
      #expect((record["reason"] as? String == nil) == (test.kind != .notTested))
      if let baseline, let used = test.baseline {
        #expect(baseline["periods_used"] as? Int == used.periods)
        #expect(baseline["through"] as? String == PeriodStyle.yearMonth.format(used.span.upperBound))
        #expect((baseline["size"] == nil) == used.size.isInfinite, "none is Poisson")
      }
      if let window, let found = test.window {
        #expect(
          window["from"] as? String == PeriodStyle.yearMonth.format(test.period - (found.periods - 1))
            && window["periods"] as? Int == found.periods)
      }
    }
  }

  /// A break that bears on a verdict has both its ends; one that lasts has no last period.
  @Test func knownBreaksAreNamedWithTheirDates() async throws {
    let test = try #require(try await SyntheticAssessment.standard.value.tests.first { $0.kind == .spike })
    let evidence = Evidence(
      test, alpha: 0.01, series: nil,
      interventions: [
        Intervention(start: test.period - 3, effect: .step, kind: .recordingChange, note: "new rules"),
        Intervention(
          start: test.period - 8, effect: .window(through: test.period - 6), kind: .covidRestriction, note: "closed"),
      ], last: test.period)
    var columns = ExceptionColumns()
    columns.explains = true
    columns.evidence = { _ in evidence }
    let row = try #require(try rows(.exceptions([JudgedPeriod(test)], style: .yearMonth, columns: columns)).first)
    let breaks = try #require((row["explanation"] as? [String: Any])?["known_breaks"] as? [[String: Any]])
    #expect(
      breaks.map { $0["from"] as? String } == [8, 3].map { PeriodStyle.yearMonth.format(test.period - $0) })
    #expect(breaks[0]["through"] as? String == PeriodStyle.yearMonth.format(test.period - 6))
    #expect(breaks[1]["through"] == nil && (breaks[1]["label"] as? String)?.contains("new rules") == true)
  }

  /// An event of all areas is the sum of what each adds, and names the areas' own events told within it.
  @Test func anEventsContributionsAddUp() async throws {
    let assessment = try await Self.shared.value
    let stories = assessment.stories
    let make = try evidence(assessment)
    #expect(stories.contains { $0.isWide && !$0.within.isEmpty })
    let rows = try rows(.stories(stories, style: .yearMonth, explain: true, evidence: make))
    #expect(rows.count == stories.count)
    for (row, story) in zip(rows, stories) {
      let parts = try #require(row["contributions"] as? [[String: Any]])
      #expect(parts.isEmpty == !story.isWide)
      if story.isWide {
        let sum = parts.compactMap { $0["excess"] as? Double }.reduce(0, +)
        #expect(abs(sum - story.contributions.reduce(0) { $0 + $1.excess }) < 1e-3 * max(1, abs(sum)))
        #expect(Set(parts.compactMap { $0["area"] as? String }).count == story.contributions.count)
      }
      for part in parts {
        let (observed, expected) = (part["observed"] as? Double, part["expected"] as? Double)
        let excess = try #require(part["excess"] as? Double)
        #expect(abs(try #require(observed) - (try #require(expected)) - excess) < 1e-3 * max(1, abs(excess)))
      }
      let within = try #require(row["within"] as? [[String: Any]])
      #expect(within.compactMap { $0["unique_id"] as? String } == story.within.map(\.key.uniqueID))
      for part in within {
        let times = ["onset", "opened", "last"].compactMap { part[$0] as? String }
        #expect(times.count == 3 && times[0] <= times[1] && times[1] <= times[2])
      }
      #expect((row["explanation"] as? [String: Any])?["period"] as? String == row["opened"] as? String)
      #expect((row["latest"] as? [String: Any])?["period"] as? String == row["last"] as? String)
      #expect((row["sentences"] as? [String])?.count == 2)
    }
  }

  /// Without evidence JSON has the words alone, and CSV never has more.
  @Test func withoutEvidenceThereAreWordsOnly() async throws {
    let assessment = try await Self.shared.value
    let plain = try rows(.stories(assessment.stories, style: .yearMonth, explain: true))
    #expect(plain.allSatisfy { $0["explanation"] is String && $0["within"] == nil })
    let make = try evidence(assessment)
    let bare = try Sheet.stories(assessment.stories, style: .yearMonth).rendered(as: .csv)
    #expect(try Sheet.stories(assessment.stories, style: .yearMonth, evidence: make).rendered(as: .csv) == bare)
  }

  /// Shoplifting doubles in the last two months in every district.
  private static let shared = Task {
    var synthetic = SyntheticAssessment()
    synthetic.missing = []
    synthetic.months = 60
    synthetic.configure = { $0.pathCount = 20 }
    synthetic.change = { series in
      guard series.key.measure == "Shoplifting" else { return series }
      return series.replacing(
        values: series.values.enumerated().map { i, value in i >= series.count - 2 ? (2 * value).rounded() : value })
    }
    return try await synthetic.build()
  }
}
