import CommunitySafety
import TimeSeries
import Testing

@testable import Ingest

@Suite struct RecordedCrimeAssemblyTests {
  let space: Workspace
  static let header =
    "Financial Year,Financial Quarter,Force Name,CSP Name,Offence Description,Offence Group,Offence Subgroup,Offence Code,Offence Count"

  init() throws { space = try Workspace() }

  private func row(
    _ year: String, _ quarter: String, _ csp: String, _ subgroup: String, _ code: String, _ count: String,
    force: String = "Thames Valley"
  ) -> String { "\(year),\(quarter),\(force),\(csp),Offence \(code),Theft,\(subgroup),\(code),\(count)" }

  private func file(_ name: String, _ rows: [String], header: String = header) throws -> String {
    try space.write(name, ([header] + rows).joined(separator: "\n"))
  }

  private func file(_ rows: [String], header: String = header) throws -> String {
    try file("h.csv", rows, header: header)
  }

  @Test func financialQuartersAreCalendarQuartersAndCodesAddUp() async throws {
    let data = try await read([
      try file([
        row("2019/20", "1", "Oxford", "Burglary", "28E", "10"), row("2019/20", "1", "Oxford", "Burglary", "30C", "5"),
        row("2019/20", "1", "Oxford", "Burglary", "31", "-2"), row("2019/20", "4", "Oxford", "Burglary", "28E", "7"),
        row("2019/20", "2", "Oxford", "Burglary", "28E", "1"), row("2019/20", "2", "Cherwell", "Robbery", "34A", "0"),
      ])
    ])
    #expect(data.kind == .recordedCrime && data.panel.frequency == .quarterly)
    let series = try #require(data.panel[.init(area: "Oxford", measure: "Burglary")])
    // April to June 2019; then the third quarter of the financial year is not there.
    #expect(series.start.firstDay == CivilDate(year: 2019, month: 4, day: 1))
    #expect(series.end.firstDay == CivilDate(year: 2020, month: 1, day: 1))
    #expect(series.values[0] == 13 && series.values[1] == 1 && series.values[2].isNaN && series.values[3] == 7)
    #expect(data.panel.style.format(series.start) == "2019-Q2")
    #expect(data.values("Cherwell", "Robbery") == [0])
    #expect(data.areas["Oxford"]?.level == .csp && data.areas["Oxford"]?.force == "Thames Valley")
    #expect(data.completeness.cells.map(\.status) == [.present, .present, .absent, .present])
    #expect(data.accounting == RowAccounting(read: 6, counted: 6))
  }

  @Test(
    arguments: [
      "financial year,financial quarter,force name,csp name,offence description,offence group,offence subgroup,offence code,number of offences",
      "Financial_Year,Financial_Quarter,Force_Name,CSP_Name,Offence_Description,Offence_Group,Offence_Sub_Group,Offence_Code,Rcd_Offences",
      " Financial Year ,Quarter,Force,CSP,Offence Description,Offence group,Offence subgroup,Offence code,Rcd Offences",
    ]) func headersDrift(header: String) async throws
  {
    for (year, quarter) in [("2019/20", "Q1"), ("2019-20", "1"), ("2019/2020", "q1"), ("2019/20", "Q 1")] {
      let data = try await read([
        try file([row(year, quarter, "Oxford", "Burglary", "28E", "3")], header: header)
      ])
      #expect(data.values("Oxford", "Burglary") == [3])
    }
  }

