import CommunitySafety
import TestSupport
import Testing
import TimeSeries

@testable import Ingest

@Suite struct StreetTargetsTests {
  let space: Workspace
  let path: String
  let lookups: [String]

  init() throws {
    space = try Workspace()
    let old = [
      ("E01000001", "Oxford 001A"), ("E01000002", "Oxford 001B"), ("E01000003", "Cherwell 001A"),
      ("E01000004", "Cherwell 001B"), ("E01000005", "South Oxfordshire 001A"), ("E01000006", "South Oxfordshire 001B"),
      ("E01000007", "Vale of White Horse 001A"), ("E01000008", "Wycombe 001A"), ("E01099999", "Oxford 099A"),
      ("", "Oxford 001A"), ("", ""), ("E01099998", "Swindon 001A"),
    ].map { Street.row("2019-06", $1, "Drugs", code: $0) }
    let new = [
      ("E01000001", "Oxford 001A"), ("E01000012", "Oxford 001C"), ("E01000013", "Oxford 001D"),
      ("E01000014", "Oxford 001E"), ("E01000034", "Cherwell 001C"), ("E01000056", "South Oxfordshire 001C"),
      ("E01000057", "South Oxfordshire 001D"), ("E01000008", "Buckinghamshire 001A"), ("", ""),
    ].map { Street.row("2019-07", $1, "Burglary", code: $0) }
    try space.write("in/2019-06-thames-valley-street.csv", Street.file(old))
    try space.write("in/2019-07-thames-valley-street.csv", Street.file(new))
    path = space.root.appendingPathComponent("in").path
    lookups = try Lookups.write([Lookups.censuses, Lookups.wards, Lookups.lineage], to: space)
  }

  private func data(_ level: AreaLevel?, areas: [String]? = nil) async throws -> IngestedData {
    try await read([path]) {
      $0.by = level
      $0.lookups = lookups
      $0.areas = areas
    }
  }

  @Test func lsoasKeepTheirSeriesAcrossCensuses() async throws {
    let data = try await data(.lsoa)
    #expect(data.values("E01000002", "Drugs") == [1, 0] && data.values("E01000002", "Burglary") == [0, 3])
    #expect(data.values("E01000034", "Drugs") == [2, 0] && data.values("E01000034", "Burglary") == [0, 1])
    #expect(data.values("E01000005 and others", "Drugs") == [2, 0])
    #expect(data.values("E01000005 and others", "Burglary") == [0, 2])
    #expect(data.values("E01000001", "Drugs") == [1, 0])
    let area = try #require(data.areas["E01000002"])
    #expect(area.level == .lsoa && area.code == "E01000002" && area.district == "Oxford" && area.csp == "Oxford")
    #expect(data.accounting.residual == ["LSOA not known": 2, "no location": 2, "outside the force": 1])
    #expect(data.values("Oxford: LSOA not known", "Drugs") == [2, 0])
    #expect(data.note("redrawn-areas") == .street(.redrawn(rows: 11, of: data.accounting.read, areas: 3)))
    #expect(data.note("lookup-missed") == .street(.lookupMissed(rows: 2)))
  }

  private func folded(_ data: IngestedData) -> [StreetNote.Folded] {
    data.notes.flatMap { note -> [StreetNote.Folded] in
      if case .street(.folded(_, let list)) = note { list } else { [] }
    }
  }

  @Test func wardsOfBothCensuses() async throws {
    let data = try await data(.ward)
    #expect(data.values("Cowley", "Drugs") == [1, 0] && data.values("Cowley", "Burglary") == [0, 2])
    #expect(data.values("Carfax, and Jericho", "Burglary") == [0, 2])
    #expect(data.values("Abbey (Cherwell)", "Drugs") == [2, 0])
    #expect(data.values("Abbey (South Oxfordshire)", "Drugs") == [2, 0])
    #expect(data.note("best-fit") == .street(.bestFit(rows: 2, of: 21)))
    #expect(data.areas["Cowley"]?.code == "E05000002" && data.areas["Cowley"]?.level == .ward)
    #expect(data.areas["Oxford: ward not known"]?.level == .residual)
    #expect(folded(data).contains(.init("Wycombe", into: "Buckinghamshire", rows: 1)))
  }

