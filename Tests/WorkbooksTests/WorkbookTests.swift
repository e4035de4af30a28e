import CZip
import Foundation
import Tables
import Testing

@testable import Workbooks

/// What is written is looked at in the parts of the file, which spreadsheet programs read.
@Suite struct WorkbookTests {
  private func book(_ sheets: WorkbookSheet...) -> Workbook {
    Workbook(title: "A & B <title>", subject: "OFFICIAL", sheets: sheets)
  }

  @Test func theSameWorkbookIsTheSameBytes() throws {
    var sheet = WorkbookSheet("One")
    sheet.rows = [[.text("a", .heading)], [.number(1)], [.init(.date(year: 2024, month: 2, day: 29))]]
    sheet.notes = [.init(row: 0, column: 0, "A note")]
    let first = try book(sheet).encoded()
    #expect(first == (try book(sheet).encoded()))
    #expect(first.count > 4000)
  }

  @Test func numbersAndDaysAreNumbersAndFormulasAreText() throws {
    var sheet = WorkbookSheet("One")
    sheet.rows = [
      [.number(1234.5), .init(.date(year: 2024, month: 2, day: 29)), .number(.nan), .number(nil)],
      ["=1+1", "+1", "-1", "@x", "plain"].map { .text($0) },
    ]
    let parts = try Parts(try book(sheet).encoded())
    let xml = try parts.text("xl/worksheets/sheet1.xml")
    #expect(xml.contains(/<c r="A1" s="\d+"><v>1234.5<\/v><\/c>/))
    // 29 February 2024 is day 45351 of the calendar of spreadsheets.
    #expect(xml.contains("<v>45351</v>"))
    #expect(!xml.contains("<f>"))
    #expect(!xml.contains("r=\"C1\"") && !xml.contains("r=\"D1\""))
    let strings = try parts.text("xl/sharedStrings.xml")
    for text in ["=1+1", "+1", "-1", "@x", "plain"] { #expect(strings.contains("<t>\(text)</t>")) }
    // The format "text", so that a cell stays text when somebody presses Enter in it.
    let styled = try #require(xml.firstMatch(of: /r="A2" s="(\d+)"/)?.1)
    #expect(xml.contains("r=\"D2\" s=\"\(styled)\""))
    #expect(!xml.contains("r=\"E2\" s=\"\(styled)\"") && xml.contains("r=\"E2\""))
    #expect(try parts.text("xl/styles.xml").contains("formatCode=\"@\""))
  }

  @Test func namesOfSheetsAreOnesThatProgramsTake() {
    #expect(Workbook.name("South/Vale: [a]*?\\", among: []) == "South Vale a")
    #expect(Workbook.name("history", among: []) == "history 1")
    #expect(Workbook.name("", among: []) == "Sheet")
    #expect(Workbook.name("West", among: ["WEST", "west 2"]) == "West 3")
    let long = Workbook.name(String(repeating: "\u{1F600}", count: 40), among: [])
    #expect(long.utf16.count <= 31 && long.utf16.count >= 30)
    #expect(
      Workbook.name(String(repeating: "x", count: 40), among: [String(repeating: "X", count: 31)]).hasSuffix("x 2"))
  }

  @Test func textThatNoFileCanHoldIsMadeOneThatItCan() throws {
    var sheet = WorkbookSheet("One")
    sheet.rows = [[.text("a\u{0}b<&>\u{FFFF}"), .text(String(repeating: "x", count: 40_000))]]
    let strings = try Parts(try book(sheet).encoded()).text("xl/sharedStrings.xml")
    #expect(strings.contains("a\u{FFFD}b&lt;&amp;&gt;\u{FFFD}"))
    let long = try #require(strings.firstMatch(of: /<t>(x+…)<\/t>/)?.1)
    #expect(long.utf16.count == 32_767)
  }

