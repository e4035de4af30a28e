import CommunitySafety
import Diagnostics
import Testing
import TimeSeries

@testable import ModelFiles

@Suite struct ScorecardFilesTests {
  @Test func commentsAreReadAndCarried() throws {
    let text = """
      comments:
        - quarter: 2025/26-Q2
          measure: Shoplifting
          cause: More shops report.
          action: Weekly meeting, city council.
          by: A. Name, 2025-11-03
        - quarter: 2025/26-Q3
          measure: Burglary
          area: Oxford
          cause:
          action:
          by:
      """
    let comments = try CommentsReader.read(text: text, file: "comments.yaml")
    let quarter = ReportingQuarter(year: 2025, number: 3)
    let carried = try #require(comments.said(of: ["Shoplifting"], in: [""], at: quarter).cause)
    #expect(carried.cause == "More shops report." && carried.quarter.name == "2025/26-Q2" && carried.line == 2)
    #expect(comments.said(of: ["Shoplifting"], in: [""], at: ReportingQuarter(year: 2025, number: 1)) == .init())
    #expect(comments.said(of: ["Burglary"], in: ["Oxford"], at: quarter) == .init())
    #expect(comments.hasEntry(of: ["Burglary"], in: ["Oxford"], at: quarter))
    #expect(!comments.hasEntry(of: ["Shoplifting"], in: [""], at: quarter))
  }

  /// A slot that was left empty takes nothing back: the last cause and the last action hold, each with its own name.
  @Test func anEmptySlotHidesNothing() throws {
    let text = """
      comments:
        - {quarter: 2025/26-Q1, measure: Burglary, cause: Old cause., action: Old action., by: A}
        - {quarter: 2025/26-Q2, measure: Burglary, action: New action.}
        - {quarter: 2025/26-Q3, measure: Burglary, cause: , action: , by: }
      """
    let comments = try CommentsReader.read(text: text, file: "comments.yaml")
    let said = comments.said(of: ["Burglary"], in: [""], at: ReportingQuarter(year: 2025, number: 3))
    #expect(said.cause?.cause == "Old cause." && said.cause?.by == "A" && said.cause?.quarter.number == 1)
    #expect(said.action?.action == "New action." && said.action?.by == nil && said.quarter?.number == 2)
  }

  @Test(
    arguments: [
      (
        "comments:\n  - quarter: 2025/26-Q3\n    measure: Burglary\n    by: A\n  - quarter: 2025/26-Q3\n    measure: Burglary\n    by: B\n",
        5, "line 2 and line 5"
      ),
      (
        "comments:\n<<<<<<< mine\n  - quarter: 2025/26-Q3\n=======\n  - quarter: 2025/26-Q2\n>>>>>>> theirs\n", 2,
        "from line 2 to line 6"
      ),
      ("comments:\n  - quarter: 2025-Q9\n    measure: Burglary\n    by: A\n", 2, "is no quarter"),
      ("comments:\n  - quarter: 2025/26-Q3\n    mesure: Burglary\n    by: A\n", 3, "no key 'mesure'"),
    ])
  func aMistakeHasItsLine(_ text: String, _ line: Int, _ words: String) {
    let error = #expect(throws: HorizonError.self) { try CommentsReader.read(text: text, file: "comments.yaml") }
    #expect(error?.location?.line == line && error?.message.contains(words) == true, "\(String(describing: error))")
  }

  @Test func targetsAreRead() throws {
    let text = """
      year_begins: 7
      targets:
        - {measure: Burglary, figure: change, side: at most, value: -0.05, by: 2025/26, baseline: 2024/25, wording: "-5 %"}
        - {measure: Repeat offenders on the disorder scheme, figure: share, side: ask, value: 0.1, by: 2025/26-Q2}
        - {measure: All crime, area: Oxford, figure: quartile, side: at most, value: 1, by: 2025/26}
      """
    let goals = try GoalsReader.read(text: text, file: "targets.yaml")
    let july = Period.month(2025, 7).ordinal
    #expect(goals[0].baseline == .year(2024) && goals[0].months == july...(july + 11) && goals[0].line == 3)
    #expect(goals[2].figure.isStanding && goals[2].value == 1 && !goals[1].figure.isStanding)
    #expect(goals[1].side == .ask && goals[1].months == july...(july + 5) && goals[1].baseline == nil)
  }

  /// Where years begin in January their names are numbers: a key of its own says which is meant.
  @Test func anAgreedNumberIsNoYear() throws {
    func baseline(_ entry: String) throws -> MeasureGoal.Baseline? {
      try GoalsReader.read(
        text:
          "year_begins: 1\ntargets:\n  - {measure: Burglary, figure: change, side: at most, value: -0.05, by: 2025, \(entry)}\n",
        file: "targets.yaml")[0].baseline
    }
    #expect(try baseline("baseline: 3412") == .number(3412))
    #expect(try baseline("baseline: 2024.0") == .number(2024))
    #expect(try baseline("baseline_year: 2024") == .year(2024))
    let open = #expect(throws: HorizonError.self) { try baseline("baseline: 2024") }
    #expect(open?.location?.line == 3 && open?.remedy?.contains("baseline_year: 2024") == true)
    #expect(throws: HorizonError.self) { try baseline("baseline: 3412, baseline_year: 2024") }
  }

  @Test(
    arguments: [
      ("figure: change, side: at most, value: -0.05, by: 2025/26", "has no baseline"),
      ("figure: share, side: at most, value: 10, by: 2025/26", "a share is from 0 to 1"),
      ("figure: count, side: below, value: 10, by: 2025/26", "there is no side 'below'"),
      ("figure: count, side: at most, value: 10, by: 2025", "neither a year"),
      ("figure: count, side: at most, value: 10, by: 2025/26, baseline: 3", "only a change has a baseline"),
      ("figure: quartile, side: at most, value: 5, by: 2025/26", "5.0 is no quartile"),
      ("figure: rank, side: at most, value: 1.5, by: 2025/26", "1.5 is no rank"),
    ])
  func aTargetThatCannotBeMeasuredIsRefused(_ entry: String, _ words: String) {
    let error = #expect(throws: HorizonError.self) {
      try GoalsReader.read(text: "targets:\n  - {measure: Burglary, \(entry)}\n", file: "targets.yaml")
    }
    #expect(error?.location?.line == 2 && error?.message.contains(words) == true, "\(String(describing: error))")
  }

  /// All that Annex 3 asks for, of every measure of success that police.uk does not have.
  @Test func theRegisterHasAnnexThree() throws {
    let measures = try ModelFileLoader.builtIn().measures.measures
    let wanted = [
      "Detected serious acquisitive crime", "Violent assault (domestic abuse)", "Violent assault (not domestic abuse)",
      "Distraction burglary", "Anti-social behaviour", "Criminal damage and arson", "Hate crime",
      "Hate crime (detected)",
      "Domestic abuse victims accessing services", "Drug treatment completions",
      "Repeat alcohol-related emergency attendances", "Reoffending under integrated offender management",
      "Test purchases failed", "Unpaid work hours", "Restorative justice interventions",
      "Repeat domestic abuse incidents", "Repeat offenders on the disorder scheme",
    ]
    for name in wanted {
      let measure = try #require(measures.first { $0.name == name }, "\(name)")
      let entry = measure.registration
      #expect(entry.owner != nil && entry.strategy != nil && entry.cadence != nil && entry.sharing != nil, "\(name)")
      #expect(entry.cannotSay != nil && entry.framework == nil && !entry.isRetired, "\(name)")
      #expect(measure.kind != .proportion || entry.denominator != nil, "\(name)")
    }
  }
}
