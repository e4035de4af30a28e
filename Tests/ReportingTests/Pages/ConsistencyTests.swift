import Assessment
import CommunitySafety
import Foundation
import RiskRanking
import Tables
import Testing
import TimeSeries
import Wording

@testable import Reporting

/// One number, wherever it is shown.
@Suite struct ConsistencyTests {
  @Test func theSheetHoldsTheForecastThatThePageShows() async throws {
    let assessment = try await SyntheticAssessment.standard.value
    let context = PackContext(assessment, version: "0")
    let file = PageShell(context: context).file(IndexPage(context: context).page())
    let rows = String(decoding: file.contents, as: UTF8.self).split(separator: "<tr role=\"row\" id=\"priority-")
      .dropFirst()
      .map { $0.prefix(through: $0.range(of: "</tr>")?.lowerBound ?? $0.startIndex) }
    let sheet = String(
      decoding: try Sheet.priorities(context.topRisks, frequency: .monthly).rendered(as: .csv), as: UTF8.self
    )
    .split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    let column = try #require(sheet[0].firstIndex(of: "forecast_12_mean"))
    #expect(rows.count == context.topRisks.count && sheet.count == rows.count + 1)
    for (row, line) in zip(rows, sheet.dropFirst()) {
      guard let forecast = Double(line[column]) else { continue }
      // The file has a whole number, the page rounds the mean itself.
      let printed = [-0.5, 0, 0.499].map { ">\(Wording.foreseen(forecast + $0))<" }
      #expect(printed.contains(where: row.contains), "\(row)")
    }
  }

  @Test func theSentenceIsTheDifferenceOfTheTable() async throws {
    let assessment = try await SyntheticAssessment.standard.value
    for risk in assessment.risks {
      guard let outlook = risk.outlook, !risk.isTooFew else { continue }
      let words = try #require(
        RiskWords(risk: risk, periods: PeriodText(frequency: .monthly)).expectedChange)
      // What a reader gets who subtracts the numbers that are printed; nothing where rounding alone makes it.
      let difference = RealisticNumber.count(outlook.mean) - outlook.lastYear.rounded()
      let isLost = (outlook.mean - outlook.lastYear).magnitude * 2 < RealisticNumber.step(at: outlook.mean)
      #expect(
        isLost
          ? words.contains("as many as") : difference == 0 || words.contains(Wording.count(difference.magnitude)),
        "\(words)")
    }
  }

  @Test(arguments: [Confidence.Rating.low, .moderate, .high], [0.1, 0.55, 0.8])
  func theAdviceDoesNotContradictTheChance(rating: Confidence.Rating, rise: Double) throws {
    let outlook = Outlook.given(
      lastYear: 100, median: 100 + 40 * rise, lower80: 90, upper80: 160, rise: rise, fall: 0.05)
    let measure = Measure(name: "Burglary", polarity: .lowerIsBetter, isCrime: true)
    let confidence = Confidence(rating: rating, reasons: [])
    for priority in [nil, LocalPriorities.Priority(name: "Burglary", measures: [measure.id])] {
      let risk = Risk(
        area: Area(name: "A", level: .csp), measure: measure,
        evidence: RiskEvidence(
          measure: measure.id, kind: .count, polarity: .lowerIsBetter, isKnown: true, outlook: outlook,
          past: PastComparison(lastYear: 100, lastYearPeriods: 12, yearBefore: nil, twoYearsBefore: nil),
          confidence: confidence, harmPerOffence: nil, doubts: []), priority: priority)
      let words = RiskWords(risk: risk, periods: PeriodText(frequency: .monthly)).recommendation
      #expect(words.contains("likely to get worse") == (rise >= 0.5), "\(words)")
      #expect(words.contains("No large change is likely") == (rise < 0.5), "\(words)")
    }
  }

  /// A partnership of one district is judged as the district; each of its exceptions is shown once, and says both names.
  @Test func exceptionsOfAPartnershipOfOneDistrictAreShown() async throws {
    let assessment = try await SyntheticAssessment.standard.value
    let context = PackContext(assessment, version: "0")
    let flagged = assessment.tests.filter { context.isShown($0) && $0.key.area == "Oxford" }.count
    #expect(flagged > 0)
    #expect(context.shownTests.count { context.displayName($0.key.area) == "Oxford City" } == flagged)
    #expect(Set(context.shownTests.map { context.place($0.key.area).full }).contains("Oxford City (district Oxford)"))
  }
}
