import Assessment
import CommunitySafety
import Testing
import TimeSeries

@testable import Scorecard

@Suite struct PublishedScorecardTests {
  /// Robbery is small in one district, everything else is not.
  private static let made = Task {
    var random = SeededCounts(seed: 21)
    let data = scorecardData(months: 120, measures: ["Burglary", "Robbery", "Vehicle crime"]) { area, measure, _ in
      random.draw(mean: measure == "Robbery" && area == "Vale of White Horse" ? 1 : 60, scatter: 1.2)
    }
    let quarters = try #require(data.byQuarter)
    let (assessment, windows) = try await scorecardAssessment(quarters)
    let whole = try await Scorecard(assessment, windows: windows)
    return (whole: whole, published: whole.published(assessment))
  }

  @Test func aSmallFigureGoesWithItsBrothersAndAPartner() async throws {
    let (whole, published) = try await Self.made.value
    let gone = Set(published.withheld.map { "\($0.area.name): \($0.measure.label)" })
    #expect(gone.contains("Vale of White Horse: Robbery") && gone.contains("South Oxfordshire: Robbery"))
    // Serious acquisitive crime is the sum of the three: without a second one gone the rest would tell.
    #expect(gone.contains { $0.hasPrefix("Vale of White Horse: ") && $0 != "Vale of White Horse: Robbery" })
    #expect(published.rows.count + published.withheld.count == whole.rows.count)
    let county = published.rows.filter { $0.area.level == .whole }.map(\.measure.name)
    #expect(county.contains("Robbery") && county.contains("Burglary"))
    #expect(published.withheld.allSatisfy { $0.reason == .small })
  }

  /// Only one district has such a series, of 3 a quarter: everything that it is a part of has the same 3.
  @Test func aMeasureOfOneDistrictIsSmallWhereverItIsAPart() async throws {
    var random = SeededCounts(seed: 22)
    let data = scorecardData(
      months: 120, measures: ["Burglary", "Robbery", "Shoplifting"],
      lacks: { $1 == "Robbery" && $0 != "Vale of White Horse" }
    ) { _, measure, _ in
      measure == "Robbery" ? 1 : random.draw(mean: 60, scatter: 1.2)
    }
    let quarters = try #require(data.byQuarter)
    let (assessment, windows) = try await scorecardAssessment(quarters)
    let whole = try await Scorecard(assessment, windows: windows)
    #expect(whole.rows.count { $0.measure.name == "Robbery" } > 1)
    let published = whole.published(assessment)
    #expect(!published.rows.contains { $0.measure.name == "Robbery" })
    for row in published.rows where row.measure.kind == .count {
      #expect(row.series.observed.values.allSatisfy { $0.isNaN || $0 >= 5 }, "\(row.series.observed.key)")
    }
    // What is large and gives nothing away is published.
    #expect(published.rows.contains { $0.measure.name == "Shoplifting" && $0.area.level == .whole })
  }

  /// What the table of counts has not cannot be protected by it: a row that no node of the hierarchy is, is withheld.
  @Test func aRowOutsideTheHierarchyIsWithheld() async throws {
    let whole = try await Self.made.value.whole
    let other = scorecardData(months: 120, measures: ["Arson"]) { _, _, _ in 60 }
    let (assessment, _) = try await scorecardAssessment(try #require(other.byQuarter))
    #expect(whole.published(assessment).rows.isEmpty)
    #expect(whole.published(assessment).withheld.count == whole.rows.count)
  }

  @Test func aTargetOfWhatIsWithheldIsSaidToBe() async throws {
    let data = scorecardData(months: 120, measures: ["Burglary", "Robbery"]) { _, measure, _ in
      measure == "Robbery" ? 1 : 60
    }
    let (assessment, windows) = try await scorecardAssessment(try #require(data.byQuarter), draws: true)
    let goals = ["Burglary", "Robbery"].map { measure in
      MeasureGoal(
        measure: measure, area: measure == "Robbery" ? "Oxford" : nil, figure: .count, side: .atMost, value: 10,
        baseline: nil, months: Period.month(2025, 4).ordinal...Period.month(2026, 3).ordinal, by: "2025/26",
        wording: "", line: 1)
    }
    let whole = try await Scorecard(assessment, windows: windows, goals: goals)
    let published = whole.published(assessment)
    #expect(whole.withheldGoals == 0 && published.goals.map(\.goal.measure) == ["Burglary"])
    #expect(published.withheldGoals == 1)
  }

  @Test func nothingUnderFiveIsLeftInAnyQuarter() async throws {
    let published = try await Self.made.value.published
    for row in published.rows where row.measure.kind == .count {
      #expect(row.series.observed.values.allSatisfy { $0.isNaN || $0 >= 5 }, "\(row.series.observed.key)")
    }
  }

  @Test func findingsAndTargetsAreOfWhatIsShown() async throws {
    let published = try await Self.made.value.published
    let shown = Set(published.rows.map(\.series.observed.key))
    #expect(published.findings.allSatisfy { $0.rows.allSatisfy { shown.contains($0.series.observed.key) } })
    #expect(published.tally.judged + published.tally.notJudged == published.rows.count)
    #expect(published.withoutData.allSatisfy { ($0.registration.sharing ?? .public) == .public })
  }
}
