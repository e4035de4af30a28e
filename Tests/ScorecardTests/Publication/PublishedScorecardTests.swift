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
