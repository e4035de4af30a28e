import Assessment
import CommunitySafety
import Diagnostics
import Foundation
import Testing
import TimeSeries

@testable import Scorecard

@Suite struct ScorecardTests {
  /// Burglary doubles in Oxford in its last year, robbery has one bad month, the rest is steady.
  private static let planted = Task {
    var random = SeededCounts(seed: 5)
    let data = scorecardData(months: 120, measures: ["Burglary", "Robbery", "Shoplifting"]) { area, measure, month in
      var mean = area == "Oxford" ? 60.0 : 40
      if area == "Oxford", measure == "Burglary", month >= 108 { mean *= 2 }
      if area == "Vale of White Horse", measure == "Robbery", month == 118 { mean *= 3 }
      return random.draw(mean: mean, scatter: 1.2)
    }
    let (assessment, windows) = try await scorecardAssessment(data)
    return try await Scorecard(assessment, windows: windows)
  }

  @Test func pageOneHasWhatWasPlantedAndSaysWhatStayedOrdinary() async throws {
    let card = try await Self.planted.value
    #expect(card.windows.quarter.name == "2025/26-Q3" && card.windows.isComplete)
    let burglary = try #require(card.findings.first { $0.measure.name == "Burglary" })
    let oxford = try #require(burglary.rows.first { $0.area.name == "Oxford" })
    #expect(oxford.direction.way == .up && oxford.isDirectionExceptional && oxford.isForTheWorse == true)
    let robbery = try #require(card.findings.first { $0.measure.name == "Robbery" })
    #expect(robbery.rows.contains { row in row.exceptions.contains { $0.period == .month(2025, 11) } })
    let tally = card.tally
    #expect(tally.judged == tally.exceptions + tally.clearOnly + tally.ordinary)
    #expect(tally.ordinary > 0 && tally.judged + tally.notJudged == card.rows.count)
    #expect(card.rows.filter(\.isException).count == card.findings.reduce(0) { $0 + $1.rows.count })
  }

  /// The windows of a row add up: the last year is its quarters, and places are those of the total.
  @Test func windowsAndPlacesAddUp() async throws {
    let card = try await Self.planted.value
    let all = card.rows.filter { $0.measure.name == "Shoplifting" }
    let whole = try #require(all.first { $0.area.level == .whole })
    let districts = all.filter { ["Oxford", "South Oxfordshire", "Vale of White Horse"].contains($0.area.name) }
    #expect(districts.count == 3)
    for part in [\ScorecardRow.quarter, \.year] {
      let total = try #require(whole[keyPath: part]).later.recorded
      #expect(try districts.reduce(0) { try $0 + #require($1[keyPath: part]).later.recorded } == total)
    }
    #expect(whole.quarterOnYear?.later.recorded == whole.quarter?.later.recorded)
    // A partnership of one district is a place once.
    #expect(!all.contains { $0.area.name == "Oxford City" })
  }

  @Test func theDirectionIsThatOfItsComparison() async throws {
    let card = try await Self.planted.value
    for row in card.rows where row.direction.way == .up || row.direction.way == .down {
      let levels = try #require(row.comparison).comparedLevels
      #expect((levels.later > levels.earlier) == (row.direction.way == .up))
      #expect(row.direction.probability < 0.01)
    }
  }

  /// One and two years back only two months are known: the comparison that skips a year goes where the direction goes, three back.
  @Test func theYearThatSkipsIsChosenAsTheDirectionsIs() async throws {
    var random = SeededCounts(seed: 15)
    let data = scorecardData(months: 120, measures: ["Burglary"]) { _, _, month in
      (84..<108).contains(month) && month % 12 < 10 ? .nan : random.draw(mean: 50, scatter: 1.2)
    }
    let (assessment, windows) = try await scorecardAssessment(data)
    let card = try await Scorecard(assessment, windows: windows)
    let row = try #require(card.rows.first { $0.area.name == "Oxford" })
    #expect(row.direction.yearsBack == 3 && row.skipping == row.direction.comparison)
  }

  @Test func measuresWithoutDataAreNamedWithTheirOwner() async throws {
    let card = try await Self.planted.value
    let names = card.withoutData.map(\.name)
    #expect(names.contains("Drug treatment completions") && names.contains("Vehicle crime"))
    #expect(!names.contains("Burglary") && !names.contains("Violent crime"))
    #expect(card.withoutData.allSatisfy { $0.registration.owner != nil })
  }

  @Test func aQuarterThatIsNotOverIsComparedLikeForLike() async throws {
    let data = scorecardData(months: 119, measures: ["Burglary"]) { _, _, month in month % 12 == 11 ? 1000 : 50 }
    let quarter = ReportingQuarter(year: 2025, number: 3)
    let (assessment, windows) = try await scorecardAssessment(data, quarter: quarter)
    #expect(!windows.isComplete && windows.known == .month(2025, 10) ... .month(2025, 11))
    let card = try await Scorecard(assessment, windows: windows)
    let row = try #require(card.rows.first { $0.area.level == .whole && $0.measure.name == "Burglary" })
    #expect(row.quarter?.later.recorded == 300 && row.quarterOnYear?.earlier.recorded == 300)
    #expect(row.yearToDate?.earlier.recorded == 1200)
    // Without the quarter asked for it is the last that is over.
    #expect(try ScorecardWindows(nil, of: #require(data.panel.span)).quarter.name == "2025/26-Q2")
  }

  @Test func aQuarterBeyondTheDataIsAnError() throws {
    let span = Period.month(2020, 1) ... .month(2021, 6)
    #expect(throws: HorizonError.self) { try ScorecardWindows(ReportingQuarter(year: 2025, number: 1), of: span) }
    #expect(throws: HorizonError.self) { try ScorecardWindows(ReportingQuarter(year: 2010, number: 1), of: span) }
    let weeks = Period(frequency: .weekly, ordinal: 0)...Period(frequency: .weekly, ordinal: 300)
    let error = #expect(throws: HorizonError.self) { try ScorecardWindows(nil, of: weeks) }
    #expect(error?.kind == .usage)
  }

  /// Years that begin in July: the third quarter is January to March.
  @Test func yearsMayBeginInAnotherMonth() throws {
    let span = Period.month(2016, 1) ... .month(2025, 12)
    let windows = try ScorecardWindows(nil, of: span, firstMonth: 7)
    #expect(windows.quarter.name == "2025/26-Q2" && windows.yearToDate.lowerBound == .month(2025, 7))
  }
}
