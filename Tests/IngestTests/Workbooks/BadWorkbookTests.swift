import CommunitySafety
import Diagnostics
import Foundation
import Testing
import TimeSeries

@testable import Ingest

/// Workbooks that are made to deceive, damaged, protected or of kinds that are not read.
@Suite struct BadWorkbookTests {
  let space: Workspace

  init() throws { space = try Workspace() }

  private static let rows: [[TestCell]] = [
    ["area", "measure", "period", "count"], ["Oxford", "Burglary", "2019-01", 1], ["Oxford", "Burglary", "2019-02", 2],
  ]

  /// The parts of a good workbook of one sheet, of whose sheet this is the data.
  private func excel(_ data: String, after: String = "") -> [String: String] {
    var parts = ExcelBook([TestSheet("Data", BadWorkbookTests.rows)]).parts
    parts["xl/worksheets/sheet1.xml"] =
      "<worksheet xmlns=\"\(ExcelBook.main)\"><sheetData>\(data)</sheetData>\(after)</worksheet>"
    return parts
  }

  private func data(_ rows: [[String]]) -> String {
    rows.enumerated().map { row, cells in
      "<row r=\"\(row + 1)\">"
        + cells.map { "<c t=\"str\"><v>\(xmlText($0))</v></c>" }.joined() + "</row>"
    }.joined()
  }

  private static let header = ["unique_id", "ds", "y"]

  private func error(
    _ parts: [String: String], _ name: String = "bad.xlsx", _ change: (inout IngestOptions) -> Void = { _ in }
  )
    async throws -> HorizonError
  {
    try #require(try await failure([try space.pack(name, parts)], change))
  }

  @Test func plainSheetsWithoutPlacesAreRead() async throws {
    let path = try space.pack(
      "ok.xlsx", excel(data([BadWorkbookTests.header, ["A", "2019-01", "1"], ["A", "2019-02", "2"]])))
    #expect(try await read([path]).panel.series.map(\.values) == [[1, 2]])
  }

  @Test func documentTypesAndEntitiesAreRefused() async throws {
    let laughs =
      "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]>"
    let external = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>"
    for type in [laughs, external, "<!DOCTYPE x SYSTEM \"http://localhost:1/x.dtd\">", "<!DOCTYPE x>"] {
      for part in [
        "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml", "_rels/.rels",
      ] {
        var parts = ExcelBook([TestSheet("Data", BadWorkbookTests.rows)]).parts
        parts[part] = "<?xml version=\"1.0\"?>" + type + (parts[part] ?? "")
        let error = try await error(parts)
        #expect(error.kind == .data && error.message.contains("document type"), "\(part): \(error)")
      }
    }
    var document = OpenDocumentBook([TestSheet("Data", BadWorkbookTests.rows)]).parts
    document["content.xml"] = document["content.xml"]?.replacing(
      "<office:document-content", with: laughs + "<office:document-content")
    #expect(try await error(document, "bad.ods").message.contains("document type"))
    // An entity that nothing declares is not well-formed.
    let undeclared = excel("<row r=\"1\"><c t=\"str\"><v>&e;</v></c></row>")
    #expect(try await error(undeclared).message.contains("not well-formed"))
  }

  @Test func deepAndBrokenXML() async throws {
    let deep = String(repeating: "<a>", count: 100_000)
    for data in [
      deep, "<row r=\"1\"><c><v>1</v>", "<row r=\"1\">\u{1}</row>", "</sheetData></worksheet><worksheet><sheetData>",
    ] {
      let error = try await error(excel(data))
      #expect(error.kind == .data && error.message.contains("not well-formed XML") && error.remedy != nil)
    }
    #expect(try await error(excel(String(repeating: "<row r=\"1\">", count: 3))).message.contains("within a row"))
  }