  @Test func entriesProtectionAndPrintSetupAreThere() throws {
    var sheet = WorkbookSheet("One")
    sheet.rows = [[.text("score", .heading)], [.init(.blank, open)]]
    sheet.entries = [
      .init(
        rows: 1...1, columns: 0...0, .choice(["0", "1", "2"]), promptTitle: "Score", prompt: "0 to 2",
        refusal: "Choose one"),
      .init(rows: 2...2, columns: 0...0, .text(most: 500), promptTitle: "Reason", prompt: "Why", refusal: "Too long"),
    ]
    sheet.isProtected = true
    sheet.marking = "OFFICIAL & more"
    (sheet.frozenRows, sheet.repeatedRow) = (1, 0)
    let xml = try Parts(try book(sheet).encoded()).text("xl/worksheets/sheet1.xml")
    #expect(xml.contains("type=\"list\"") && xml.contains("<formula1>\"0,1,2\"</formula1>"))
    #expect(xml.contains("type=\"textLength\"") && xml.contains("<formula1>500</formula1>"))
    #expect(xml.contains("<sheetProtection") && xml.contains("state=\"frozen\""))
    #expect(xml.contains("OFFICIAL &amp;&amp; more") && xml.contains("fitToHeight=\"0\""))
  }

  @Test func aChartNamesItsCellsAndItsAlternative() throws {
    var sheet = WorkbookSheet("One")
    sheet.rows = [[.text("a"), .number(1)], [.text("b"), .number(3)]]
    sheet.charts = [
      NativeChart(
        .bars, title: "B is \"more\" than a", description: "B is more: 3",
        categories: .column(0, rows: 0...1, of: "One"),
        series: [.init("Counted", values: .column(1, rows: 0...1, of: "One"), colour: 0x12436D)], row: 3, column: 0)
    ]
    let parts = try Parts(try book(sheet).encoded())
    let chart = try parts.text("xl/charts/chart1.xml")
    #expect(chart.contains("<c:barChart>") && chart.contains("One!$B$1:$B$2"))
    #expect(chart.contains("B is &quot;more&quot; than a") || chart.contains("B is \"more\" than a"))
    #expect(try parts.text("xl/drawings/drawing1.xml").contains("descr=\"B is more: 3\""))
  }

  @Test func aTableBecomesASheetOfTypedColumns() throws {
    struct Row: Sendable { let (name, month, count, share): (String, String, Int, Double) }
    let table = Table<Row>("t", title: "T", "A row.") {
      Column("name", .text, "Name.") { $0.name }
      Column("month", .month, "Month.") { $0.month }
      Column("count", .integer, "Count.") { $0.count }
      Column("share", .probability, "Share.") { $0.share }
    }
    let rows = [
      Row(name: "=A", month: "2024-02", count: 1200, share: 0.25),
      Row(name: "2011-12", month: "odd", count: 3, share: .nan),
      Row(name: "B", month: "2023-13", count: 3, share: .nan),
    ]
    let sheet = try WorkbookSheet(Sheet(table, rows: rows), name: "T", marking: "OFFICIAL")
    #expect(sheet.rows[0].map(\.value) == ["name", "month", "count", "share"].map { .text($0) })
    #expect(
      sheet.rows[1].map(\.value) == [.text("=A"), .date(year: 2024, month: 2, day: 1), .number(1200), .number(0.25)])
    #expect(sheet.rows[1].map(\.style.format) == [nil, "mmm yyyy", "#,##0", "0.0%"])
    #expect(sheet.rows[2].map(\.value) == [.text("2011-12"), .text("odd"), .number(3), .blank])
    #expect(sheet.rows[3][1].value == .text("2023-13"))
    #expect(sheet.filter == 0...3 && sheet.frozenRows == 1)
  }

  private var open: CellStyle {
    var style = CellStyle()
    style.isOpen = true
    return style
  }
}

/// The parts of an XLSX file.
struct Parts {
  private let path: URL

  init(_ bytes: [UInt8]) throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).xlsx")
    try Data(bytes).write(to: path)
  }

  func text(_ part: String) throws -> String {
    let archive = try #require(zip_open(path.path, ZIP_RDONLY, nil))
    defer { zip_discard(archive) }
    let file = try #require(zip_fopen(archive, part, 0))
    defer { zip_fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = zip_fread(file, &bytes, UInt64(bytes.count))
    try #require((1..<bytes.count).contains(Int(count)))
    return String(decoding: bytes.prefix(Int(count)), as: UTF8.self)
  }
}
