import CommunitySafety
import Diagnostics
import Testing
import TimeSeries

@testable import Ingest

/// How tables stand on sheets: merged cells, notes, hidden rows, and more than one.
@Suite struct SheetTablesTests {
  let space: Workspace

  init() throws { space = try Workspace() }

  private func data(_ format: TestFormat, _ rows: [[TestCell]]) async throws -> IngestedData {
    try await read([try space.book(format, [TestSheet("Data", rows)])])
  }

  private func error(_ format: TestFormat, _ rows: [[TestCell]]) async throws -> HorizonError {
    try #require(try await failure([try space.book(format, [TestSheet("Data", rows)])]))
  }

  @Test(arguments: TestFormat.allCases)
  func titleAndTheSameHeaderBeginASecondTable(format: TestFormat) async throws {
    let error = try await error(
      format,
      [
        ["Burglary"], ["Area", "2019-01", "2019-02"], ["Oxford", 1, 2], [.blank], ["Robbery"],
        ["Area", "2019-01", "2019-02"], ["Cherwell", 3, 4],
      ])
    #expect(error.message.contains("a second table seems to begin here") && error.location?.line == 6)
    // The header alone, as at a new page, parts nothing.
    let data = try await data(
      format,
      [
        ["Area", "2019-01", "2019-02"], ["Oxford", 1, 2], ["Area", "2019-01", "2019-02"], ["Cherwell", 3, 4],
      ])
    #expect(data.panel.areas == ["Oxford", "Cherwell"])
  }

  @Test func sheetsNamedForOffencesDoNotContinueEachOther() async throws {
    func sheets(_ first: String, _ second: String) throws -> String {
      try space.book(
        .allCases[0],
        [
          TestSheet(first, [["Area", "2019-01", "2019-02"], ["Oxford", 1, 2]]),
          TestSheet(second, [["Area", "2019-03", "2019-04"], ["Oxford", 3, 4]]),
        ])
    }
    let error = try #require(try await failure([try sheets("Burglary", "Robbery")]))
    #expect(error.message.contains("they may count different things"))
    #expect(try await read([try sheets("Jan 2019", "Mar 2019")]).panel.series[0].values == [1, 2, 3, 4])
  }