  @Test func textsThatCellsShare() async throws {
    for index in ["99", "-1", "x", "1e3", "", "99999999999999999999"] {
      var parts = excel(
        data([BadWorkbookTests.header])
          + "<row r=\"2\"><c t=\"s\"><v>\(index)</v></c><c t=\"str\"><v>2019-01</v></c><c><v>1</v></c></row>")
      parts["xl/sharedStrings.xml"] =
        "<sst xmlns=\"\(ExcelBook.main)\" count=\"9999999\" uniqueCount=\"9999999\"><si><t>A</t></si></sst>"
      let error = try await error(parts)
      #expect(error.message.contains(index.isEmpty ? "blank" : "refers to text"), "\(error)")
      #expect(error.location?.sheet == "Data" && error.location?.line == 2)
    }
    // A table of many texts of which one is used is read; so is a workbook without any.
    var parts = excel(
      data([BadWorkbookTests.header, ["A", "2019-01", "1"]])
        + "<row r=\"3\"><c t=\"s\"><v>70000</v></c><c t=\"str\"><v>2019-02</v></c><c><v>1</v></c></row>")
    parts["xl/sharedStrings.xml"] =
      "<sst xmlns=\"\(ExcelBook.main)\">" + String(repeating: "<si><t>B</t></si>", count: 70_000)
      + "<si><r><t>A_x0</t></r><r><t>041_</t></r><rPh><t>no</t></rPh></si></sst>"
    #expect(try await read([try space.pack("many.xlsx", parts)]).panel.series.map(\.key.uniqueID) == ["A", "AA"])
    var without = excel(data([BadWorkbookTests.header, ["A", "2019-01", "1"], ["A", "2019-02", "1"]]))
    without["xl/_rels/workbook.xml.rels"] = ExcelBook.links(
      ExcelBook.link("rId1", "worksheet", "worksheets/sheet1.xml"))
    #expect(try await read([try space.pack("none.xlsx", without)]).panel.series.count == 1)
  }

  @Test func partsThatAreMissingOrElsewhere() async throws {
    let good = excel(data([BadWorkbookTests.header, ["A", "2019-01", "1"], ["A", "2019-02", "1"]]))
    for part in [
      "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels",
      "xl/workbook.xml",
    ] {
      var parts = good
      parts[part] = nil
      let error = try await error(parts)
      #expect(error.kind == .data && error.message.contains("lacks its part \(part)"), "\(error)")
    }
    for target in [
      "../../etc/passwd", "/../x.xml", "worksheets/../../../x", "file:///etc/passwd", "http://localhost:1/x",
    ] {
      var parts = good
      let mode = target.contains("//") ? "\" TargetMode=\"External" : ""
      parts["xl/_rels/workbook.xml.rels"] = ExcelBook.links(ExcelBook.link("rId1", "worksheet", target + mode))
      let error = try await error(parts)
      #expect(error.kind == .data && (error.message.contains("outside of")), "\(target): \(error)")
    }
    var wrong = good
    wrong["xl/_rels/workbook.xml.rels"] = ExcelBook.links(ExcelBook.link("rId7", "worksheet", "worksheets/sheet1.xml"))
    #expect(try await error(wrong).message.contains("does not say where its sheet \"Data\" is"))
    var chart = good
    chart["xl/_rels/workbook.xml.rels"] = ExcelBook.links(ExcelBook.link("rId1", "chartsheet", "worksheets/sheet1.xml"))
    #expect(try await error(chart).kind == .data)
    // Names of parts are the same in any case, and those that lead out of the archive are refused.
    var shouted = good
    shouted["XL/WORKSHEETS/SHEET1.XML"] = shouted.removeValue(forKey: "xl/worksheets/sheet1.xml")
    #expect(try await read([try space.pack("shout.xlsx", shouted)]).panel.series.count == 1)
    shouted["xl/worksheets/sheet1.xml"] = "<worksheet/>"
    #expect(try await error(shouted).message.contains("two parts named"))
    var escape = good
    escape["../evil.xml"] = "<x/>"
    #expect(try await error(escape).message.contains("leads out"))
    var document = OpenDocumentBook([TestSheet("Data", BadWorkbookTests.rows)]).parts
    document["content.xml"] = nil
    #expect(try await failure([try space.pack("no.ods", document)])?.kind == .data)
  }

