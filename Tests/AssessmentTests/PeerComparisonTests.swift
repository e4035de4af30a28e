import CommunitySafety
import Ingest
import ModelFiles
import RiskRanking
import Testing
import TimeSeries

@testable import Assessment

/// Districts beside the others of their force, as the assessor makes it.
@Suite struct PeerComparisonTests {
  private static let measures = ["Burglary", "Robbery", "Vehicle crime"]

  /// Twenty a month everywhere, with a wobble; Cherwell always has fifty burglaries, Oxford sixty in its last year.
  private static func value(_ area: String, _ measure: String, _ month: Int) -> Double {
    let wobble = Double((month * 7 + area.utf8.count) % 5)
    guard measure == "Burglary" else { return 20 + wobble }
    if area == "Cherwell" { return 50 + wobble }
    return area == "Oxford" && month >= 48 ? 60 + wobble : 20 + wobble
  }

  private static let data = fixtureData(months: 60, measures: measures) { value($0, $1, $2) }

  /// The same with a district that was not asked for.
  private static var withPeer: IngestedData {
    let reading = Area(
      name: "Reading", level: .district, force: "Thames Valley Police", csp: "Reading", population: 174_000)
    let series = measures.map { measure in
      Series(
        key: SeriesKey(area: "Reading", measure: measure), start: .month(2020, 1),
        values: (0..<60).map { 90 + Double($0 % 4) })
    }
    return data.with(
      peers: PeerDistricts(
        panel: Panel(frequency: .monthly, style: .yearMonth, series: series), areas: ["Reading": reading]))
  }

  private func assess(_ data: IngestedData, threads: Int = 2) async throws -> StrategicAssessment {
    var reference = try ModelFileLoader.builtIn()
    reference.breaks = BreakCalendar(entries: [])
    var configuration = AssessmentConfiguration()
    configuration.pathCount = 100
    return try await Assessor(configuration: configuration, reference: reference, threads: threads).assess(data)
  }

  @Test func ratesAreRankedWithTheirPatterns() async throws {
    let peers = try await assess(Self.data).peers
    // A group of all its members stands beside them.
    #expect(Set(peers.map(\.measure.label)) == Set(Self.measures + ["Serious acquisitive crime (proxy)"]))
    #expect(peers.count == 16 && peers.allSatisfy { $0.isOwn && $0.rank.peers == 4 && $0.periods == 12 })
    let burglary = Dictionary(
      uniqueKeysWithValues: peers.filter { $0.measure.label == "Burglary" }.map { ($0.area.name, $0) })
    #expect(burglary["Oxford"]?.rank.rank == 4 && burglary["Cherwell"]?.rank.rank == 3)
    #expect(burglary["Oxford"]?.pattern?.label == .new && burglary["Cherwell"]?.pattern?.label == .persistent)
    #expect(burglary["South Oxfordshire"]?.pattern?.label == EmergingPattern.Label.none)
    let oxford = try #require(burglary["Oxford"])
    let recorded = (48..<60).reduce(0) { $0 + Self.value("Oxford", "Burglary", $1) }
    #expect(oxford.count == recorded && oxford.perThousand == 1000 * recorded / 162_032)
  }

  /// A peer stands in the ranking and changes nothing of the run's own risks; it has no pattern of its own.
  @Test func aPeerChangesNothingOfTheRun() async throws {
    let (without, with) = (try await assess(Self.data), try await assess(Self.withPeer))
    #expect(without.risks.map(\.key) == with.risks.map(\.key))
    #expect(without.risks.map(\.outlook) == with.risks.map(\.outlook))
    #expect(!with.areas.contains { $0.name == "Reading" })
    let reading = with.peers.filter { $0.area.name == "Reading" }
    #expect(reading.count == 4 && reading.allSatisfy { !$0.isOwn && $0.pattern == nil && $0.rank.rank == 5 })
    let oxford = try #require(with.peers.first { $0.area.name == "Oxford" && $0.measure.label == "Burglary" })
    #expect(oxford.rank.rank == 4 && oxford.rank.peers == 5)
  }

  @Test func threadsChangeNothing() async throws {
    #expect(try await assess(Self.withPeer, threads: 1).peers == (try await assess(Self.withPeer, threads: 4)).peers)
  }

  /// Where residents are not known, or too few districts are there, nobody is ranked.
  @Test func withoutResidentsNobodyIsRanked() async throws {
    let unknown = IngestedData(
      kind: Self.data.kind, panel: Self.data.panel,
      areas: Self.data.areas.mapValues { area in
        var other = area
        if area.name == "Oxford" { other.population = 0 }
        return other
      }, completeness: Self.data.completeness, accounting: Self.data.accounting, sources: [], notes: [])
    #expect(try await assess(unknown).peers.isEmpty, "three districts with residents are too few")
  }
}
