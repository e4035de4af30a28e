import CommunitySafety
import Diagnostics
import Testing
import TimeSeries

@testable import Ingest

/// Wide tables in the layouts that publishers use, of own making.
@Suite struct ColumnEvidenceTests {
  let space: Workspace

  init() throws { space = try Workspace() }

  @Test func remarksAreNoMeasure() async throws {
    let data = try await space.table(["Area,Offence,Notes,2019-01,2019-02", "Oxford,Burglary,revised,1,2"])
    #expect(data.values("Oxford", "Burglary") == [1, 2])
    #expect(data.note("columns-left-out") == .table(.columnsLeftOut(["\"Notes\""], file: "t.csv")))
  }

  @Test func whatMostCellsHoldDecides() {
    let mixed = ColumnEvidence(name: "Where", cells: ["E07000178", "Oxford", "Cherwell"])
    #expect(mixed.level == nil && !mixed.isCode)
    #expect(ColumnEvidence(name: "Where", cells: ["E07000178", "", "E07000177"]).isCode)
    // Texts are no figures, whatever their header.
    #expect(ColumnEvidence(name: "Rate area", cells: ["North", "South"]).level == .unknown)
    #expect(ColumnEvidence(name: "Rate area", cells: ["1.2", "3.4"]).level == nil)
  }