  @Test func rowsAndCellsOutOfPlace() async throws {
    func row(_ number: Int, _ cells: String) -> String { "<row r=\"\(number)\">\(cells)</row>" }
    func cell(_ place: String, _ text: String) -> String { "<c r=\"\(place)\" t=\"str\"><v>\(text)</v></c>" }
    let header = row(1, cell("A1", "unique_id") + cell("B1", "ds") + cell("C1", "y"))
    let first = row(2, cell("A2", "A") + cell("B2", "2019-01") + cell("C2", "1"))
    // Cells in another order are put in their places.
    let shuffled = row(3, cell("C3", "2") + cell("A3", "A") + cell("B3", "2019-02"))
    let data = try await read([try space.pack("ok.xlsx", excel(header + first + shuffled))])
    #expect(data.panel.series.map(\.values) == [[1, 2]])
    for (bad, words) in [
      (row(3, "") + first, "stands below row 3"), (first + first, "stands below row 2"),
      (row(3, cell("A4", "A")), "says that it is \"A4\""), (row(3, cell("A3", "A") + cell("A3", "B")), "in one place"),
      (row(3, cell("XFE3", "A")), "says that it is \"XFE3\""), (row(0, ""), "has no number"),
      (row(3, cell("3", "A")), "says that it is \"3\""),
      (row(1_048_577, cell("A1048577", "A")), "sheets end at 1048576"),
      ("<row r=\"1048577\"><c t=\"str\"><v>A</v></c></row>", "sheets end at 1048576"),
      (row(3, "<c t=\"zz\"><v>1</v></c>"), "kind that is not known"),
      (row(3, "<c><v>1x</v></c>"), "said to hold a number"),
      (row(3, "<c><v>1<c/></v></c>"), "outside of a row"), (cell("A3", "A"), "outside of a row"),
    ] {
      let error = try await error(excel(header + first + bad))
      #expect(
        error.kind == .data && error.message.contains(words) && error.location?.sheet == "Data", "\(words): \(error)")
    }
    let wide = row(3, (0..<16_385).map { _ in "<c t=\"str\"><v>1</v></c>" }.joined())
    #expect(try await error(excel(header + first + wide)).message.contains("beyond column XFD"))
  }

  @Test func aRowMayFillAllColumns() async throws {
    // Days of 45 years beside the name: 16,384 columns.
    let start = CivilDate(year: 1980, month: 1, day: 1)?.daysSinceEpoch ?? 0
    let days = (0..<16_383).map {
      PeriodStyle.standard(for: .daily).format(Period(frequency: .daily, ordinal: start + $0))
    }
    let path = try space.pack(
      "wide.xlsx", excel(data([["Area"] + days, ["Oxford"] + days.indices.map { String($0 % 7) }])))
    let series = try await read([path]) { $0.frequency = .daily }.panel.series
    #expect(series.map(\.values.count) == [16_383] && series[0].values[16_382] == Double(16_382 % 7))
  }

  @Test func bombs() async throws {
    let blanks = String(repeating: " ", count: 70 << 20)
    var texts = excel(data([BadWorkbookTests.header, ["A", "2019-01", "1"]]))
    texts["xl/sharedStrings.xml"] = "<sst xmlns=\"\(ExcelBook.main)\">" + blanks + "</sst>"
    #expect(try await error(texts).message.contains("200 times its packed size"))
    let sheet = excel(data([BadWorkbookTests.header, ["A", "2019-01", "1"]]) + blanks)
    #expect(try await error(sheet).message.contains("200 times its packed size"))
    #expect(
      try await error(
        excel(data([BadWorkbookTests.header] + (0..<2000).map { ["A\($0)", "2019-01", "1"] })), "big.xlsx"
      ) {
        $0.maximumUnpackedBytes = 50_000
      }.message.contains("more than 50000 bytes"))
    let long =
      "<row r=\"1\">" + String(repeating: "<c t=\"str\"><v>\(String(repeating: "x", count: 32_000))</v></c>", count: 40)
      + "</row>"
    #expect(try await error(excel(long)).message.contains("more than 1048576 bytes"))
    let merges = "<mergeCells>" + (1...200_001).map { "<mergeCell ref=\"A\($0):B\($0)\"/>" }.joined() + "</mergeCells>"
    #expect(
      try await error(excel(data([BadWorkbookTests.header, ["A", "2019-01", "1"]]), after: merges)).message.contains(
        "merged cells"))
  }

  @Test func repeatedRowsAndCellsOfOpenDocument() async throws {
    func book(_ rows: String) -> [String: String] {
      OpenDocumentBook(tables: ["<table:table table:name=\"Data\">\(rows)</table:table>"]).parts
    }
    func row(_ cells: [TestCell], _ attributes: String = "") -> String {
      "<table:table-row \(attributes)>\(cells.map { OpenDocumentBook.xml($0, repeats($0)) }.joined())</table:table-row>"
    }
    func repeats(_ cell: TestCell) -> String {
      if case .repeated(_, let count) = cell { "table:number-columns-repeated=\"\(count)\"" } else { "" }
    }
    let header = row(["Area", "Offence", "2019", "2020", "2021"])
    // Equal neighbours are written once, and sheets end in as many blanks as there is room for.
    let end =
      "<table:table-row table:number-rows-repeated=\"1048570\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>"
    let data = try await read([
      try space.pack("ok.ods", book(header + row(["Oxford", "Burglary", .repeated(7, 3)]) + end))
    ])
    #expect(data.panel.series.map(\.values) == [[7, 7, 7]])
    let twice = row(["Oxford", "Burglary", 1, 2, 3], "table:number-rows-repeated=\"3\"")
    let sum = try await read([try space.pack("sum.ods", book(header + twice))]) { $0.duplicates = .summed }
    #expect(sum.panel.series.map(\.values) == [[3, 6, 9]] && sum.accounting.read == 9)
    let second = try await error(book(header + twice), "twice.ods")
    #expect(second.message.contains("second row") && second.location?.line == 3 && second.location?.sheet == "Data")
    for (bad, words) in [
      (row(["Oxford", "Burglary", 1, 2, 3], "table:number-rows-repeated=\"1000000\""), "at most 10000 are read"),
      (row(["Oxford", "Burglary", 1, 2, .repeated(7, 16_384)]), "beyond column XFD"),
      (row(["Oxford", "Burglary", 1, 2, .repeated(7, 999_999_999)]), "beyond column XFD"),
      (row(["Oxford", "Burglary", 1, 2, 3], "table:number-rows-repeated=\"0\""), "not a number"),
      (row(["Oxford", "Burglary", 1, 2, 3], "table:number-rows-repeated=\"99999999999\""), "not a number"),
      (row([.repeated(.text(String(repeating: "x", count: 1000)), 16_000)]), "more than 1048576 bytes"),
      (end + end + row(["Oxford"]), "sheets end at 1048576"),
      (
        String(repeating: row([.repeated(7, 16_000)], "table:number-rows-repeated=\"9999\""), count: 2),
        "stand for more than"
      ),
    ] {
      let error = try await error(book(header + bad))
      #expect(error.kind == .data && error.message.contains(words), "\(words): \(error)")
    }
    // Deleted cells that are kept for review, and pictures of tables, are no cells.
    let review =
      "<table:tracked-changes><table:deletion><table:table-row><table:table-cell office:value-type=\"string\"><text:p>Gone</text:p></table:table-cell></table:table-row></table:deletion></table:tracked-changes>"
    let spaces =
      "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>Ox<text:s text:c=\"999999999\"/></text:p>"
      + "</table:table-cell><table:table-cell office:value-type=\"string\"><text:p>a</text:p><text:p>b<text:tab/>c<text:line-break/>d</text:p></table:table-cell>"
      + "<table:table-cell office:value-type=\"float\" office:value=\"1\"/><table:table-cell office:value-type=\"float\" office:value=\"2\"/>"
      + "<table:table-cell office:value-type=\"percentage\" office:value=\"3\"/></table:table-row>"
    let texts = try await read([try space.pack("texts.ods", book(review + header + spaces))])
    #expect(texts.panel.series.map(\.key.uniqueID) == ["Ox|a b c d"] && texts.panel.series[0].values == [1, 2, 3])
  }

  @Test func protectedAndOldWorkbooks() async throws {
    func compound(_ stream: String) -> [UInt8] {
      var bytes: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 65_520)
      bytes += stream.utf8.flatMap { [$0, UInt8(0)] } + [UInt8](repeating: 0, count: 600)
      return bytes
    }
    let protected = try #require(try await failure([try space.write("p.xlsx", compound("EncryptedPackage"))]))
    #expect(protected.kind == .data && protected.message.contains("protected by a password"))
    for name in ["o.xls", "o.xlsx"] {
      let old = try #require(try await failure([try space.write(name, compound("Workbook"))]))
      #expect(
        old.kind == .data && old.message.contains("old Excel workbook (.xls)") && old.remedy?.contains(".xlsx") == true)
    }
    var document = OpenDocumentBook([TestSheet("Data", BadWorkbookTests.rows)]).parts
    document["META-INF/manifest.xml"] =
      "<m:manifest xmlns:m=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"><m:file-entry m:full-path=\"content.xml\"><m:encryption-data/></m:file-entry></m:manifest>"
    document["content.xml"] = "\u{1}\u{2}"
    #expect(try await error(document, "p.ods").message.contains("protected by a password"))
    var binary = excel("")
    binary["xl/workbook.bin"] = binary.removeValue(forKey: "xl/workbook.xml")
    #expect(try await error(binary, "b.xlsb").message.contains(".xlsb"))
    let word = ["[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"]
    #expect(try await error(word, "w.docx").message.contains("without sheets"))
    let text = ["mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"]
    #expect(try await error(text, "t.odt").message.contains("without sheets"))
    for page in [
      "<html><table><tr><td>1</td></tr></table></html>", "\n<?xml version=\"1.0\"?><Workbook/>", "<!DOCTYPE html>",
    ] {
      let error = try #require(try await failure([try space.write("report.xls", page)]))
      #expect(error.message.contains("HTML or XML") && error.remedy != nil)
    }
  }

  @Test func cutShortDamagedOrPacked() async throws {
    let path = try space.book(.xlsx, [TestSheet("Data", BadWorkbookTests.rows)])
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    for length in [4, 100, bytes.count / 2, bytes.count - 1] {
      let error = try #require(try await failure([try space.write("cut.xlsx", bytes.prefix(length))]))
      #expect(error.kind == .data && error.message.contains("cut short") && error.remedy != nil)
    }
    // A damaged byte of what is packed; the directory is whole.
    let stored = space.root.appendingPathComponent("stored.xlsx").path
    let parts = ExcelBook([TestSheet("Data", BadWorkbookTests.rows)]).parts
    try space.zip(path: stored, parts.sorted { $0.key < $1.key }.map { ($0.key, Array($0.value.utf8)) }, stored: true)
    var damaged = Array(try Data(contentsOf: URL(fileURLWithPath: stored)))
    let mark = Array("Burglary".utf8)
    let at = try #require(damaged.indices.first { damaged[$0...].starts(with: mark) })
    damaged[at] ^= 1
    #expect(try await failure([try space.write("damaged.xlsx", damaged)])?.message.contains("checksum") == true)
    let packed = space.root.appendingPathComponent("packed.zip").path
    try space.zip(path: packed, [("book.xlsx", bytes)])
    let inside = try #require(try await failure([packed]))
    #expect(inside.message.contains("holds the workbook \"book.xlsx\"") && inside.remedy?.contains("Unpack") == true)
    // A folder is read with the workbooks in it, but for those that mark one as open.
    try space.write("folder/a.xlsx", bytes)
    try space.write("folder/~$a.xlsx", "lock")
    #expect(try await read([space.root.appendingPathComponent("folder").path]).panel.series.map(\.values) == [[1, 2]])
  }

  @Test func formulasWithoutResults() async throws {
    let header = data([BadWorkbookTests.header])
    func row(_ cell: String) -> String {
      "<row r=\"2\"><c t=\"str\"><v>A</v></c><c t=\"str\"><v>2019-01</v></c>\(cell)</row>"
    }
    for cell in [
      "<c><f>1+1</f></c>", "<c><f>1+1</f><v/></c>", "<c><f>1+1</f><v></v></c>", "<c t=\"str\"><f>1+1</f></c>",
    ] {
      let error = try await error(excel(header + row(cell)))
      #expect(error.message.contains("result is not stored") && error.location?.column == 3, "\(cell): \(error)")
    }
    // A text that is a result may be empty.
    let path = try space.pack("ok.xlsx", excel(header + row("<c t=\"str\"><f>A1</f><v></v></c>")))
    let book = try await read([path]) { $0.absentMeansZero = true }
    #expect(book.panel.series.map(\.values) == [[0]])
  }

  @Test func macrosAreNotRead() async throws {
    var parts = ExcelBook([TestSheet("Data", BadWorkbookTests.rows)]).parts
    parts["xl/vbaProject.bin"] = "macros"
    let data = try await read([try space.pack("m.xlsm", parts)])
    #expect(data.panel.series.map(\.values) == [[1, 2]] && data.notes.contains(.workbook(.macros(file: "m.xlsm"))))
  }
}
