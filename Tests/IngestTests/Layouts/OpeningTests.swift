import CommunitySafety
import Diagnostics
import Testing
import TimeSeries

@testable import Ingest

/// Tables with lines above and below them, of own making.
@Suite struct OpeningTests {
  let space: Workspace

  init() throws { space = try Workspace() }

  private static let months = "2021-04,2021-05,2021-06"
  private static let rows = ["Ashby,Theft,5,6,7", "Barton,Theft,8,9,10"]

  @Test(arguments: [
    ["Table 9: thefts", "District,Offence,\(months)"], ["Thefts,,,,", ",,,,", "District,Offence,\(months)"],
    ["\"Thefts, by district\"", "Made on 3 May", "District,Offence,\(months)"],
    ["Loamshire,Partnership", "District,Offence,\(months)"],
    ["\u{FEFF}Thefts by month, district, and offence", "District,Offence,\(months)"],
  ]) func titlesAboveAWideTable(opening: [String]) async throws {
    let data = try await space.table(opening + Self.rows)
    #expect(data.values("Ashby", "Theft") == [5, 6, 7] && data.values("Barton", "Theft") == [8, 9, 10])
    #expect(data.accounting == RowAccounting(unit: .cells, read: 6, counted: 6))
    guard case .files(.linesAbove(let lines, let header, "t.csv")) = try #require(data.note("lines-above")) else {
      throw HorizonError(.data, "another note")
    }
    #expect(!lines.isEmpty && header == opening.count)
  }

  /// Councils write the financial year over the first of its months, and the months with their year all the same.
  @Test func yearsOverMonthsThatSayTheirOwn() async throws {
    let rows = ["Ashby,Theft,1,2,3,4", "Barton,Theft,5,6,7,8"]
    let data = try await space.table(
      ["Monthly return,,,,,", ",,2023/24,,2024/25,", "Town,Indicator,Feb-24,Mar-24,Apr-24,May-24"] + rows)
    #expect(data.values("Ashby", "Theft") == [1, 2, 3, 4] && data.panel.span?.lowerBound == .month(2024, 2))
    let calendar = try await space.table(
      [",,2023,,2024,", "Town,Indicator,2023-11,2023-12,2024-01,2024-02"] + rows)
    #expect(calendar.values("Barton", "Theft") == [5, 6, 7, 8])
  }

  /// Which of the two years is wrong nobody can tell; a lone year is a title.
  @Test(arguments: [(",,2024,,2025,", 5), (",,2023/24,,2024/25,", 3), (",,2024,2024,2024,2025", 6)])
  func aMonthUnderAnotherYear(above: String, column: Int) async throws {
    let months =
      column == 3 ? "Mar-22,Mar-24,Apr-24,May-24" : "Jan-24,Feb-24,\(column == 5 ? "Jan-24" : "Apr-24"),Feb-26"
    let error = try #require(
      try await space.tableError(["Return", above, "Town,Indicator,\(months)", "Ashby,Theft,1,2,3,4"]))
    #expect(error.kind == .data && error.location?.line == 3 && error.location?.column == column)
    #expect(error.message.contains("stands under \"20") && error.remedy?.contains("Correct the year") == true)
    let title = try await space.table([
      ",,2025,,,", "Town,Indicator,Nov-24,Dec-24,Jan-25,Feb-25", "Ashby,Theft,1,2,3,4",
    ])
    #expect(title.values("Ashby", "Theft") == [1, 2, 3, 4] && title.panel.span?.lowerBound == .month(2024, 11))
    #expect(title.note("lines-above") != nil)
  }

  @Test func titlesAboveALongTable() async throws {
    let data = try await space.table([
      "Thefts", "", "area,measure,period,count", "Ashby,Theft,2021-04,5", "Ashby,Theft,2021-05,6",
    ])
    #expect(data.values("Ashby", "Theft") == [5, 6] && data.note("lines-above")?.severity == .warning)
    let ids = try await space.table(["Made by hand;;", "unique_id;ds;y", "a;2021-04;1", "a;2021-05;2"])
    #expect(ids.values("a", nil) == [1, 2])
  }

  /// What may be a part of the table is no title; the error says where the header seems to be.
  @Test func whatIsNoTitle() async throws {
    let error = try #require(
      try await space.tableError(["Ashby,Theft,1,2,3", "District,Offence,\(Self.months)"] + Self.rows))
    #expect(error.kind == .data && error.location?.line == 1 && error.remedy?.contains("line 2") == true)
    let other = try await space.tableError(["foo,bar,baz", "1,2,3"])
    #expect(other?.location?.line == 1 && other?.remedy?.contains("line") != true)
  }

  @Test(arguments: [
    (",,2020/21,,2021/22,,", "Area,Type,Feb,Mar,Apr,May,Jun", 2021),
    (",,2021,2021,2021,2021,2021", "Area,Type,feb,mar,apr,may,jun", 2021),
    ("Thefts,,2020-21,,2021-22,,", "Area,Type,February,March,April,May,June", 2021),
  ]) func yearsOverMonths(upper: String, lower: String, year: Int) async throws {
    let data = try await space.table([upper, lower, "Ashby,Theft,1,2,3,4,5", lower, "Barton,Theft,2,3,4,5,6"])
    #expect(data.panel.span == .month(year, 2)...(.month(year, 6)))
    #expect(data.values("Ashby", "Theft") == [1, 2, 3, 4, 5])
    #expect(data.accounting.setAside == ["repeated header": 5] && data.accounting.balances)
  }

  @Test func yearsOverQuartersBelowATitle() async throws {
    let data = try await space.table([
      "Thefts by quarter", ",,2021/22,,,,2022/23,", "Area,Type,Q1,Q2,Q3,Q4,Q1,Q2", "Ashby,Theft,1,2,3,4,5,6",
    ])
    #expect(data.panel.frequency == .quarterly && data.values("Ashby", "Theft") == [1, 2, 3, 4, 5, 6])
    #expect(data.panel.span?.lowerBound == Period(frequency: .quarterly, ordinal: 2021 * 4 + 1))
    #expect(data.note("lines-above") != nil)
  }

  @Test(arguments: [
    [",,,,", "Source: the partnership,,,,"], ["Source: the partnership"],
    ["", "1. Provisional, and may change.", "* Estimated"],
    ["Notes", "Figures are of recorded offences and may be revised later"], [",,,,\u{A9} the partnership"],
  ]) func notesBelow(notes: [String]) async throws {
    let data = try await space.table(["District,Offence,\(Self.months)"] + Self.rows + notes)
    #expect(data.panel.series.count == 2 && data.accounting == RowAccounting(unit: .cells, read: 6, counted: 6))
    guard case .table(.linesBelow(let lines, "t.csv")) = try #require(data.note("lines-below")) else {
      throw HorizonError(.data, "another note")
    }
    #expect(!lines.isEmpty)
    let long = try await space.table(
      ["area,measure,period,count", "A,x,2021-04,1", "A,x,2021-05,2"] + notes.map { $0.replacing(",,,,", with: ",,,") })
    #expect(long.values("A", "x") == [1, 2] && long.note("lines-below") != nil && long.accounting.balances)
  }

  /// Two tables on a sheet, a row cut short, and a row without its offence.
  @Test func whatIsNoNote() async throws {
    let two = try #require(
      try await space.tableError(
        ["District,Offence,\(Self.months)"] + Self.rows + ["Source: x,,,,"] + ["Corby,Theft,1,2,3"]))
    #expect(two.location?.line == 4)
    #expect(
      try await space.tableError(["District,Offence,\(Self.months)"] + Self.rows + ["Cor,Th"])?.location?.line == 4)
    #expect(
      try await space.tableError(["District,Offence,\(Self.months)"] + Self.rows + ["Corby,,1,2,3"])?.location?.line
        == 4)
    let path = try space.write("cut.csv", "area,measure,period,count\nA,x,2021-04,1\nVale of")
    #expect(try await failure([path])?.message.contains("cut short") == true)
  }

  @Test(arguments: [";", "\t", ","]) func separatorsThatAreSaid(separator: String) async throws {
    let rows = ["area,measure,period,count", "A,x,2021-04,1", "A,x,2021-05,2"].map {
      $0.replacing(",", with: separator)
    }
    let data = try await space.table(["sep=\(separator)"] + rows)
    #expect(data.values("A", "x") == [1, 2])
    let titled = try await space.table(["Counts"] + rows)
    #expect(titled.values("A", "x") == [1, 2])
  }

  @Test(arguments: [
    ("unique_id,area,measure,level,kind,from,to,periods,mean", "A|x,A,x,district,count,2019-01,2019-03,3,1.5"),
    ("unique_id,ds,model,mean,lo-80,hi-80", "A|x,2019-04,theta,1.7,0,4"),
    ("unique_id,ds,observed,expected,p_value", "A|x,2019-04,3,1.7,0.2"),
    ("unique_id,start,end,periods,level", "A|x,2019-04,2020-04,12,9"),
  ]) func whatHorizonWroteIsNoInput(header: String, row: String) async throws {
    let error = try #require(try await space.tableError([header, row, row]))
    #expect(error.remedy == "This seems to be a table that Horizon wrote: give the input that it was made from")
  }

  /// A row with two months and other numbers is no header of a wide table.
  @Test func aRowIsNoLikelyHeader() async throws {
    let error = try #require(
      try await space.tableError(["place,what,first,last,rows", "A,x,2019-01,2019-03,3", "B,x,2019-01,2019-03,4"]))
    #expect(error.remedy?.contains("seems to be on line") == false)
  }

  /// Notes below a table are few: many rows that lack their figures are rows, and refused.
  @Test func manyIncompleteRowsAreNoNotes() async throws {
    let table = ["area,measure,period,count", "A,x,2019-01,5", "A,x,2019-02,6"]
    let notes = try await space.table(table + (0..<50).map { "Note \($0),,," })
    #expect(notes.accounting.counted == 2)
    let error = try await space.tableError(table + (0..<51).map { "Area\($0),,," })
    #expect(error?.location?.line == 4)
  }

  /// A wide row that goes on under another spelling is one row: a blank cell beside a value says nothing.
  @Test func aRowMayGoOnUnderAnotherSpelling() async throws {
    let data = try await space.table([
      "Area,2019-01,2019-02,2019-03,2019-04", "St. Ives,1,2,,", "Ely,5,6,7,8", "St Ives,,,3,4",
    ])
    #expect(data.panel.series.count == 2 && data.panel.series[0].values == [1, 2, 3, 4])
    #expect(data.accounting.balances)
  }
}
