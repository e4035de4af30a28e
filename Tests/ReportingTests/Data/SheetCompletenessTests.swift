import Ingest
import Tables
import Testing
import TimeSeries

@testable import Reporting

@Suite struct SheetCompletenessTests {
  private func data(_ cells: [CompletenessCalendar.Cell], _ accounting: RowAccounting) -> IngestedData {
    IngestedData(
      kind: .policeUK, panel: Panel(frequency: .monthly, style: .yearMonth, series: []), areas: [:],
      completeness: CompletenessCalendar(cells: cells), accounting: accounting, sources: [], notes: [])
  }

  private func csv(_ table: Sheet) throws -> String {
    String(decoding: try table.rendered(as: .csv), as: UTF8.self)
  }

  @Test func aRowByPeriodAndOneOfTheWhole() throws {
    let june = RowAccounting(read: 60, counted: 28, residual: ["no location": 2], setAside: ["repeated file": 30])
    var whole = june
    whole.read += 1
    whole.setAside["month without a file of its own"] = 1
    let table = Sheet.completeness(
      data(
        [
          .init(
            source: "thames-valley", period: .month(2019, 6), status: .present, rows: 30, unlocated: 2, medianRows: 30,
            account: june)
        ], whole))
    #expect(
      try csv(table) == """
        source,period,status,rows,rows_without_location,median_rows,read,counted,residual,set_aside,reasons,archive,recorded_crime_held,recorded_crime_share
        thames-valley,2019-06,present,30,2,30,60,28,2,30,no location: 2; repeated file: 30,,,
        all,,,,,,61,28,2,31,no location: 2; month without a file of its own: 1; repeated file: 30,,,

        """)
  }

  @Test func periodsOfTablesHaveNoAccountOfTheirOwn() throws {
    let table = Sheet.completeness(
      data(
        [.init(source: "table", period: .month(2019, 6), status: .present, rows: 3, unlocated: 0, medianRows: 3)],
        RowAccounting(read: 3, counted: 2, setAside: ["suppressed value": 1])))
    #expect(
      try csv(table).hasSuffix(
        "table,2019-06,present,3,0,3,,,,,,,,\nall,,,,,,3,2,0,1,suppressed value: 1,,,\n"))
  }
}