  @Test func spellingsComeFromTheLatestPeriodOverAllFiles() async throws {
    let new = try file("a.csv", [row("2020/21", "1", "South and Vale", "Public order offences", "9A", "4")])
    let old = try file("b.csv", [row("2019/20", "4", "SOUTH & VALE", "PUBLIC ORDER  OFFENCES", "9A", "3")])
    let data = try await read([new, old])
    #expect(data.panel.series.count == 1)
    #expect(data.values("South and Vale", "Public order offences") == [3, 4])
    #expect(data.areas["South and Vale"]?.population == 288_000)
    guard case .counted(.spellings(let spellings)) = try #require(data.note("spelling")) else {
      return #expect(Bool(false))
    }
    #expect(spellings.contains(.init(now: "Public order offences", others: ["PUBLIC ORDER OFFENCES"])))
  }

  @Test func levels() async throws {
    let path = try file([
      row("2019/20", "1", "Oxford", "Burglary", "28E", "10"), row("2019/20", "1", "Oxford", "Vehicle", "45", "5"),
    ])
    #expect(try await read([path]) { $0.offenceLevel = .group }.values("Oxford", "Theft") == [15])
    #expect(try await read([path]) { $0.offenceLevel = .code }.values("Oxford", "28E") == [10])
    #expect(try await read([path]) { $0.offenceLevel = .description }.values("Oxford", "Offence 45") == [5])
    let header = "Financial Year,Financial Quarter,CSP Name,Offence Group,Offence Count"
    let short = try file("s.csv", ["2019/20,1,Oxford,Theft,3"], header: header)
    let error = try #require(try await failure([short]))
    #expect(error.kind == .usage && error.remedy == "Say --offence-level group")
    #expect(try await read([short]) { $0.offenceLevel = .group }.values("Oxford", "Theft") == [3])
  }

  @Test func unknownAndNegativeTotalsAreMissingNeverZero() async throws {
    let data = try await read([
      try file([
        row("2019/20", "1", "Oxford", "Burglary", "28E", "2"), row("2019/20", "1", "Oxford", "Burglary", "30C", "-5"),
        row("2019/20", "2", "Oxford", "Burglary", "28E", "[c]"), row("2019/20", "2", "Oxford", "Burglary", "30C", "4"),
        row("2019/20", "3", "Oxford", "Burglary", "28E", ""), row("2019/20", "4", "Oxford", "Burglary", "28E", "6"),
      ])
    ])
    let values = try #require(data.values("Oxford", "Burglary"))
    #expect(values[0...2].allSatisfy(\.isNaN) && values[3] == 6)
    #expect(
      data.note("negative-totals")
        == .counted(
          .negativeTotals([
            .init(.init(area: "Oxford", measure: "Burglary"), .init(frequency: .quarterly, ordinal: 2019 * 4 + 1), -3)
          ])))
    #expect(
      data.accounting
        == RowAccounting(
          read: 6, counted: 1,
          setAside: [
            "negative total": 2, "suppressed value": 1, "added to an unknown number": 1, "missing value": 1,
          ]))
    #expect(data.accounting.balances)
  }

  @Test func crimesOfNoPartnershipStayApart() async throws {
    let path = try file([
      row("2019/20", "1", "Oxford", "Fraud", "1", "2"), row("2019/20", "1", "", "Fraud", "1", "3"),
      row("2019/20", "1", "Unassigned", "Fraud", "1", "4", force: "Merseyside"),
      row("2019/20", "1", "British Transport Police", "Fraud", "1", "5", force: "British Transport Police"),
      row("2019/20", "1", "Action Fraud", "Fraud", "1", "6", force: "Action Fraud"),
    ])
    let data = try await read([path])
    let residual = data.areas.values.filter { $0.level == .residual }.map(\.name).sorted()
    #expect(
      residual == ["Action Fraud", "British Transport Police", "Unassigned (Merseyside)", "Unassigned (Thames Valley)"])
    #expect(data.accounting == RowAccounting(read: 5, counted: 1, residual: ["no partnership": 4]))
    let one = try await read([path]) { $0.areas = ["Oxford"] }
    #expect(one.panel.areas == ["Oxford"] && one.accounting.setAside == ["area not asked for": 4])
    #expect(
      try await read([path]) { $0.areas = ["Thames Valley"] }.panel.areas == ["Oxford", "Unassigned (Thames Valley)"])
  }

  @Test func overlappingFilesMustAgree() async throws {
    let a = try file("a.csv", [row("2019/20", "1", "Oxford", "Burglary", "28E", "2")])
    let b = try file(
      "b.csv",
      [row("2019/20", "1", "Oxford", "Burglary", "28E", "2"), row("2019/20", "2", "Oxford", "Burglary", "28E", "3")])
    let data = try await read([a, b])
    #expect(data.values("Oxford", "Burglary") == [2, 3])
    #expect(data.accounting.setAside == ["repeated in another file": 1] && data.accounting.balances)
    let c = try file("c.csv", [row("2019/20", "1", "Oxford", "Burglary", "28E", "9")])
    let error = try #require(try await failure([a, c]))
    #expect(error.location == .init(file: c, line: 2) && error.message.contains("\(a):2"))
    #expect(try await read([a, a]).accounting.setAside == ["repeated file": 1])
  }

  @Test func badRowsAreLocated() async throws {
    for (year, quarter, count, column) in [
      ("2019", "1", "3", 1), ("2019/21", "1", "3", 1), ("2019/20", "5", "3", 2), ("2019/20", "1", "2.5", 9),
      ("2019/20", "1", "many", 9),
    ] {
      let path = try file([
        row("2019/20", "1", "Oxford", "B", "1", "1"), row(year, quarter, "Oxford", "B", "1", count),
      ])
      #expect(try await failure([path])?.location == .init(file: path, line: 3, column: column))
    }
    let missing = try file("m.csv", ["2019/20,x,3"], header: "Financial Year,Offence Group,Offence Count")
    #expect(try await failure([missing])?.message.contains("Financial Quarter, CSP Name") == true)
  }
}
