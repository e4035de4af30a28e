import Assessment
import ExceptionDetection
import CommunitySafety
import RiskRanking
import Testing

@testable import Reporting

/// Which risk page one names, from risks ranked as the assessor ranks them.
@Suite struct PackContextTests {
  private func risk(_ area: String, lastYear: Double, median: Double, rise: Double, fall: Double) -> Risk {
    let measure = Measure(name: "Burglary", polarity: .lowerIsBetter, isCrime: true)
    return Risk(
      area: Area(name: area, level: .csp), measure: measure,
      evidence: RiskEvidence(
        measure: measure.id, kind: .count, polarity: .lowerIsBetter, isKnown: true,
        outlook: .given(lastYear: lastYear, median: median, rise: rise, fall: fall),
        past: PastComparison(lastYear: lastYear, lastYearPeriods: 12, yearBefore: nil, twoYearsBefore: nil),
        confidence: Confidence(rating: .high, reasons: []), harmPerOffence: nil, doubts: []))
  }

  private func context(_ risks: [Risk]) async throws -> PackContext {
    PackContext(try await SyntheticAssessment.standard.value.with(ranked(risks)), version: "0")
  }

  /// A large place of which a rise is no more than possible ranks above a small one that is likely to get worse.
  private var large: Risk { risk("Oxford City", lastYear: 3000, median: 3600, rise: 0.4, fall: 0.1) }
  private var likely: Risk { risk("Cherwell", lastYear: 500, median: 600, rise: 0.8, fall: 0.02) }
  private var better: Risk { risk("West Oxfordshire", lastYear: 400, median: 300, rise: 0.02, fall: 0.8) }

  @Test func theEmergingRiskIsTheFirstThatIsLikely() async throws {
    let context = try await context([likely, better, large])
    #expect(context.topRisks.map(\.area.name) == ["Oxford City", "Cherwell", "West Oxfordshire"])
    #expect(context.emerging?.area.name == "Cherwell")
    #expect(context.improvement?.area.name == "West Oxfordshire")
  }

  @Test func whereNoneIsLikelyItIsTheFirst() async throws {
    let context = try await context([better, large])
    #expect(context.emerging?.area.name == "Oxford City")
  }

  @Test func whatIsExpectedToImproveIsNoEmergingRisk() async throws {
    let context = try await context([better])
    #expect(context.emerging == nil && context.improvement?.area.name == "West Oxfordshire")
  }

  /// Nothing that was not judged is called ordinary.
  @Test func noVerdictIsNotNothingUnusual() async throws {
    let assessment = try await SyntheticAssessment.standard.value
    let context = PackContext(assessment, version: "0")
    let judged = try #require(assessment.tests.first { $0.kind == .expected })
    let untested = PeriodTest(
      key: judged.key, period: judged.period, observed: nil, expected: .nan, lower: .nan, upper: .nan, pValue: .nan,
      pLow: .nan, qValue: .nan, qLow: .nan, kind: .notTested, flagged: false, baseline: nil, reason: "no value")
    #expect(context.nothingExceptional("Nothing.", among: [judged]).source == "Nothing.")
    #expect(
      context.nothingExceptional("Nothing.", among: [judged, untested]).source.hasPrefix(
        "Nothing. 1 of 2 could not be judged"))
    for tests in [[], [untested]] {
      let text = context.nothingExceptional("Nothing.", among: tests).source
      #expect(!text.contains("Nothing.") && text.contains("None of these figures could be judged"))
    }
  }
}
