import Foundation

/// A cell of a workbook made for a test.
indirect enum TestCell: Sendable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
  case blank
  /// A text of the table that cells share, or of its own in an OpenDocument.
  case text(String)
  /// A text in the cell itself; in pieces, as after a change of font.
  case inline([String])
  /// A number as it is written in the file.
  case number(String)
  /// A day, as `2022-06-30`.
  case date(String)
  case boolean(Bool)
  case error(String)
  /// A formula, with the number that was its result if that is stored.
  case formula(String?)
  /// Merged with the cells to its right and below.
  case merged(TestCell, columns: Int, rows: Int)
  /// The same cell so many times, as OpenDocument has it.
  case repeated(TestCell, Int)

  init(stringLiteral text: String) { self = .text(text) }
  init(integerLiteral number: Int) { self = .number(String(number)) }
}

/// A sheet of a workbook made for a test.
struct TestSheet {
  var name: String
  var rows: [[TestCell]]
  var isHidden = false

  init(_ name: String, _ rows: [[TestCell]], isHidden: Bool = false) {
    self.name = name
    self.rows = rows
    self.isHidden = isHidden
  }
}

/// The two kinds of workbooks.
enum TestFormat: String, CaseIterable { case xlsx, ods }

func xmlText(_ text: String) -> String {
  text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
}

/// Writes a workbook in Office Open XML by hand: its parts as texts, packed by libzip.
struct ExcelBook {
  var is1904 = false
  var parts: [String: String] = [:]

  static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  static let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

  init(_ sheets: [TestSheet], is1904: Bool = false) {
    self.is1904 = is1904
    var shared: [String] = []
    var list = ""
    var links = ""
    for (index, sheet) in sheets.enumerated() {
      let number = index + 1
      parts["xl/worksheets/sheet\(number).xml"] = part(sheet, &shared)
      let state = sheet.isHidden ? " state=\"hidden\"" : ""
      list += "<sheet name=\"\(xmlText(sheet.name))\" sheetId=\"\(number)\"\(state) r:id=\"rId\(number)\"/>"
      links += ExcelBook.link("rId\(number)", "worksheet", "worksheets/sheet\(number).xml")
    }
    let properties = is1904 ? "<workbookPr date1904=\"1\"/>" : ""
    parts["xl/workbook.xml"] =
      "<workbook xmlns=\"\(ExcelBook.main)\" xmlns:r=\"\(ExcelBook.relations)\">\(properties)<sheets>\(list)</sheets></workbook>"
    links += ExcelBook.link("rIdS", "sharedStrings", "/xl/sharedStrings.xml")
    links += ExcelBook.link("rIdY", "styles", "../xl/styles.xml")
    parts["xl/_rels/workbook.xml.rels"] = ExcelBook.links(links)
    parts["_rels/.rels"] = ExcelBook.links(ExcelBook.link("rId1", "officeDocument", "xl/workbook.xml"))
    parts["[Content_Types].xml"] = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"
    parts["xl/sharedStrings.xml"] =
      "<sst xmlns=\"\(ExcelBook.main)\">"
      + shared.map { "<si><t xml:space=\"preserve\">\(xmlText($0))</t></si>" }.joined() + "</sst>"
    parts["xl/styles.xml"] =
      "<styleSheet xmlns=\"\(ExcelBook.main)\"><numFmts count=\"1\"><numFmt numFmtId=\"165\" formatCode=\"mmm\\ yyyy\"/></numFmts>"
      + "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"165\"/></cellXfs></styleSheet>"
  }

  static func link(_ id: String, _ type: String, _ target: String) -> String {
    "<Relationship Id=\"\(id)\" Type=\"\(relations)/\(type)\" Target=\"\(target)\"/>"
  }

  static func links(_ links: String) -> String {
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\(links)</Relationships>"
  }

  static func letters(_ column: Int) -> String {
    let (high, low) = column.quotientAndRemainder(dividingBy: 26)
    return (high > 0 ? letters(high - 1) : "") + String(UnicodeScalar(UInt8(65 + low)))
  }

