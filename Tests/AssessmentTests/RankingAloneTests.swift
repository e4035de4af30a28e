import CommunitySafety
import ExceptionDetection
import Ingest
import ModelFiles
import RiskRanking
import Testing
import TimeSeries

@testable import Assessment

/// The ranking that is made by itself and that of a whole assessment are one answer.
@Suite struct RankingAloneTests {
  private func compare(_ data: IngestedData, asOf: Period? = nil) async throws -> [Risk] {
    var configuration = AssessmentConfiguration()
    configuration.pathCount = 40
    configuration.asOf = asOf
    var assessor = Assessor(configuration: configuration, reference: try ModelFileLoader.builtIn(), threads: 2)
    // Packs judge the areas' totals too, which rates then allow for.
    assessor.parts = []
    let home = Set(data.areas.values.map(\.level)).subtracting([.residual])
    let whole = try await assessor.assess(data).risks.filter { home.contains($0.area.level) && !$0.isGroup }
    assessor.threads = 1
    let alone = try await assessor.ranking(data)
    #expect(alone.count == whole.count)
    for (a, b) in zip(alone, whole) {
      #expect(a.key == b.key)
      #expect(a.rank == b.rank && a.harmRank == b.harmRank)
      #expect(a.evidence == b.evidence, "\(a.key.uniqueID)")
      #expect(a.recommendation == b.recommendation && a.priority?.name == b.priority?.name)
      let (found, expected): ([PeriodTest], [PeriodTest]) = (a.exceptions, b.exceptions)
      #expect(found.map { $0.period } == expected.map { $0.period })
      #expect(found.map { $0.qValue } == expected.map { $0.qValue })
      #expect(found.map { $0.rate } == expected.map { $0.rate })
      // Ranks of page one alone are looked into.
      #expect(a.stability == nil)
    }
    return alone
  }

  private func course(_ area: String, _ measure: String, _ month: Int) -> Double {
    Double((area.utf8.count * 3 + measure.utf8.count + month * month) % 17) + (month == 59 ? 30 : 0)
  }

  @Test func isWhatAnAssessmentRanks() async throws {
    let risks = try await compare(fixtureData(value: course))
    // Districts that are a partnership are in it once, and records without a place not at all.
    #expect(risks.count == 4 * CrimeType.allCases.count)
    #expect(risks.allSatisfy { $0.area.level == .district })
    #expect(risks.contains { !$0.exceptions.isEmpty })
  }

  @Test func isSoAtAnEarlierDate() async throws {
    #expect(try await !compare(fixtureData(value: course), asOf: .month(2023, 6)).isEmpty)
  }

  /// A measure in one place only learns what moves it from those that the largest level has.
  @Test func isSoOfMeasuresThatStandAlone() async throws {
    var data = fixtureData(months: 48, measures: ["Burglary", "Robbery"], value: course)
    let alone = Series(
      key: SeriesKey(area: "Oxford", measure: "Referrals"), start: .month(2021, 1),
      values: (0..<36).map { Double(20 + $0 % 5) })
    data = data.with(data.panel.series + [alone])
    #expect(try await compare(data).contains { $0.label == "Referrals" })
  }

  /// What an ended district would have had is none of its forecast any more: that is for a whole assessment to work out.
  @Test func isSoWhereDistrictsHaveEnded() async throws {
    let ended = ["Aylesbury Vale", "Chiltern", "South Bucks", "Wycombe"]
    let places = (ended + ["Buckinghamshire"]).map {
      Area(name: $0, level: .district, force: "Thames Valley Police", csp: "Buckinghamshire")
    }
    var data = fixtureData(measures: ["Burglary", "Robbery"], value: course)
    let series = places.flatMap { place in
      ["Burglary", "Robbery"].map { measure in
        Series(
          key: SeriesKey(area: place.name, measure: measure), start: .month(2020, 1),
          values: (0..<60).map { ($0 < 3) == ended.contains(place.name) ? Double(40 + $0 % 7) : .nan })
      }
    }
    data = data.with(data.panel.series + series, places)
    let risks = try await compare(data)
    for name in ended { #expect(risks.contains { $0.area.name == name }) }
    let assessor = Assessor(configuration: AssessmentConfiguration(), reference: try ModelFileLoader.builtIn())
    #expect(!assessor.ranksAlone(try Groundwork(data, assessor, addsUp: false)))
    #expect(assessor.ranksAlone(try Groundwork(fixtureData(value: course), assessor, addsUp: false)))
  }

  /// Nor is it made by itself where totals move what they are made of.
  @Test func isSoWhereForecastsAreReconciled() async throws {
    var assessor = Assessor(configuration: AssessmentConfiguration(), reference: try ModelFileLoader.builtIn())
    assessor.configuration.reconciliation = .counts
    #expect(!assessor.ranksAlone(try Groundwork(fixtureData(value: course), assessor, addsUp: false)))
  }
}

extension IngestedData {
  /// The same of other series, and of further areas.
  fileprivate func with(_ series: [Series], _ more: [Area] = []) -> IngestedData {
    IngestedData(
      kind: kind, panel: Panel(frequency: panel.frequency, style: panel.style, series: series),
      areas: areas.merging(more.map { ($0.name, $0) }) { first, _ in first }, completeness: completeness,
      accounting: accounting, sources: sources, notes: notes)
  }
}