  @Test func twoWardsOfOneName() async throws {
    let data = try await space.table([
      "MajorText,MinorText,WardName,WardCode,LookUp_BoroughName,202104,202105",
      "Theft,Shoplifting,Abbey,E05000026,Northborough,1,2", "Theft,Shoplifting,Abbey,E05000455,Southborough,3,4",
      "Theft,Shoplifting,Mill,E05000456,Southborough,5,6", "Theft,Other,MILL,E05000456,Southborough,7,8",
    ])
    #expect(data.panel.areas == ["Abbey (Northborough)", "Abbey (Southborough)", "Mill"])
    #expect(data.values("Abbey (Southborough)", "Theft|Shoplifting") == [3, 4])
    #expect(data.values("Mill", "Theft|Other") == [7, 8] && data.accounting.balances)
    #expect(
      data.note("column-roles")
        == .table(
          .columnRoles(
            areas: ["WardName", "WardCode", "LookUp_BoroughName"], measures: ["MajorText", "MinorText"], file: "t.csv"))
    )
    // Without a borough the code tells them apart, without a code the borough.
    let codes = try await space.table([
      "Ward,Ward code,Type,2019,2020", "Abbey,E05000026,x,1,2", "Abbey,E05000455,x,3,4",
    ])
    #expect(codes.panel.areas == ["Abbey (E05000026)", "Abbey (E05000455)"])
    let boroughs = try await space.table(["Ward,Borough,Type,2019,2020", "Abbey,North,x,1,2", "Abbey,South,x,3,4"])
    #expect(boroughs.panel.areas == ["Abbey (North)", "Abbey (South)"] && boroughs.panel.measures == ["x"])
  }

  @Test func smallAreasInsideBoroughs() async throws {
    let data = try await space.table([
      "LSOA Code,Borough,Major Category,Minor Category,201904,201905", "E01000006,Northborough,Theft,Shoplifting,1,2",
      "E01000007,Northborough,Theft,Shoplifting,3,4",
    ])
    #expect(data.panel.areas == ["E01000006", "E01000007"] && data.panel.measures == ["Theft|Shoplifting"])
  }

  @Test func governmentAreasOfAState() async throws {
    let data = try await space.table([
      "LGA,Offence category,Subcategory,Jan 1995,Feb 1995", "Aldbury,Assault,Other,1,2", "Aldbury,Theft,Other,3,4",
    ])
    #expect(data.panel.areas == ["Aldbury"] && data.panel.measures == ["Assault|Other", "Theft|Other"])
    let state = try await space.table([
      "Offence category,Subcategory,Jan 1995,Feb 1995", "Assault,Other,1,2", "Theft,Other,3,4",
    ])
    #expect(state.panel.areas == [WideColumns.wholeArea] && state.panel.measures == ["Assault|Other", "Theft|Other"])
    #expect(
      state.note("column-roles")
        == .table(.columnRoles(areas: [], measures: ["Offence category", "Subcategory"], file: "t.csv")))
  }

  @Test(arguments: [
    "Population", "% change", "Rate per 1,000", "Ward population", "3-year count", "2019/20", "Apr-Jun 2019",
  ])
  func numbersThatAreNoPeriods(name: String) async throws {
    let data = try await space.table([
      "Ward,Offence,\"\(name)\",2019-04,2019-05,2019-06,2019-07", "Abbey,x,\"1,200\",1,2,3,4", "Mill,x,3.5%,5,6,7,8",
    ])
    #expect(data.panel.areas == ["Abbey", "Mill"] && data.panel.measures == ["x"])
    #expect(data.values("Mill", "x") == [5, 6, 7, 8] && data.panel.frequency == .monthly)
    #expect(data.note("columns-left-out") == .table(.columnsLeftOut(["\"\(name)\""], file: "t.csv")))
    #expect(data.accounting == RowAccounting(unit: .cells, read: 8, counted: 8))
  }

  @Test func codesOfOffencesAndNumbersOfAreasAreText() async throws {
    let data = try await space.table([
      "Postcode,Offence,Offence code,2019,2020", "2000,Theft,30,1,2", "2010,Theft,31,3,4",
    ])
    #expect(data.panel.areas == ["2000", "2010"] && data.panel.measures == ["Theft|30", "Theft|31"])
    let beats = try await space.table(["Beat,Type,2019,2020", "11,x,1,2", "12,x,3,4"])
    #expect(beats.panel.areas == ["11", "12"])
    let codes = try await space.table(["Place,GSS,Type,2019,2020", "Abbey,E05000026,x,1,2", "Abbey,E05000455,x,3,4"])
    #expect(codes.panel.areas.count == 2)
  }

  @Test func optionsDecide() async throws {
    let rows = ["Site,Team,Offence,Score,2019,2020", "Abbey,Red,x,5,1,2", "Abbey,Blue,x,6,3,4"]
    #expect(try await space.table(rows).panel.measures == ["Red|x", "Blue|x"])
    let areas = try await space.table(rows) { $0.areaColumns = ["site", "Team"] }
    #expect(areas.panel.areas == ["Abbey (Red)", "Abbey (Blue)"] && areas.panel.measures == ["x"])
    let measures = try await space.table(rows) {
      $0.measureColumns = ["Score"]
      $0.ignoredColumns = ["Team", "Offence"]
    }
    #expect(measures.panel.areas == ["Abbey"] && measures.panel.measures == ["5", "6"])
    #expect(measures.note("columns-left-out") == nil)
    for change: (inout IngestOptions) -> Void in [
      { $0.areaColumns = ["Nowhere"] },
      {
        $0.areaColumns = ["Site"]
        $0.ignoredColumns = ["site"]
      },
    ] { #expect(try await space.tableError(rows, change)?.kind == .usage) }
    let years = try await space.table(rows) { $0.ignoredColumns = ["Offence", "Score", "2020"] }
    #expect(years.panel.span?.lowerBound == years.panel.span?.upperBound)
  }

  @Test(arguments: [
    ("E01000006", ColumnEvidence.Level.lsoa), ("E07000178", .district), ("W05000123", .ward), ("E23000029", .force),
    ("E22000305", .partnership),
  ]) func levelsOfCodes(code: String, level: ColumnEvidence.Level) {
    #expect(ColumnEvidence.level(ofCode: code) == level)
    #expect(
      ColumnEvidence.level(ofCode: code + "0") == nil && ColumnEvidence.level(ofCode: "X" + code.dropFirst()) == nil)
  }
}