  private func part(_ sheet: TestSheet, _ shared: inout [String]) -> String {
    var data = ""
    var merges = ""
    for (row, cells) in sheet.rows.enumerated() where !cells.isEmpty {
      data += "<row r=\"\(row + 1)\">"
      var column = 0
      for cell in cells {
        if case .merged(let inner, let columns, let rows) = cell {
          data += xml(inner, row, column, &shared)
          merges +=
            "<mergeCell ref=\"\(ExcelBook.letters(column))\(row + 1):\(ExcelBook.letters(column + columns - 1))\(row + rows)\"/>"
          column += columns
        } else {
          data += xml(cell, row, column, &shared)
          column += 1
        }
      }
      data += "</row>"
    }
    if !merges.isEmpty { merges = "<mergeCells>\(merges)</mergeCells>" }
    return "<worksheet xmlns=\"\(ExcelBook.main)\"><sheetData>\(data)</sheetData>\(merges)</worksheet>"
  }

  private func xml(_ cell: TestCell, _ row: Int, _ column: Int, _ shared: inout [String]) -> String {
    let place = "r=\"\(ExcelBook.letters(column))\(row + 1)\""
    switch cell {
    case .blank: return ""
    case .text(let text):
      let index = shared.firstIndex(of: text) ?? shared.count
      if index == shared.count { shared.append(text) }
      return "<c \(place) t=\"s\"><v>\(index)</v></c>"
    case .inline(let pieces):
      let runs = pieces.map { "<r><rPr><b/></rPr><t>\(xmlText($0))</t></r>" }.joined()
      return "<c \(place) t=\"inlineStr\"><is>\(runs)<rPh sb=\"0\" eb=\"1\"><t>no</t></rPh></is></c>"
    case .number(let text): return "<c \(place)><v>\(text)</v></c>"
    case .date(let day): return "<c \(place) s=\"1\"><v>\(serial(day))</v></c>"
    case .boolean(let value): return "<c \(place) t=\"b\"><v>\(value ? 1 : 0)</v></c>"
    case .error(let text): return "<c \(place) t=\"e\"><v>\(xmlText(text))</v></c>"
    case .formula(let result):
      return "<c \(place)><f>SUM(A1:A2)</f>\(result.map { "<v>\($0)</v>" } ?? "")</c>"
    case .merged(let inner, _, _), .repeated(let inner, _): return xml(inner, row, column, &shared)
    }
  }

  /// The number that a spreadsheet gives a day after February 1900.
  private func serial(_ day: String) -> Int {
    let parts = day.split(separator: "-").compactMap { Int($0) }
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    let first = DateComponents(year: is1904 ? 1904 : 1899, month: is1904 ? 1 : 12, day: is1904 ? 1 : 30)
    let components = DateComponents(year: parts[0], month: parts[1], day: parts[2])
    guard let a = calendar.date(from: first), let b = calendar.date(from: components) else { return 0 }
    return calendar.dateComponents([.day], from: a, to: b).day ?? 0
  }
}

/// Writes a workbook in OpenDocument by hand.
struct OpenDocumentBook {
  var parts: [String: String] = [:]

  static let spaces =
    "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" "
    + "xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" "
    + "xmlns:calcext=\"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0\""

  init(_ sheets: [TestSheet]) {
    self.init(tables: sheets.map(OpenDocumentBook.table))
  }

  init(tables: [String]) {
    let styles = ["ta1", "ta2"].map { name in
      "<style:style style:name=\"\(name)\" style:family=\"table\"><style:table-properties table:display=\"\(name == "ta1")\"/></style:style>"
    }
    parts["content.xml"] =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content \(OpenDocumentBook.spaces)><office:automatic-styles>"
      + "\(styles.joined())</office:automatic-styles><office:body><office:spreadsheet>\(tables.joined())"
      + "</office:spreadsheet></office:body></office:document-content>"
    parts["mimetype"] = "application/vnd.oasis.opendocument.spreadsheet"
    parts["META-INF/manifest.xml"] =
      "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\">"
      + "<manifest:file-entry manifest:full-path=\"/\"/></manifest:manifest>"
  }

