import CommunitySafety
import Diagnostics
import Testing
import TimeSeries

@testable import Ingest

@Suite struct AreaContextTests {
  let space: Workspace
  let path: String

  init() throws {
    space = try Workspace()
    path = try space.write(
      "2019-06-thames-valley-street.csv",
      Street.file(
        [
          ("E01000001", "Oxford 001A"), ("E01000002", "Oxford 001B"), ("E01000003", "Cherwell 001A"),
          ("E01000008", "Wycombe 001A"), ("E01000007", "Vale of White Horse 001A"), ("", ""),
        ].map { Street.row("2019-06", $1, "Drugs", code: $0) }))
  }

  private func areas(
    by level: AreaLevel? = nil, lookups: [String] = [Lookups.censuses, Lookups.wards, Lookups.lineage],
    population: String? = nil, contexts: [String] = []
  ) async throws -> IngestedData {
    let lookups = try Lookups.write(lookups, to: space)
    let population = try population.map { try space.write("population.csv", $0) }
    let contexts = try contexts.enumerated().map { try space.write("context-\($0).csv", $1) }
    return try await read([path]) {
      $0.by = level
      $0.lookups = lookups
      $0.populations = population.map { [$0] } ?? []
      $0.contexts = contexts
    }
  }

  @Test func populationOverridesTheRegistry() async throws {
    let data = try await areas(
      population: "ltla21_code,ltla21_name,pop_mid2020,pop_census2021,pop_mid2021\nE07000178,Oxford,1,2,3\n"
        + "E07000007,Wycombe,30,2,1\nE07000005,Chiltern,12,2,1\nE07000177,Cherwell,,2,\n")
    // The data is of 2019: the nearest year stands for it.
    #expect(data.areas["Oxford"]?.population == 1)
    // Its predecessors of 2018 together; without a figure the registry's population stays.
    #expect(data.areas["Buckinghamshire"]?.population == 42)
    #expect(data.areas["Cherwell"]?.population == 161_000)
    guard case .areas(.context(let origins)) = try #require(data.note("context")) else { return #expect(Bool(false)) }
    #expect(origins.contains(.init(.population, column: "pop_mid2021", file: "population.csv")))
    guard case .areas(.contextMissing(_, let areas, let all)) = try #require(data.note("context-missing")) else {
      return #expect(Bool(false))
    }
    #expect(areas == 2 && all == 4)
    #expect(data.sources.map(\.name).contains("population.csv"))
    #expect(data.areas["Thames Valley Police: no location"]?.population == nil)
  }

  private static let counts = ["area,measure,period,count", "Oxford,Theft,2023-01,1", "Cherwell,Theft,2023-01,2"]

  @Test(arguments: TestFormat.allCases)
  func populationOfAWorkbook(format: TestFormat) async throws {
    func sheet(_ name: String, _ oxford: TestCell, isHidden: Bool = false) -> TestSheet {
      TestSheet(
        name,
        [
          ["Mid-2023 estimates"], [.blank], ["Code", "Name", "All ages"], ["E07000178", "Oxford", oxford],
          ["E07000177", "Cherwell", 200], ["Source: a test, with a note of more than four words"],
        ], isHidden: isHidden)
    }
    let path = try space.book(
      format,
      [
        TestSheet("Cover", [["Estimates"], ["Contact", "A person"]]), sheet("Males", 50),
        sheet("Old", 7, isHidden: true), sheet("Persons", 100),
      ])
    let data = try await space.table(Self.counts) { $0.populations = [path] }
    #expect(data.areas["Oxford"]?.population == 100 && data.areas["Cherwell"]?.population == 200)
    #expect(
      data.notes.contains(
        .areas(
          .context([.init(.population, column: "All ages", file: "book.\(format.rawValue), sheet \"Persons\"")]))))
    #expect(data.sources.map(\.name).contains("book.\(format.rawValue)") && data.sources.allSatisfy { $0.bytes > 0 })
    // Two sheets that contradict each other.
    let both = try space.book(format, [sheet("Persons", 100), sheet("Revised", 101)], name: "both")
    let error = try #require(try await space.tableError(Self.counts) { $0.populations = [both] })
    #expect(error.kind == .usage && error.message.contains("sheet \"Revised\""))
    for (cell, words) in [(TestCell.formula(nil), "result is not stored"), ("many", "not a whole number")] {
      let bad = try space.book(format, [sheet("Persons", cell)], name: "bad")
      let error = try #require(try await space.tableError(Self.counts) { $0.populations = [bad] })
      #expect(error.message.contains(words) && error.location?.sheet == "Persons" && error.location?.line == 4)
    }
  }

  @Test func workbooksWithoutSuchATable() async throws {
    let path = try space.book(
      .xlsx, [TestSheet("A", [["Area", "Crimes", "x"], ["Oxford", 1, 2]]), TestSheet("B", [["x", "y", "z"]])])
    let error = try #require(try await space.tableError(Self.counts) { $0.populations = [path] })
    #expect(error.message.hasPrefix("no sheet of the workbook") && error.remedy != nil)
    let lookup = try #require(try await space.tableError(Self.counts) { $0.lookups = [path] })
    #expect(lookup.remedy == "Export its sheet as CSV")
    let zip = try space.zip("z.zip", [("a.csv", "x")])
    #expect(try await space.tableError(Self.counts) { $0.populations = [zip] }?.remedy?.contains("Unpack") == true)
  }

  @Test func onePlaceUnderTwoSpellings() async throws {
    func areas(_ text: String, _ second: String? = nil) async throws -> IngestedData {
      let paths = try [text, second].compactMap(\.self).enumerated().map { try space.write("p\($0).csv", $1) }
      return try await space.table(Self.counts) { $0.populations = paths }
    }
    let header = "area,population_2023\n"
    #expect(try await areas(header + "OXFORD,100\n").areas["Oxford"]?.population == 100)
    #expect(try await areas(header + "OXFORD,100\nOxford,100\n").areas["Oxford"]?.population == 100)
    await #expect(throws: HorizonError.self) { try await areas(header + "OXFORD,100\nOxford,101\n") }
    await #expect(throws: HorizonError.self) { try await areas(header + "OXFORD,100\n", header + "Oxford,101\n") }
  }

  @Test func aSumNeedsEveryPredecessor() async throws {
    let data = try await areas(population: "LAD18CD,population 2018\nE07000007,30\n")
    #expect(data.areas["Buckinghamshire"]?.population == 553_100)
  }

  @Test func populationByYearAndName() async throws {
    let data = try await areas(
      population: "area,year,population\nOxford,2022,7\nOxford,2024,\"9,000\"\nOxford,2023,8\n")
    #expect(data.areas["Oxford"]?.population == 7)
    #expect(data.areas["Oxford"]?.estimates.first?.byYear == [2022: 7, 2023: 8, 2024: 9000])
  }

  @Test func householdsAndDeprivationByLevel() async throws {
    let households = "\"ltla21_name\",\"ltla21_code\",\"households\"\n\"Oxford\",\"E07000178\",55200\n"
    let imd = "lsoa11_code,IMD_decile,Income_decile\nE01000001,1,9\nE01000002,2,9\nE01000003,10,1\nE01000008,5,5\n"
    let district = try await areas(contexts: [households, imd])
    #expect(district.areas["Oxford"]?.households == 55_200)
    #expect(district.areas["Oxford"]?.deprivation?.lsoasByDecile == [1, 1, 0, 0, 0, 0, 0, 0, 0, 0])
    #expect(district.areas["Buckinghamshire"]?.deprivation?.medianDecile == 5)
    let ward = try await areas(by: .ward, contexts: [imd])
    #expect(ward.areas["Cowley"]?.deprivation?.lsoasByDecile.prefix(2) == [0, 1])
    let lsoa = try await areas(by: .lsoa, contexts: [imd])
    #expect(lsoa.areas["E01000034"]?.deprivation?.medianDecile == 10)
    let force = try await areas(by: .force, contexts: [imd.appending("E01000007,3,3\n")])
    #expect(force.areas["Thames Valley Police"]?.deprivation?.lsoas == 5)
  }

  @Test func wardPopulationIsTheSumOfItsLSOAs() async throws {
    let population = "LSOA21CD,Mid-2022: residents\nE01000012,100\nE01000013,200\nE01000001,50\n"
    let data = try await areas(by: .ward, population: population)
    #expect(data.areas["Cowley"]?.population == 300)
    // One of its two LSOAs has no figure.
    #expect(data.areas["Carfax, and Jericho"]?.population == nil)
  }

  @Test func wrongFiles() async throws {
    func error(population: String? = nil, context: String? = nil, lookups: [String] = []) async throws -> HorizonError?
    {
      do {
        _ = try await areas(lookups: lookups, population: population, contexts: context.map { [$0] } ?? [])
        return nil
      } catch let error as HorizonError { return error }
    }
    let households = "lad24cd,households\nE07000178,5\n"
    let swapped = try #require(try await error(population: households))
    #expect(swapped.kind == .usage && swapped.remedy == "Give it to --context")
    let other = try #require(try await error(context: "area,year,population\nOxford,2020,1\n"))
    #expect(other.kind == .usage && other.remedy == "Give it to --population")
    let unplaced = try #require(try await error(context: "lsoa11cd,imd_decile\nE01000001,1\n"))
    #expect(unplaced.kind == .usage && unplaced.remedy?.contains("--lookup") == true)
    let bad = try #require(try await error(population: "area,population\nOxford,12\nCherwell,1.5\n"))
    #expect(bad.kind == .data && bad.location?.line == 3 && bad.location?.column == 2)
    let header = try #require(try await error(population: "foo,bar\n1,2\n"))
    #expect(header.kind == .data && header.location?.line == 1 && header.message.contains("found: foo, bar"))
    #expect(try await error(population: "area,population\nOxford,1,2\n")?.location?.line == 2)
    #expect(try await error(population: "area,population\n")?.message.contains("no rows") == true)
    #expect(try await error(population: "area,population\nOxford,1\nOxford,2\n")?.location?.line == 3)
  }
}
