import CommunitySafety
import TimeSeries
import Testing

@testable import Ingest

@Suite struct StreetAssemblyTests {
  let space: Workspace

  init() throws { space = try Workspace() }

  @Test func districtsResidualsAndZeros() async throws {
    try space.write(
      "2019-05/2019-05-thames-valley-street.csv",
      Street.file(
        Street.rows(3, "2019-05", "Oxford 008B") + Street.rows(2, "2019-05", "Swindon 001A", "Drugs")
          + Street.rows(1, "2019-05", "", "Drugs")))
    try space.write(
      "2019-06/2019-06-thames-valley-street.csv",
      Street.file(
        Street.rows(4, "2019-06", "Cherwell 001A", "Drugs") + Street.rows(5, "2019-06", "Oxford 001A", "Drugs")))
    let data = try await read([space.root.path])
    let outside = "Thames Valley Police: outside the force"
    let nowhere = "Thames Valley Police: no location"
    #expect(data.panel.areas == ["Cherwell", "Oxford", outside, nowhere])
    #expect(data.panel.measures == ["Burglary", "Drugs"])
    #expect(data.panel.series.count == 8)
    #expect(data.panel.style == .yearMonth)
    #expect(data.values("Oxford", "Burglary") == [3, 0])
    #expect(data.values("Oxford", "Drugs") == [0, 5])
    #expect(data.values("Cherwell", "Burglary") == [0, 0])
    #expect(data.values(outside, "Drugs") == [2, 0])
    #expect(data.values(nowhere, "Drugs") == [1, 0])
    #expect(data.accounting.read == 15)
    #expect(data.accounting.counted == 12)
    #expect(data.accounting.residual == ["no location": 1, "outside the force": 2])
    #expect(data.accounting.balances)
    #expect(
      data.areas["Oxford"]
        == Area(
          name: "Oxford", code: "E07000178", level: .district, force: "Thames Valley Police", csp: "Oxford",
          population: 162_000))
    #expect(data.areas[nowhere]?.level == .residual)
    let folder = space.root.lastPathComponent
    #expect(
      data.sources.map(\.name) == [
        "\(folder)/2019-05/2019-05-thames-valley-street.csv", "\(folder)/2019-06/2019-06-thames-valley-street.csv",
      ])
  }

  @Test func quotedCommasAndCRLFAndBOM() async throws {
    let rows = [
      Street.row("2019-06", "Oxford 008B", "Burglary", location: "\"On or near Kings Arms, The \"\"Old\"\"\""),
      Street.row("2019-06", "Oxford 008B", "Burglary"),
    ]
    let path = try space.write("2019-06-thames-valley-street.csv", "\u{FEFF}" + Street.file(rows, end: "\r\n"))
    #expect(try await read([path]).values("Oxford", "Burglary") == [2])
  }

  @Test func absentForceMonthIsMissing() async throws {
    try space.write("2019-05-thames-valley-street.csv", Street.file(Street.rows(3, "2019-05", "Oxford 008B")))
    try space.write("2019-07-thames-valley-street.csv", Street.file(Street.rows(3, "2019-07", "Oxford 008B")))
    let data = try await read([space.root.path])
    let values = try #require(data.values("Oxford", "Burglary"))
    #expect(values[0] == 3 && values[1].isNaN && values[2] == 3)
    #expect(data.completeness.cells.map(\.status) == [.present, .absent, .present])
    #expect(data.note("absent-period")?.scope.periods.contains(.month(2019, 6)) == true)
  }

  /// The national set of 2025-07: no Thames Valley file, yet Oxford has two rows in another force's.
  @Test func strayRowsDoNotMakeAMonth() async throws {
    for month in ["2025-06", "2025-08"] {
      try space.write(
        "\(month)-thames-valley-street.csv", Street.file(Street.rows(40, month, "Oxford 008B")))
    }
    for month in ["2025-06", "2025-07", "2025-08"] {
      let stray = month == "2025-07" ? Street.rows(2, month, "Oxford 008B", force: "Merseyside Police") : []
      try space.write(
        "\(month)-merseyside-street.csv",
        Street.file(Street.rows(50, month, "Liverpool 001A", force: "Merseyside Police") + stray))
    }
    let data = try await read([space.root.path])
    let oxford = try #require(data.values("Oxford", "Burglary"))
    #expect(oxford[0] == 40 && oxford[1].isNaN && oxford[2] == 40)
    let cell = try #require(data.completeness.doubtful.first)
    #expect(data.completeness.doubtful.count == 1)
    #expect(cell.status == .strayRowsOnly && cell.source == "thames-valley" && cell.rows == 2)
    #expect(data.values("Merseyside Police: outside the force", "Burglary") == [0, 2, 0])
    #expect(
      data.note("stray-rows")
        == .street(.strayRows(.init(force: "Thames Valley Police", month: .month(2025, 7)), rows: 2)))
    #expect(data.accounting.balances)
  }

  @Test func halfLoadedMonthIsReportedAndCounted() async throws {
    for month in 1...9 {
      let rows = Street.rows(month == 5 ? 100 : 200 + month, "2019-0\(month)", "Oxford 008B")
      try space.write("2019-0\(month)-thames-valley-street.csv", Street.file(rows))
    }
    let data = try await read([space.root.path])
    #expect(data.completeness.doubtful.map(\.status) == [.partial])
    #expect(data.completeness.doubtful.first?.period == .month(2019, 5))
    guard case .street(.halfLoaded(let half, rows: 100, let share)) = try #require(data.note("half-loaded")) else {
      return #expect(Bool(false))
    }
    #expect(half == .init(force: "Thames Valley Police", month: .month(2019, 5)) && Int((100 * share).rounded()) == 49)
    #expect(data.values("Oxford", "Burglary")?[4] == 100)
  }

  @Test func earliestLayoutHasNoLocation() async throws {
    let text =
      "Month,Reported by,Falls within,Easting,Northing,Location,Crime type,Context\n"
      + "2010-12,Thames Valley Police,Thames Valley Police,451000,206000,On or near High Street,Violent crime,\n"
      + "2010-12,Thames Valley Police,Thames Valley Police,451000,206000,On or near High Street,Anti-social behaviour,\n"
    let data = try await read([try space.write("2010-12-thames-valley-street.csv", text)])
    // Nothing has a place: the force is seen as a whole.
    #expect(data.panel.areas == ["Thames Valley Police"] && data.areas["Thames Valley Police"]?.level == .force)
    #expect(data.panel.measures == ["Anti-social behaviour", "Violent crime"])
    #expect(data.accounting.residual.isEmpty && data.accounting.counted == 2)
    #expect(data.note("force-without-places") == .street(.forcesWithoutPlaces(["Thames Valley Police"])))
    #expect(data.codes(.warning).contains("early-layout"))
    #expect(data.codes(.warning).contains("retired-type"))
  }

  @Test func unknownTypesAreKept() async throws {
    let rows = [
      Street.row("2019-06", "Oxford 008B", "Piracy"), Street.row("2019-06", "Oxford 008B", "BURGLARY"),
      Street.row("2019-06", "Oxford 008B", ""),
    ]
    let data = try await read([try space.write("2019-06-thames-valley-street.csv", Street.file(rows))])
    #expect(data.panel.measures == ["Burglary", "Crime type not stated", "Piracy"])
    #expect(data.note("unrecognised-type") == .street(.unrecognisedTypes(["Crime type not stated", "Piracy"])))
    #expect(data.accounting.counted == 3)
  }

  @Test func columnsInAnyOrderAndForceFromRows() async throws {
    let text =
      "Crime type,LSOA name,Month,Falls within,Reported by\nDrugs,Bristol 001A,2019-06,x,Avon & Somerset Constabulary\n"
      + "Drugs,Mendip 001A,2019-06,x,Avon & Somerset Constabulary\n"
    let data = try await read([try space.write("export.csv", text)])
    #expect(data.completeness.cells.map(\.source) == ["avon-and-somerset"])
    // LSOA names say Bristol; the district is "Bristol, City of". Mendip has no Somerset beside it to be folded into.
    #expect(data.panel.areas == ["Bristol, City of", "Mendip"])
    #expect(data.areas["Mendip"]?.force == "Avon & Somerset Constabulary")
  }

  @Test func formerDistrictsAreFoldedWhenTheirSuccessorAppears() async throws {
    let rows =
      Street.rows(3, "2018-06", "Wycombe 001A") + Street.rows(2, "2018-06", "Chiltern 001A")
      + Street.rows(4, "2018-06", "Oxford 001A")
    let old = try space.write("2018-06-thames-valley-street.csv", Street.file(rows))
    #expect(try await read([old]).panel.areas == ["Chiltern", "Oxford", "Wycombe"])
    let new = try space.write(
      "2018-07-thames-valley-street.csv", Street.file(Street.rows(7, "2018-07", "Buckinghamshire 001A")))
    let data = try await read([old, new])
    #expect(data.panel.areas == ["Buckinghamshire", "Oxford"])
    #expect(data.values("Buckinghamshire", "Burglary") == [5, 7])
    #expect(data.note("folded-district")?.scope.areas == ["Buckinghamshire"])
  }

  @Test func unknownForceTakesItsBusiestDistricts() async throws {
    let rows =
      Street.rows(150, "2019-06", "Ashford 001A", force: "Kent Police")
      + Street.rows(149, "2019-06", "Dover 001A", force: "Kent Police")
      + Street.rows(1, "2019-06", "Bexley 001A", force: "Kent Police")
    let data = try await read([try space.write("2019-06-kent-street.csv", Street.file(rows))])
    #expect(data.panel.areas == ["Ashford", "Dover", "Kent Police: outside the force"])
    #expect(data.codes(.warning).contains("home-districts-guessed"))
  }

  @Test func lookupPlacesByCode() async throws {
    let lookup = try space.write(
      "lookup.csv",
      "\"lsoa11_code\",\"LSOA21CD\",\"lad22nm\",\"lad22cd\"\n\"E01\",\"E02\",\"Oxford city\",\"E07000178\"\n"
        + "\"E03\",\"E03\",\"Elsewhere\",\"E09\"\n")
    let rows = [
      Street.row("2019-06", "Wrong 001A", "Drugs", code: "E01"), Street.row("2019-06", "", "Drugs", code: "E02"),
      Street.row("2019-06", "Oxford 001A", "Drugs", code: "E03"),
      Street.row("2019-06", "Cherwell 001A", "Drugs", code: "E99"), Street.row("2019-06", "", "Drugs"),
    ]
    let path = try space.write("2019-06-thames-valley-street.csv", Street.file(rows))
    let data = try await read([path]) { $0.lookups = [lookup] }
    #expect(data.values("Oxford", "Drugs") == [2])
    #expect(data.values("Cherwell", "Drugs") == [1])
    #expect(data.accounting.residual == ["no location": 1, "outside the force": 1])
    #expect(data.note("lookup-missed") == .street(.lookupMissed(rows: 1)))
    #expect(data.sources.map(\.name).last == "lookup.csv")
    let bad = try space.write("bad.csv", "a,b\n1,2\n")
    let error = try #require(try await failure([path]) { $0.lookups = [bad] })
    #expect(error.kind == .data && error.message.contains("links no areas"))
  }

  @Test func areasByDistrictCodePartnershipAndForce() async throws {
    let rows =
      Street.rows(1, "2019-06", "Oxford 008B") + Street.rows(2, "2019-06", "South Oxfordshire 001A")
      + Street.rows(4, "2019-06", "Vale of White Horse 001A") + Street.rows(8, "2019-06", "Swindon 001A")
    let path = try space.write("2019-06-thames-valley-street.csv", Street.file(rows))
    func areas(_ wanted: [String]) async throws -> [String] { try await read([path]) { $0.areas = wanted }.panel.areas }
    #expect(try await areas(["oxford"]) == ["Oxford"])
    #expect(try await areas(["E07000179", "OXFORD"]) == ["Oxford", "South Oxfordshire"])
    #expect(try await areas(["South & Vale"]) == ["South Oxfordshire", "Vale of White Horse"])
    #expect(try await areas(["thames-valley"]).count == 4)
    #expect(try await areas(["Thames Valley Police"]).last == "Thames Valley Police: outside the force")
    let data = try await read([path]) { $0.areas = ["Oxford"] }
    #expect(data.accounting.setAside == ["area not asked for": 14])
    #expect(data.accounting.balances)
    let near = try #require(try await failure([path]) { $0.areas = ["Oxferd"] })
    #expect(near.kind == .data && near.remedy?.contains("Oxford") == true)
    let far = try #require(try await failure([path]) { $0.areas = ["Zanzibar"] })
    #expect(far.remedy?.hasPrefix("There are: Oxford") == true)
  }
}