  static func table(_ sheet: TestSheet) -> String {
    // Cells that lie under merged ones, by row.
    var covered: [Int: Set<Int>] = [:]
    var text = ""
    for (row, cells) in sheet.rows.enumerated() {
      text += "<table:table-row>"
      var column = 0
      for cell in cells {
        if covered[row]?.contains(column) == true {
          text += "<table:covered-table-cell/>"
          column += 1
          continue
        }
        if case .merged(let inner, let columns, let rows) = cell {
          text += xml(inner, "table:number-columns-spanned=\"\(columns)\" table:number-rows-spanned=\"\(rows)\"")
          if columns > 1 { text += "<table:covered-table-cell table:number-columns-repeated=\"\(columns - 1)\"/>" }
          for below in 0..<rows where below > 0 {
            covered[row + below, default: []].formUnion(column..<column + columns)
          }
          column += columns
        } else if case .repeated(let inner, let count) = cell {
          text += xml(inner, "table:number-columns-repeated=\"\(count)\"")
          column += count
        } else {
          text += xml(cell)
          column += 1
        }
      }
      text += "<table:table-cell table:number-columns-repeated=\"16000\"/></table:table-row>"
    }
    // Sheets go on to their last row.
    text +=
      "<table:table-row table:number-rows-repeated=\"\(1_048_576 - sheet.rows.count)\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>"
    return
      "<table:table table:name=\"\(xmlText(sheet.name))\" table:style-name=\"\(sheet.isHidden ? "ta2" : "ta1")\"><table:table-column/>\(text)</table:table>"
  }

  static func xml(_ cell: TestCell, _ attributes: String = "") -> String {
    func element(_ type: String, _ value: String, _ shown: String) -> String {
      "<table:table-cell \(attributes) office:value-type=\"\(type)\" \(value) calcext:value-type=\"\(type)\">"
        + "<office:annotation><text:p>A remark.</text:p></office:annotation><text:p>\(xmlText(shown))</text:p></table:table-cell>"
    }
    switch cell {
    case .blank: return "<table:table-cell \(attributes)/>"
    case .text(let text): return element("string", "", text)
    case .inline(let pieces):
      return "<table:table-cell \(attributes) office:value-type=\"string\"><text:p>"
        + pieces.map { "<text:span>\(xmlText($0))</text:span>" }.joined() + "</text:p></table:table-cell>"
    case .number(let text): return element("float", "office:value=\"\(text)\"", "shown otherwise")
    case .date(let day): return element("date", "office:date-value=\"\(day)T00:00:00\"", "shown otherwise")
    case .boolean(let value): return element("boolean", "office:boolean-value=\"\(value)\"", "so")
    case .error(let text):
      return "<table:table-cell \(attributes) table:formula=\"of:=1/0\" office:value-type=\"float\" office:value=\"0\" "
        + "calcext:value-type=\"error\"><text:p>\(xmlText(text))</text:p></table:table-cell>"
    case .formula(let result):
      let value = result.map { "office:value-type=\"float\" office:value=\"\($0)\"" } ?? ""
      return "<table:table-cell \(attributes) table:formula=\"of:=SUM([.A1:.A2])\" \(value)/>"
    case .merged(let inner, _, _), .repeated(let inner, _): return xml(inner, attributes)
    }
  }
}

extension Workspace {
  /// Packs the parts of a workbook, in the order of their names, and returns its path.
  func pack(_ name: String, _ parts: [String: String]) throws -> String {
    try zip(name, parts.sorted { $0.key < $1.key }.map { (name: $0.key, text: $0.value) })
  }

  /// Writes a workbook of these sheets and returns its path.
  func book(_ format: TestFormat, _ sheets: [TestSheet], name: String = "book", is1904: Bool = false) throws -> String {
    try pack(
      "\(name).\(format.rawValue)",
      format == .xlsx ? ExcelBook(sheets, is1904: is1904).parts : OpenDocumentBook(sheets).parts)
  }
}
