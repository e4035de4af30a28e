import Assessment
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
}
