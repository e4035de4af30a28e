import Assessment
import CommunitySafety
import Ingest
import ModelFiles
import RiskRanking
import Testing
import TimeSeries

@testable import Scorecard

/// The year looked back on, as the assessor makes both ends of it.
@Suite struct AnnualReviewTests {
  /// Steady counts from 2016 on; in the financial year 2024/25 robbery in Oxford doubles and burglary there is halved.
  private static var data: IngestedData {
    var random = SeededCounts(seed: 33)
    return scorecardData(months: 120, measures: ["Burglary", "Robbery", "Shoplifting"]) { area, measure, month in
      let isYear = (99..<111).contains(month) && area == "Oxford"
      let factor = isYear && measure == "Robbery" ? 2 : isYear && measure == "Burglary" ? 0.5 : 1.0
      return random.draw(mean: 60 * factor, scatter: 1.2)
    }
  }

  private static let priorities = """
    partnerships:
      - csp: Oxford City
        priorities:
          - {name: Was one all year, measures: [Robbery], status: current, from: 2023-04-01}
          - {name: Has no day, measures: [Burglary]}
          - {name: Both ways, measures: [Burglary, Robbery], from: 2024-09-01}
          - {name: Of nothing counted, measures: []}
          - {name: Came afterwards, measures: [Robbery], from: 2025-04-01}
          - {name: Is only proposed, measures: [Robbery], status: proposed}
          - {name: Is closed, measures: [Robbery], status: closed}
      - csp: Nowhere near
        priorities:
          - {name: Of a place the data has not, measures: [Robbery]}

    """

  private static let made = Task {
    let files: [ModelFile: String] = [.priorities: priorities.replacing("csp: Nowhere near", with: "csp: Exeter")]
    let (now, windows) = try await scorecardAssessment(
      data, quarter: ReportingQuarter(year: 2024, number: 4), files: files)
    let (then, _) = try await scorecardAssessment(data, quarter: ReportingQuarter(year: 2023, number: 4), files: files)
    return AnnualReview(try await Scorecard(now, windows: windows), now: now, then: then)
  }

  /// Judged is what was a priority in the year, of the partnerships of the data, and by what happened to its figures.
  @Test func onlyThePrioritiesOfTheYearAreJudged() async throws {
    let review = try await Self.made.value
    #expect(review.yearName == "2024/25" && review.periods == Period.month(2024, 4)...Period.month(2025, 3))
    #expect(
      review.priorities.map(\.priority.name) == [
        "Was one all year", "Has no day", "Both ways", "Of nothing counted",
      ])
    #expect(review.priorities.map(\.outcome) == [.worse, .better, .mixed, .unknown])
    #expect(review.priorities.allSatisfy { $0.partnership == "Oxford City" })
  }

  /// A forecast is of the year before it began: of what doubled and what was halved it is said that they did not come as foreseen, and
  /// on which side.
  @Test func forecastsAreScoredAgainstWhatCame() async throws {
    let review = try await Self.made.value
    let found = Dictionary(
      review.scored.map { ("\($0.series.area.name)|\($0.series.label)", $0) }, uniquingKeysWith: { first, _ in first })
    let robbery = try #require(found["Oxford|Robbery"])
    #expect(!robbery.isHit && robbery.isAbove && robbery.rose)
    let burglary = try #require(found["Oxford|Burglary"])
    #expect(!burglary.isHit && !burglary.isAbove)
    let observed = try #require(Self.data.panel[SeriesKey(area: "Oxford", measure: "Robbery")])
    #expect(robbery.actual == (0..<12).reduce(0) { $0 + (observed[.month(2024, 4) + $1] ?? .nan) })
    #expect(robbery.outlook.lastYear == (0..<12).reduce(0) { $0 + (observed[.month(2023, 4) + $1] ?? .nan) })
    let steady = review.scored.filter { $0.series.label == "Shoplifting" }
    #expect(steady.count >= 4 && steady.count(where: \.isHit) >= steady.count - 2)
  }
}
