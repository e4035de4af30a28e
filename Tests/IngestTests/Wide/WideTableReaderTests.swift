import CommunitySafety
import TimeSeries
import Testing

@testable import Ingest

@Suite struct WideTableReaderTests {
  let space: Workspace

  init() throws { space = try Workspace() }

  @Test func aRowIsASeries() async throws {
    let data = try await space.table([
      "MajorText,MinorText,LookUp_BoroughName,201004,201005,201006", "Theft,Shoplifting,Oxford,1,2,3",
      "Theft,,Oxford,\"1,200\", 5 ,1e3", "Theft,Shoplifting,\"Bristol, City of\",0.5,0,-2",
    ])
    #expect(
      data.panel.series.map(\.key) == [
        SeriesKey(area: "Oxford", measure: "Theft|Shoplifting"), SeriesKey(area: "Oxford", measure: "Theft|"),
        SeriesKey(area: "Bristol, City of", measure: "Theft|Shoplifting"),
      ])
    #expect(data.panel.series.map(\.values) == [[1, 2, 3], [1200, 5, 1000], [0.5, 0, -2]])
    #expect(data.panel.series.map(\.kind) == [.count, .count, .value])
    #expect(data.panel.frequency == .monthly && data.panel.style.format(.month(2010, 7)) == "201007")
    #expect(data.areas["Oxford"]?.level == .district)
    #expect(data.accounting == RowAccounting(unit: .cells, read: 9, counted: 9))
    #expect(data.completeness.cells.map(\.rows) == [3, 3, 3])
  }

  @Test func missingIsNotZeroUnlessSaid() async throws {
    let lines = ["Area,Type,2010,2011,2012,2013", "A,x,1,,[c],4", "B,x,NA,2,3,", "C,x,,,,"]
    let data = try await space.table(lines)
    let a = try #require(data.values("A", "x"))
    #expect(a[0] == 1 && a[1].isNaN && a[2].isNaN && a[3] == 4)
    #expect(data.panel.series.allSatisfy { $0.count == 4 && $0.kind == .count })
    #expect(data.accounting.counted == 4 && data.accounting.balances)
    #expect(data.accounting.setAside == ["missing value": 7, "suppressed value": 1])
    #expect(data.note("missing-values") == .table(.missing(7, unit: .cells)))
    let zero = try await space.table(lines) { $0.absentMeansZero = true }
    let b = try #require(zero.values("B", "x"))
    #expect(b[0].isNaN && Array(b[1...]) == [2, 3, 0])
    #expect(zero.values("C", "x") == [0, 0, 0, 0])
    #expect(zero.accounting.setAside == ["missing value": 1, "suppressed value": 1] && zero.accounting.balances)
  }

  @Test(arguments: [false, true]) func columnsForMonthsToComeAreNotThere(isZero: Bool) async throws {
    let data = try await space.table([
      "Area,Type,2019-01,2019-02,2019-03,2019-04", "A,x,,1,2,", "B,x,,3,,",
    ]) { $0.absentMeansZero = isZero }
    #expect(data.panel.span == .month(2019, 2)...(.month(2019, 3)))
    #expect(data.values("A", "x") == [1, 2])
    #expect(data.note("blank-columns") == .table(.blankColumns(["2019-01", "2019-04"], file: "t.csv")))
    #expect(data.accounting.balances && data.accounting.setAside["missing value"] == (isZero ? 4 : 5))
  }

  @Test func columnsInAnyOrderAndTwoFilesMakeOneSeries() async throws {
    let first = try space.write("a.csv", "Area,Type,2019-03,2019-01,2019-02\nA,x,3,1,2\n")
    let second = try space.write("b.csv", "Area,Type,2019-05,2019-06\nA,x,5,6\nB,x,7,8\n")
    let data = try await read([first, second])
    let a = try #require(data.values("A", "x"))
    #expect(Array(a[0..<3]) == [1, 2, 3] && a[3].isNaN && Array(a[4...]) == [5, 6])
    #expect(data.values("B", "x") == [7, 8] && data.panel.series[1].start == .month(2019, 5))
    #expect(data.accounting.balances && data.accounting.counted == 7)
    let long = try space.write("c.csv", "area,measure,period,count\nA,x,2019-04,4\n")
    let both = try await read([first, second, long])
    #expect(both.values("A", "x") == [1, 2, 3, 4, 5, 6] && both.accounting.unit == .rowsAndCells)
  }

  @Test func repeatedHeaderTotalAndByteOrderMark() async throws {
    let text = "\u{FEFF}Area,Type,2019,2020,Total\r\nA,x,1,2,3\r\n\u{FEFF}Area,Type,2019,2020,Total\r\nB,x,3,4,7\r\n"
    let data = try await read([try space.write("t.csv", text)])
    #expect(data.panel.series.map(\.values) == [[1, 2], [3, 4]])
    #expect(data.accounting.setAside == ["repeated header": 2] && data.accounting.balances)
    #expect(data.note("columns-left-out") == .table(.columnsLeftOut(["\"Total\""], file: "t.csv")))
    #expect(data.note("repeated-header") != nil)
  }

  @Test func badCellsAndSecondRowsAreLocated() async throws {
    let cell = try #require(try await space.tableError(["Area,Type,2019,2020", "A,x,1,2", "B,x,1,1.234,5"]))
    #expect(cell.location?.line == 3 && cell.message.contains("5 fields"))
    for text in ["(12)", "12%", "£5", "\"1.234,5\"", "twelve"] {
      let error = try #require(try await space.tableError(["Area,Type,2019,2020", "A,x,1,\(text)"]))
      #expect(error.location?.line == 2 && error.location?.column == 4 && error.message.contains("not a number"))
    }
    let blank = try #require(try await space.tableError(["Area,Type,2019,2020", ",x,1,2"]))
    #expect(blank.location?.line == 2 && blank.location?.column == 1)
    let lines = ["Area,Type,2019,2020", "A,x,1,2", "A,x,3,"]
    let twice = try #require(try await space.tableError(lines))
    #expect(twice.location?.line == 3 && twice.message.contains("second row for 2019; the first is line 2"))
    let sum = try await space.table(lines) { $0.duplicates = .summed }
    let values = try #require(sum.values("A", "x"))
    #expect(values[0] == 4 && values[1].isNaN)
    #expect(sum.accounting.counted == 2 && sum.accounting.balances)
    #expect(sum.accounting.setAside == ["missing value": 1, "row of a sum with a missing part": 1])
  }

  @Test func oneColumnOfNames() async throws {
    let ids = try await space.table(["unique_id,2010-04,2010-05", "Hackney|Theft|Shoplifting,1,2"])
    #expect(ids.panel.series[0].key == SeriesKey(area: "Hackney", measure: "Theft|Shoplifting"))
    let named = try await space.table(["Ward,Apr 2010,May 2010", "Jericho,1,2"]) { $0.measure = "Burglary" }
    #expect(named.panel.series[0].key == SeriesKey(area: "Jericho", measure: "Burglary"))
    let alone = try await space.table(["Ward,Apr 2010,May 2010", "Jericho,1,2"])
    #expect(alone.panel.series[0].key == SeriesKey(area: "Jericho", measure: nil))
  }

  @Test func manyColumns() async throws {
    let days = (0..<CSVScanner.fieldLimit - 2).map {
      PeriodStyle.date(.offset(0), suffix: "").format(.init(frequency: .daily, ordinal: $0))
    }
    let row = "A,x," + days.indices.map { String($0 % 10) }.joined(separator: ",")
    let data = try await space.table(["Area,Type," + days.joined(separator: ","), row])
    #expect(data.panel.frequency == .daily && data.panel.series[0].count == days.count)
    #expect(data.panel.series[0].values[19_995] == 5)
    let error = try #require(try await space.tableError([String(repeating: ",2019", count: CSVScanner.fieldLimit)]))
    #expect(error.message.contains("more than 20000 fields"))
  }

  /// A blank code beside a filled one of the same name is no other area; two codes of one name are two.
  @Test func aBlankCodeIsTheCodeOfItsName() async throws {
    let data = try await space.table([
      "Ward code,Ward,Offence,2019-01,2019-02", "E05000001,Abbey,Theft,1,2", ",Abbey,Arson,3,4",
      "E05000002,Park,Theft,5,6", "E05000003,Park,Theft,7,8", ",Park,Arson,9,10",
    ])
    #expect(
      data.panel.series.map(\.key.area) == ["Abbey", "Abbey", "Park (E05000002)", "Park (E05000003)", "Park"])
    #expect(data.values("Abbey", "Arson") == [3, 4])
  }
}
