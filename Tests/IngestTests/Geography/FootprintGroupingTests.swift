import CommunitySafety
import Diagnostics
import ModelFiles
import TestSupport
import Testing
import TimeSeries

@testable import Ingest

@Suite struct FootprintGroupingTests {
  let space: Workspace

  init() throws { space = try Workspace() }

  static let twoAuthorities = Footprint(
    id: "two", name: "Shires and Ridgeway", kind: .authority, from: CivilDate(year: 2028, month: 4, day: 1),
    isProposed: true, source: "a test", note: "not decided",
    areas: [
      .init(name: "Shires", districts: ["E07000177", "E07000178"]),
      .init(name: "Ridgeway", districts: ["E07000179", "E07000180", "E06000037"]),
    ])

  static let cutting = Footprint(
    id: "cut", name: "Inner and outer", kind: .authority, source: "a test",
    areas: [.init(name: "Inner", needsList: true), .init(name: "Outer", districts: ["E07000180"], needsList: true)])

  private static let header = "area,measure,period,count,population"

  /// Five districts over two months, their counts powers of two, so that a sum tells its parts.
  private static let rows = [
    "Cherwell,Theft,2024-01,1,10", "Cherwell,Theft,2024-02,1,10", "Oxford,Theft,2024-01,2,20",
    "Oxford,Theft,2024-02,2,20", "South Oxfordshire,Theft,2024-01,4,30", "South Oxfordshire,Theft,2024-02,4,30",
    "Vale of White Horse,Theft,2024-01,8,40", "Vale of White Horse,Theft,2024-02,8,40",
  ]
  private static let westBerkshire = ["West Berkshire,Theft,2024-01,16,50", "West Berkshire,Theft,2024-02,16,50"]

  private func data(
    _ rows: [String], _ footprint: Footprint = twoAuthorities, _ change: (inout IngestOptions) -> Void = { _ in }
  ) async throws -> IngestedData {
    try await space.table([Self.header] + rows) {
      $0.footprint = footprint
      change(&$0)
    }
  }

  // MARK: sums of districts