  @Test(arguments: TestFormat.allCases)
  func headersMergedOverTwoRows(format: TestFormat) async throws {
    let data = try await data(
      format,
      [
        [.merged("Table 2: Offences by quarter", columns: 8, rows: 1)],
        [
          .merged("Area", columns: 1, rows: 2), .merged("Offence", columns: 1, rows: 2),
          .merged("2019/20", columns: 3, rows: 1),
          .merged("2020/21", columns: 3, rows: 1),
        ],
        [.blank, .blank, "Apr", "May", "Jun", "Apr", "May", "Jun"],
        ["Oxford", "Burglary", 1, 2, 3, 4, 5, 6], ["Oxford", "Robbery", 7, 8, 9, 1, 2, 3],
      ])
    #expect(data.panel.series.map(\.key.uniqueID) == ["Oxford|Burglary", "Oxford|Robbery"])
    #expect(data.panel.series[0].start == .month(2019, 4))
    #expect(
      Array(data.panel.series[0].values[0..<3]) == [1, 2, 3] && Array(data.panel.series[0].values[12...]) == [4, 5, 6])
    let label = "book.\(format.rawValue)!Data"
    #expect(
      data.notes.contains(
        .files(.joinedHeader(upper: 2, lower: 3, written: "Apr", readAs: "Apr 2019", file: label))))
  }

  @Test(arguments: TestFormat.allCases)
  func hiddenColumnsAreReadAndSaid(format: TestFormat) async throws {
    let sheet = TestSheet(
      "Data",
      [
        ["Area", "Offence", "Population", "2019-01", "2019-02", "2019-03"], ["Oxford", "Burglary", 900, 1, 2, 3],
        ["Cherwell", "Burglary", 800, 4, 5, 6],
      ])
    var parts = format == .xlsx ? ExcelBook([sheet]).parts : OpenDocumentBook([sheet]).parts
    let (part, old, new) =
      format == .xlsx
      ? (
        "xl/worksheets/sheet1.xml", "<sheetData>",
        "<cols><col min=\"1\" max=\"2\"/><col min=\"3\" max=\"5\" hidden=\"1\"/></cols><sheetData>"
      )
      : (
        "content.xml", "<table:table-column/>",
        "<table:table-column table:number-columns-repeated=\"2\"/>"
          + "<table:table-column table:number-columns-repeated=\"3\" table:visibility=\"collapse\"/><table:table-column/>"
      )
    parts[part] = parts[part]?.replacing(old, with: new)
    let data = try await read([try space.pack("book.\(format.rawValue)", parts)])
    #expect(data.values("Oxford", "Burglary") == [1, 2, 3])
    // The population is hidden too, and is not read.
    #expect(
      data.notes.contains(
        .workbook(.hiddenColumns(["\"2019-01\"", "\"2019-02\""], file: "book.\(format.rawValue)!Data"))))
  }

  @Test(arguments: TestFormat.allCases)
  func textsMergedDownStandInAllRowsAndNumbersOnce(format: TestFormat) async throws {
    let data = try await data(
      format,
      [
        ["area", "measure", "period", "count", "population"],
        [
          .merged("Oxford", columns: 1, rows: 3), .merged("Burglary", columns: 1, rows: 2), "2019-01", 1,
          .merged(100, columns: 1, rows: 3),
        ],
        [.blank, .blank, "2019-02", 2, .blank], [.blank, "Robbery", "2019-01", 3, .blank],
        ["Cherwell", "Burglary", "2019-01", 4, 50],
      ])
    let values = Dictionary(uniqueKeysWithValues: data.panel.series.map { ($0.key.uniqueID, $0.values) })
    #expect(
      values["Oxford|Burglary"] == [1, 2] && values["Oxford|Robbery"]?[0] == 3 && values["Cherwell|Burglary"]?[0] == 4)
    // Without merged cells a row must say its area.
    let blank = try await error(
      format,
      [
        ["area", "measure", "period", "count"], ["Oxford", "Burglary", "2019-01", 1],
        [.blank, "Burglary", "2019-02", 2],
      ])
    #expect(blank.message == "the field is blank" && blank.description.contains("cell A3"))
  }

  @Test(arguments: TestFormat.allCases)
  func twoTablesSideBySideAreRefused(format: TestFormat) async throws {
    let wide = try await error(
      format,
      [["Area", "2019", "2020", .blank, "Area", "2021", "2022"], ["Oxford", 1, 2, .blank, "Cherwell", 3, 4]])
    #expect(wide.kind == .data && wide.location?.sheet == "Data")
    let long = try await error(
      format,
      [
        ["area", "measure", "period", "count", .blank, "area", "measure", "period", "count"],
        ["Oxford", "Burglary", "2019-01", 1, .blank, "Oxford", "Burglary", "2019-02", 2],
      ])
    #expect(long.message.contains("side by side: columns A to D, and from F"))
    // A blank column between years, and one remark to the right of all, are no second table.
    let gaps = try await data(
      format,
      [
        ["Area", "Offence", "2019", "2020", .blank, "2021", .blank, "Remarks"],
        ["Oxford", "Burglary", 1, 2, .blank, 3, .blank, "new"],
        ["Oxford", "Robbery", 4, 5, .blank, 6],
      ])
    #expect(gaps.panel.series.map(\.values) == [[1, 2, 3], [4, 5, 6]])
  }

  @Test(arguments: TestFormat.allCases)
  func twoTablesOneBelowTheOtherAreRefused(format: TestFormat) async throws {
    let first: [[TestCell]] = [["Area", "2019", "2020", "2021"], ["Oxford", 1, 2, 3], ["Cherwell", 4, 5, 6], []]
    for second: [[TestCell]] in [
      [["Area", "2022", "2023", "2024"], ["Oxford", 1, 2, 3]], [["Ward", "2019", "2020"], ["Barton", 1, 2]],
      [["Area", .number("2022"), .number("2023")], ["Oxford", 1, 2]],
      [["area", "measure", "period", "count"], ["Oxford", "Burglary", "2019-01", 1]],
    ] {
      let error = try await error(format, first + second)
      #expect(error.message.contains("second table") && error.location?.line == 5, "\(error)")
    }
    // The header again, and rows that a blank one parts from those above, go on with the table.
    let again = try await data(
      format, first + [["Area", "2019", "2020", "2021"], ["Witney", 7, 8, 9], [], ["Thame", 2019, 2021, 2030]])
    #expect(again.panel.series.count == 4 && again.accounting.balances)
    #expect(again.accounting.setAside["repeated header"] == 3)
  }

  @Test(arguments: TestFormat.allCases)
  func areasInRowsAndColumnsAreRefused(format: TestFormat) async throws {
    for rows: [[TestCell]] in [
      [["Offence", "Oxford", "Cherwell"], ["Burglary", 1, 2], ["Robbery", 3, 4]],
      [["Month", "Oxford", "Cherwell"], [.date("2019-01-01"), 1, 2], [.date("2019-02-01"), 3, 4]],
    ] {
      let error = try await error(format, rows)
      #expect(error.kind == .data && error.message.contains("missing") && error.remedy != nil)
    }
  }

  @Test(arguments: TestFormat.allCases)
  func notesBelowInOneOrTwoCells(format: TestFormat) async throws {
    let data = try await data(
      format,
      [
        ["Area", "Offence [note 1]", "2019", "2020", "2021"], ["Oxford [note 2]", "Burglary", 1, "2 [note 3]", 3], [],
        ["Source:", "Thames Valley Police"], ["[note 1] As recorded."], ["2. A footnote (see above)"],
      ])
    #expect(data.panel.series.map(\.key.uniqueID) == ["Oxford|Burglary"] && data.panel.series[0].values == [1, 2, 3])
    #expect(
      data.notes.contains(
        .table(
          .linesBelow(
            ["Source:, Thames Valley Police", "[note 1] As recorded.", "2. A footnote (see above)"],
            file: "book.\(format.rawValue)!Data"))))
  }

  @Test func hiddenRowsAreReadAndSaid() async throws {
    var parts = ExcelBook(
      [
        TestSheet(
          "Data", [["unique_id", "ds", "y"], ["A", "2019-01", 1], ["A", "2019-02", 2], ["A", "2019-03", 3]])
      ]).parts
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"]?.replacing(
      "<row r=\"3\">", with: "<row r=\"3\" hidden=\"1\">")
    let data = try await read([try space.pack("h.xlsx", parts)])
    #expect(data.panel.series.map(\.values) == [[1, 2, 3]])
    #expect(data.notes.contains(.workbook(.hiddenRows(1, file: "h.xlsx!Data"))))
  }
}