  @Test func formerDistrictsByTheLineageTable() async throws {
    let old = try space.write(
      "2018-06-thames-valley-street.csv", Street.file(Street.rows(3, "2018-06", "Wycombe 001A")))
    #expect(try await read([old]).panel.areas == ["Wycombe"])
    let lineage = try space.write("lineage.csv", Lookups.lineage)
    let data = try await read([old]) { $0.lookups = [lineage] }
    #expect(data.panel.areas == ["Buckinghamshire"])
    #expect(folded(data).last == .init("Wycombe", into: "Buckinghamshire", rows: 3))
  }

  @Test func theRegistryOverridesLookups() async throws {
    let paths = try Lookups.write([Lookups.partnerships, Lookups.wards], to: space)
    let data = try await read([path]) {
      $0.by = .csp
      $0.lookups = paths
    }
    #expect(data.panel.areas.contains("South and Vale") && !data.panel.areas.contains("Vale of White Horse"))
    #expect(data.values("South and Vale", "Drugs")?.first == 3)
  }

  @Test func theSameRowsAtEveryLevel() async throws {
    var expected: [[Double]]?
    for level in [nil, AreaLevel.lsoa, .ward, .district, .csp, .force] {
      let data = try await data(level)
      #expect(data.accounting.balances && data.accounting.setAside.isEmpty)
      let totals = data.totals
      #expect(totals == expected ?? totals, "\(String(describing: level))")
      expected = totals
      // A force holds what is in none of its districts.
      #expect(data.panel.areas.contains("Thames Valley Police: no location") == (level != .force))
      #expect(Set(data.panel.areas) == Set(data.areas.keys))
    }
    #expect(expected?.joined().reduce(0, +) == 21)
  }

  @Test func aDistrictBringsItsWards() async throws {
    let data = try await data(.ward, areas: ["Oxford"])
    #expect(data.panel.areas == ["Carfax, and Jericho", "Cowley", "Oxford: ward not known"])
    #expect(try await self.data(.ward, areas: ["Cowley"]).panel.areas == ["Cowley"])
    #expect(try await self.data(.lsoa, areas: ["E01000034"]).panel.areas == ["E01000034"])
    // A partnership asked for by one of its districts comes whole.
    let whole = try await self.data(.csp, areas: ["South Oxfordshire"])
    #expect(whole.panel.areas == ["South and Vale"] && whole.values("South and Vale", "Drugs")?.first == 3)
  }

  @Test func lookupsThatAreNeeded() async throws {
    let ward = try #require(try await failure([path]) { $0.by = .ward })
    #expect(ward.kind == .usage && ward.remedy?.contains("WD24CD") == true)
    let paths = try Lookups.write([Lookups.wards], to: space)
    let lsoa = try #require(
      try await failure([path]) {
        $0.by = .lsoa
        $0.lookups = paths
      })
    #expect(lsoa.kind == .usage && lsoa.remedy?.contains("LSOA11CD") == true)
  }
}

extension IngestedData {
  /// For each measure, the totals over all areas by month.
  var totals: [[Double]] {
    panel.measures.map { measure in
      let series = panel.series.filter { $0.key.measure == measure }
      return (0..<(series.first?.count ?? 0)).map { month in
        series.reduce(0) { $0 + ($1.values[month].isNaN ? 0 : $1.values[month]) }
      }
    }
  }
}

@Suite(.enabled(if: sharedReference != nil, "real data not beside the checkout"))
struct RealLevelsTests {
  /// By force, the totals of every type and month are the same whatever the areas.
  @Test func theSameTotalsAtEveryLevel() async throws {
    let folder = try #require(sharedReference)
    let input = try #require(Fixture.sharedData).appendingPathComponent(
      "police-uk/thames-valley-2018-06-to-2025-12.zip")
    var expected: [[Double]]?
    for level in [AreaLevel.lsoa, .ward, .district, .csp, .force] {
      let data = try await read([input.path]) {
        $0.by = level
        $0.threads = 2
        $0.lookups = [
          "lookup_lsoa11_lsoa21_ltla22.csv", "lookup_lsoa21_ward24_ltla24.csv", "lookup_ltla24_csp24_pfa24.csv",
          "lookup_ltla_ltla.csv",
        ].map { "\(folder)/\($0)" }
      }
      #expect(data.accounting.balances && data.accounting.read == 269_655 && data.accounting.setAside.isEmpty)
      let totals = data.totals
      #expect(totals == expected ?? totals)
      #expect(totals.joined().reduce(0, +) == 269_655)
      expected = totals
    }
  }
}