  @Test func areasAreTheSumsOfTheirParts() async throws {
    let data = try await data(Self.rows + Self.westBerkshire + ["Atlantis,Theft,2024-01,99,1"])
    #expect(data.panel.areas == ["Shires", "Ridgeway"])
    #expect(data.values("Shires", "Theft") == [3, 3] && data.values("Ridgeway", "Theft") == [28, 28])
    let ridgeway = try #require(data.areas["Ridgeway"])
    #expect(ridgeway.level == .authority && ridgeway.population == 120 && ridgeway.force == "Thames Valley")
    #expect(ridgeway.districts.map(\.name) == ["South Oxfordshire", "Vale of White Horse", "West Berkshire"])
    #expect(ridgeway.districts.allSatisfy { $0.isWhole })
    #expect(data.accounting.setAside == ["area not asked for": 1] && data.accounting.balances)
    guard case .areas(.footprint(_, true, 2028, "not decided", let areas)) = try #require(data.note("footprint")) else {
      return #expect(Bool(false))
    }
    #expect(areas.map(\.name) == ["Shires", "Ridgeway"])
  }

  @Test(arguments: ["E06000037", "West Berkshire", "west berkshire"])
  func aPartIsFoundByCodeOrName(_ name: String) async throws {
    let data = try await data(Self.rows + ["\(name),Theft,2024-01,16,50", "\(name),Theft,2024-02,16,50"])
    #expect(data.values("Ridgeway", "Theft") == [28, 28])
  }

  @Test func anAreaThatLacksAPartIsLeftOutAndSaid() async throws {
    let data = try await data(Self.rows)
    #expect(data.panel.areas == ["Shires"])
    #expect(data.note("footprint-lacks") == .areas(.footprintLacks([.init("Ridgeway", lacks: ["West Berkshire"])])))
    #expect(data.accounting.counted == 4 && data.accounting.setAside == ["area not asked for": 4])
  }

  @Test func nothingWholeIsAnError() async throws {
    let error = try await space.tableError([Self.header] + Self.rows.suffix(4)) { $0.footprint = Self.twoAuthorities }
    #expect(error?.kind == .data && error?.message.contains("no area of the footprint \"two\" as a whole") == true)
    #expect(error?.remedy?.contains("Shires lacks Cherwell, Oxford; Ridgeway lacks West Berkshire") == true)
  }

  @Test(arguments: ["[c]", "", "NA"]) func aMissingPartIsAMissingSum(_ cell: String) async throws {
    let data = try await data(
      Self.rows + ["West Berkshire,Theft,2024-01,16,50", "West Berkshire,Theft,2024-02,\(cell),50"])
    let sum = try #require(data.values("Ridgeway", "Theft"))
    #expect(sum[0] == 28 && sum[1].isNaN && data.values("Shires", "Theft") == [3, 3])
    #expect(
      data.note("footprint-gaps")
        == .areas(.footprintGaps([.init(area: "Ridgeway", periods: [.month(2024, 2)])])))
  }

  @Test func periodsBeforeAPartBeganAreMissing() async throws {
    let data = try await data(Self.rows + ["West Berkshire,Theft,2024-02,16,50"])
    let sum = try #require(data.values("Ridgeway", "Theft"))
    #expect(sum[0].isNaN && sum[1] == 28)
    #expect(data.note("footprint-gaps")?.scope.periods == [.month(2024, 1)])
  }

  @Test func aMeasureThatAPartLacksIsLeftOutThere() async throws {
    let data = try await data(
      Self.rows + Self.westBerkshire + ["Oxford,Graffiti,2024-01,5,20", "Oxford,Graffiti,2024-02,5,20"])
    #expect(data.values("Shires", "Graffiti") == nil && data.values("Shires", "Theft") == [3, 3])
    #expect(data.note("footprint-measures") == .areas(.footprintMeasures([.init("Shires", lacks: ["Graffiti"])])))
    // Its two rows count in nothing.
    #expect(data.accounting.setAside == ["measure that does not add up on the footprint": 2])
    #expect(data.accounting.balances && data.accounting.counted == Self.rows.count + 2)
  }

  @Test func sharesArePooledAndValuesLeftOut() async throws {
    let shares =
      ["area,measure,period,numerator,denominator"]
      + ["Cherwell,Detected,2024-01,1,10", "Oxford,Detected,2024-01,5,10"]
    let data = try await space.table(shares) { $0.footprint = Self.twoAuthorities }
    #expect(data.values("Shires", "Detected") == [0.3])
    let values = ["area,measure,period,value,unit"] + ["Cherwell,Days,2024-01,1,days", "Oxford,Days,2024-01,5,days"]
    let error = try await space.tableError(values) { $0.footprint = Self.twoAuthorities }
    #expect(error?.message.contains("no measure of the inputs") == true)
  }

  // MARK: with other options

  @Test(arguments: [["Ridgeway"], ["ridgeway"], ["Vale of White Horse"], ["E07000179"], ["South and Vale"]])
  func anAreaIsKeptWhole(_ asked: [String]) async throws {
    let data = try await data(Self.rows + Self.westBerkshire) { $0.areas = asked }
    #expect(data.panel.areas == ["Ridgeway"] && data.values("Ridgeway", "Theft") == [28, 28])
  }

  @Test func anAreaAskedForThatLacksAPartIsAnError() async throws {
    let error = try await space.tableError([Self.header] + Self.rows) {
      $0.footprint = Self.twoAuthorities
      $0.areas = ["Ridgeway"]
    }
    #expect(error?.remedy?.contains("Ridgeway lacks West Berkshire") == true)
    let outside = try await space.tableError([Self.header] + Self.rows + ["Atlantis,Theft,2024-01,1,1"]) {
      $0.footprint = Self.twoAuthorities
      $0.areas = ["Atlantis"]
    }
    #expect(outside?.message == "the footprint \"two\" has no area \"Atlantis\", which the inputs hold outside of it")
    #expect(outside?.remedy == "Its areas there are: Shires; leave --footprint out for the areas of the inputs")
    let nowhere = try await space.tableError([Self.header] + Self.rows) {
      $0.footprint = Self.twoAuthorities
      $0.areas = ["Shore"]
    }
    #expect(nowhere?.message == "the footprint \"two\" has no area \"Shore\" that the inputs hold")
    #expect(nowhere?.remedy?.hasPrefix("Its areas there are: Shires;") == true)
  }

  @Test func withALevelTheAreasAreTotals() async throws {
    let data = try await data(Self.rows) { $0.by = .district }
    #expect(data.panel.areas == ["Cherwell", "Oxford", "South Oxfordshire", "Vale of White Horse"])
    #expect(data.areas["Oxford"]?.authority == "Shires" && data.areas["South Oxfordshire"]?.authority == nil)
    let partnerships = try await self.data(Self.rows + Self.westBerkshire) { $0.by = .csp }
    #expect(partnerships.values("South and Vale", "Theft") == [12, 12])
    #expect(partnerships.areas["South and Vale"]?.authority == "Ridgeway")
  }

  @Test func aForceIsNoPartOfAFootprint() async throws {
    let error = try await space.tableError([Self.header] + Self.rows) {
      $0.footprint = Self.twoAuthorities
      $0.by = .force
    }
    #expect(error?.kind == .usage && error?.message.contains("--by force") == true)
  }

  @Test func populationsOfAFileAddUp() async throws {
    let path = try space.write(
      "p.csv", "area,population\nE07000177,100\nOxford,200\nE07000179,1\nE07000180,2\nE06000037,4\n")
    let data = try await data(Self.rows + Self.westBerkshire) { $0.populations = [path] }
    #expect(data.areas["Shires"]?.population == 300 && data.areas["Ridgeway"]?.population == 7)
  }

  @Test func aDistrictStaysADistrict() async throws {
    let footprint = Footprint(
      id: "d", name: "Districts", kind: .district, source: "", areas: [.init(name: "Oxford", districts: ["E07000178"])])
    let data = try await data(Self.rows, footprint)
    let area = try #require(data.areas["Oxford"])
    #expect(
      data.panel.areas == ["Oxford"] && area.level == .district && area.code == "E07000178" && area.csp == "Oxford")
    #expect(data.values("Oxford", "Theft") == [2, 2])
  }

  @Test func formerDistrictsStandForWhatReplacedThem() async throws {
    let footprint = Footprint(
      id: "b", name: "Bucks", kind: .authority, source: "", areas: [.init(name: "Bucks", districts: ["E06000060"])])
    let registry = try ModelFileLoader.builtIn().areas
    let former = registry.districts.filter { $0.successor == "Buckinghamshire" && $0.ended != nil }
    var rows = former.map { "\($0.name),Theft,2020-03,1,1" }
    rows.append("Buckinghamshire,Theft,2020-04,9,1")
    let path = try space.write("b.csv", ([Self.header] + rows).joined(separator: "\n") + "\n")
    var options = IngestOptions()
    options.footprint = footprint
    let reader = InputReader(options: options, registry: registry)
    let data = try await reader.read([path])
    #expect(former.count == 4 && data.values("Bucks", "Theft") == [4, 9])
    // Of a time before the merger all of them stand for it, three do not.
    let before = try space.write("c.csv", ([Self.header] + rows.prefix(4)).joined(separator: "\n") + "\n")
    #expect(try await reader.read([before]).values("Bucks", "Theft") == [4])
    let three = try space.write("d.csv", ([Self.header] + rows.prefix(3)).joined(separator: "\n") + "\n")
    await #expect(throws: HorizonError.self) { try await reader.read([three]) }
  }

  // MARK: tables of partnerships

  @Test func partnershipsOfTheHomeOfficeAddUp() async throws {
    let path = try space.write(
      "prc.csv",
      """
      Financial Year,Financial Quarter,Force Name,CSP Name,Offence Description,Offence Group,Offence Subgroup,Offence Code,Offence Count
      2023/24,1,Thames Valley,Cherwell,Theft,Theft offences,Other theft,49,1
      2023/24,1,Thames Valley,Oxford,Theft,Theft offences,Other theft,49,2
      2023/24,1,Thames Valley,South and Vale,Theft,Theft offences,Other theft,49,4
      2023/24,1,Thames Valley,West Berkshire,Theft,Theft offences,Other theft,49,8

      """)
    let data = try await read([path]) { $0.footprint = Self.twoAuthorities }
    #expect(data.values("Shires", "Other theft") == [3] && data.values("Ridgeway", "Other theft") == [12])
    // A partnership that is in two areas can be added to neither.
    let halves = Footprint(
      id: "h", name: "Halves", kind: .authority, source: "",
      areas: [
        .init(name: "West", districts: ["E07000177", "E07000180"]), .init(name: "Rest", districts: ["E07000178"]),
      ])
    let divided = try await read([path]) { $0.footprint = halves }
    #expect(divided.panel.areas == ["Rest"])
    #expect(divided.note("footprint-lacks")?.scope.areas == ["West"])
  }

  // MARK: LSOAs

  private func street() throws -> (path: String, lookups: [String]) {
    let old = [
      ("E01000001", "Oxford 001A"), ("E01000002", "Oxford 001B"), ("E01000003", "Cherwell 001A"),
      ("E01000004", "Cherwell 001B"), ("E01000005", "South Oxfordshire 001A"), ("E01000006", "South Oxfordshire 001B"),
      ("E01000007", "Vale of White Horse 001A"), ("E01099997", "Vale of White Horse 099A"), ("", ""),
    ].map { Street.row("2019-06", $1, "Drugs", code: $0) }
    let new = [
      ("E01000001", "Oxford 001A"), ("E01000012", "Oxford 001C"), ("E01000013", "Oxford 001D"),
      ("E01000034", "Cherwell 001C"), ("E01000056", "South Oxfordshire 001C"), ("E01000057", "South Oxfordshire 001D"),
      ("E01000007", "Vale of White Horse 001A"),
    ].map { Street.row("2019-07", $1, "Drugs", code: $0) }
    try space.write("in/2019-06-thames-valley-street.csv", Street.file(old))
    try space.write("in/2019-07-thames-valley-street.csv", Street.file(new))
    return (space.root.appendingPathComponent("in").path, try Lookups.write([Lookups.censuses], to: space))
  }

  /// The lists say the same in codes of 2021, of 2011, and of both.
  @Test(arguments: [
    "E01000001,Inner\nE01000012,Inner\nE01000013,Inner\nE01000014,Inner\nE01000034,Outer\n",
    "E01000001,Inner\nE01000002,Inner\nE01000003,outer\nE01000004,Outer\nE01000005,\n",
    "E01000001,Inner\nE01000002,Inner\nE01000012,Inner\nE01000034,Outer\nE01000003,Outer\n",
  ])
  func lsoasOfAListAddUpAcrossCensuses(_ list: String) async throws {
    let (path, lookups) = try street()
    let file = try space.write("list.csv", "LSOA21CD,area\n" + list)
    let data = try await read([path]) {
      $0.lookups = lookups
      $0.footprint = Self.cutting
      $0.footprintList = file
    }
    #expect(data.values("Inner", "Drugs") == [2, 3])
    // Two of Cherwell and one of the Vale, with the record whose LSOA is not known there; then one of each.
    #expect(data.values("Outer", "Drugs") == [4, 2])
    #expect(data.areas["Inner"]?.districts == [.init(name: "Oxford", code: "E07000178", isWhole: false)])
    #expect(data.accounting.balances && data.sources.contains { $0.name == "list.csv" })
    #expect(data.areas["Inner"]?.level == .authority)
  }

  @Test func lsoasInNoAreaAreSaid() async throws {
    let (path, lookups) = try street()
    let file = try space.write("list.csv", "LSOA21CD,area\nE01000001,Inner\nE01000034,Outer\n")
    let data = try await read([path]) {
      $0.lookups = lookups
      $0.footprint = Self.cutting
      $0.footprintList = file
    }
    #expect(data.note("unlisted-lsoas") == .areas(.unlistedLSOAs([.init(district: "Oxford", lsoas: 1)])))
  }

  @Test func aFootprintWithoutItsListIsAnErrorWithTheRemedy() async throws {
    let (path, lookups) = try street()
    let error = try await failure([path]) {
      $0.lookups = lookups
      $0.footprint = Self.cutting
    }
    #expect(error?.kind == .usage && error?.remedy?.contains("--footprint-list") == true)
    #expect(error?.remedy?.contains("Inner, Outer") == true)
  }

  @Test(arguments: [
    ("E01000001,Inner\n", "no LSOA of the area \"Outer\"", nil),
    ("E01000001,Inner\nE01000001,Outer\n", "in two areas", 3),
    ("E01000001,Iner\n", "no area \"Iner\"", 2), ("Oxford 001A,Inner\n", "no code of an LSOA", 2),
    ("E01000012,Inner\nE01000034,Outer\n", "only some of them", nil),
    ("E01000003,Inner\nE01000004,Outer\n", "Inner, Outer", nil),
    ("E01000001,Inner\nE01088888,Outer\n", "E01088888 of \"Outer\" is in no lookup", nil),
    ("E01000007,Inner\nE01000034,Outer\n", "wholly in the area \"Outer\"", nil),
    ("E01000001\n", "1 fields", 2),
  ])
  func listsThatCannotBeAreRefused(_ rows: String, _ words: String, _ line: Int?) async throws {
    let (path, lookups) = try street()
    let file = try space.write("list.csv", "LSOA21CD,area\n" + rows)
    let error = try await failure([path]) {
      $0.lookups = lookups
      $0.footprint = Self.cutting
      $0.footprintList = file
    }
    #expect(error?.kind == .data && error?.message.contains(words) == true, "\(error?.description ?? "no error")")
    #expect(error?.remedy?.isEmpty == false)
    if let line { #expect(error?.location?.line == line) }
  }

  @Test(arguments: ["code,ward", "LSOA21CD,ward", "place,area"])
  func listsWithoutTheirColumnsAreRefused(_ header: String) async throws {
    let (path, lookups) = try street()
    let file = try space.write("list.csv", header + "\nE01000001,Inner\n")
    let error = try await failure([path]) {
      $0.lookups = lookups
      $0.footprint = Self.cutting
      $0.footprintList = file
    }
    #expect(error?.kind == .data && error?.location?.line == 1)
  }

  @Test func whatALSOAFootprintNeeds() async throws {
    let (path, lookups) = try street()
    let file = try space.write("list.csv", "LSOA21CD,area\nE01000001,Inner\nE01000034,Outer\n")
    let without = try await failure([path]) {
      $0.footprint = Self.cutting
      $0.footprintList = file
    }
    #expect(without?.kind == .usage && without?.remedy?.contains("--lookup") == true)
    let byDistrict = try await failure([path]) {
      $0.lookups = lookups
      $0.footprint = Self.cutting
      $0.footprintList = file
      $0.by = .district
    }
    #expect(byDistrict?.remedy?.contains("--by lsoa") == true)
    let needless = try await failure([path]) {
      $0.footprint = Self.twoAuthorities
      $0.footprintList = file
    }
    #expect(needless?.message.contains("needs no list") == true)
    let alone = try await failure([path]) { $0.footprintList = file }
    #expect(alone?.remedy == "Give --footprint too")
  }

  @Test func districtsOfPoliceFilesAddUp() async throws {
    let (path, _) = try street()
    let data = try await read([path]) {
      $0.footprint = Footprint(
        id: "x", name: "X", kind: .authority, source: "",
        areas: [.init(name: "Shires", districts: ["E07000177", "E07000178"])])
    }
    #expect(data.values("Shires", "Drugs") == [4, 4] && data.panel.areas == ["Shires"])
    #expect(data.accounting.balances && data.accounting.counted == 8)
  }
}
