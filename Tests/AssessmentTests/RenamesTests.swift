import CommunitySafety
import Ingest
import ModelFiles
import NumericCore
import RiskRanking
import Testing
import TimeSeries

@testable import Assessment

/// A measure that may only have changed its name is neither a risk nor an improvement.
@Suite struct RenamesTests {
  private static let areas = ["Eastley", "Norbury", "Westwick"]

  private static func data(_ change: Int, after: Double = 40) -> IngestedData {
    let series = areas.flatMap { area -> [Series] in
      var random = RandomSource(seed: 32, stream: area)
      let counts = (0..<72).map { _ in random.poisson(mean: 40) }
      let later = (0..<72).map { _ in random.poisson(mean: after) }
      let start = Period.month(2018, 1)
      func one(_ measure: String, _ values: [Double]) -> Series {
        Series(key: SeriesKey(area: area, measure: measure), start: start, values: values)
      }
      return [
        one("Drugs", (0..<72).map { $0 < change ? counts[$0] : 0 }),
        one("Possession of weapons", (0..<72).map { $0 < change ? 0 : later[$0] }),
        one("Robbery", (0..<72).map { _ in random.poisson(mean: 30) }),
      ]
    }
    return IngestedData(
      kind: .policeUK, panel: Panel(frequency: .monthly, style: .yearMonth, series: series),
      areas: Dictionary(uniqueKeysWithValues: areas.map { ($0, Area(name: $0, level: .unclassified)) }),
      completeness: CompletenessCalendar(cells: []), accounting: RowAccounting(), sources: [], notes: [])
  }

  private static func assess(_ data: IngestedData) async throws -> StrategicAssessment {
    var reference = try ModelFileLoader.builtIn()
    reference.breaks = BreakCalendar(entries: [])
    var configuration = AssessmentConfiguration()
    configuration.pathCount = 200
    var assessor = Assessor(configuration: configuration, reference: reference)
    assessor.parts = [.stories]
    return try await assessor.assess(data)
  }

  @Test(arguments: [52, 60, 64]) func neitherNameIsRankedOrAdvised(change: Int) async throws {
    let found = try await Self.assess(Self.data(change))
    let renamed = found.risks.filter { ["Drugs", "Possession of weapons"].contains($0.measure.name) }
    #expect(renamed.count >= 6)
    for risk in renamed {
      #expect(risk.rank == nil && risk.outlook == nil && risk.recommendation == .notAssessable)
      #expect(risk.past.yearBefore.map { _ in risk.measure.name } != "Possession of weapons")
      #expect(risk.exceptions.isEmpty)
      #expect(risk.evidence.doubts.contains { if case .perhapsRenamed = $0 { true } else { false } })
    }
    let others = found.risks.filter { $0.measure.name == "Robbery" && $0.area.level == .unclassified }
    #expect(others.count == 3 && others.allSatisfy { $0.rank != nil })
    #expect(
      found.stories.allSatisfy { $0.lead.key.measure != "Drugs" && $0.lead.key.measure != "Possession of weapons" })
  }

  /// What began at another level is no renaming, and is compared with nothing before it began.
  @Test func aBeginningIsComparedFromThenOn() async throws {
    let found = try await Self.assess(Self.data(64, after: 90))
    let new = try #require(
      found.risks.first { $0.area.name == "Norbury" && $0.measure.name == "Possession of weapons" })
    let outlook = try #require(new.outlook)
    #expect(outlook.matchedPeriods == 8 && abs(outlook.lastYear / 720 - 1) < 0.1)
    #expect(outlook.probabilityOfRise < 0.6 && new.past.yearBefore == nil)
    let old = try #require(found.risks.first { $0.area.name == "Norbury" && $0.measure.name == "Drugs" })
    #expect(old.outlook == nil && old.evidence.doubts.contains(.ended(.month(2023, 4))))
    #expect(old.recommendation == .notAssessable)
  }
}
