import CommunitySafety
import Diagnostics
import Wording

/// Parses the sheets of an OpenDocument workbook.
final class OpenDocumentParser: XMLHandler {
  enum Name: Int, CaseIterable {
    case tableCell, p, valueType, value, dateValue, numberColumnsRepeated, coveredTableCell, tableRow,
      numberRowsRepeated
    case formula, span, s, c, tab, lineBreak, a, stringValue, booleanValue, timeValue, numberColumnsSpanned
    case numberRowsSpanned, visibility, table, name, styleName, style, tableProperties, display
    case annotation, shapes, forms, trackedChanges, frame, g, detective, tableColumn
  }
  /// Elements and attributes, then the namespaces of the attributes that extensions name alike.
  static let names =
    Name.spelled(hyphenated: true) + ["urn:oasis:names:tc:opendocument:xmlns:office:1.0"]
  private static let office = Name.allCases.count

  /// Sheets begun.
  private(set) var sheets: [Sheet] = []
  /// Sheets ended.
  private(set) var ended = 0
  /// Rows of sheets up to this one are not wanted.
  var skipped = -1

  private let rows: SheetRows
  private let archive: ZipArchive
  private var hiddenStyles = Set<String>()
  private var styleName = ""
  /// Depth within an element all of which is passed over.
  private var passed = 0
  private var (isInTable, isInRow, isInCell) = (false, false, false)
  private var (row, nextRow, repeats, isHidden) = (0, 1, 1, false)
  private var (column, columns) = (0, 0)
  /// Columns of the sheet that were declared so far.
  private var columnsDeclared = 0
  private var (kind, isCovered, hasFormula, spans) = (Kind.none, false, false, (columns: 1, rows: 1))
  private var given: [UInt8]?
  private var text: [UInt8] = []
  private var (paragraph, paragraphs) = (0, 0)

  /// What the value of a cell is.
  private enum Kind { case none, number, text, date, time, boolean }

  /// A parser that adds to `rows`.
  init(into rows: SheetRows, archive: ZipArchive) {
    self.rows = rows
    self.archive = archive
  }

  private var isWanted: Bool { isInTable && ended > skipped }

  func start(_ element: XMLElement) throws {
    if passed > 0 {
      passed += 1
      return
    }
    switch Name(rawValue: element.name) {
    case .tableCell, .coveredTableCell: try beginCell(element)
    case .p where isInCell:
      paragraph += 1
      if paragraph == 1 {
        if paragraphs > 0 { text.append(32) }
        paragraphs += 1
      }
    case .s where paragraph > 0:
      text.append(contentsOf: repeatElement(32, count: min(1000, element.number(Name.c.rawValue) ?? 1)))
    case .tab where paragraph > 0, .lineBreak where paragraph > 0: text.append(32)
    case .tableRow: try beginRow(element)
    case .tableColumn where isWanted: addColumns(element)
    case .table: try beginTable(element)
    case .style: styleName = element.text(Name.name.rawValue) ?? ""
    case .tableProperties:
      if element.text(Name.display.rawValue) == "false" { hiddenStyles.insert(styleName) }
    case .annotation, .shapes, .forms, .trackedChanges, .frame, .g, .detective: passed = 1
    default: break
    }
  }

  func end(_ name: Int) throws {
    if passed > 0 {
      passed -= 1
      return
    }
    switch Name(rawValue: name) {
    case .tableCell where isInCell, .coveredTableCell where isInCell: try endCell()
    case .p where paragraph > 0: paragraph -= 1
    case .tableRow where isInRow:
      isInRow = false
      if isWanted { try rows.endRow(sheet: sheets.count - 1, count: repeats, isHidden: isHidden) }
    case .table where isInTable:
      isInTable = false
      ended += 1
    default: break
    }
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    guard paragraph > 0, passed == 0 else { return }
    text.append(contentsOf: bytes)
    guard text.count <= CSVScanner.recordLimit else {
      throw wrong("the cell holds more than \(CSVScanner.recordLimit) bytes")
    }
  }

  private func beginTable(_ element: XMLElement) throws {
    // A table within a cell is a picture of one.
    guard !isInTable else {
      passed = 1
      return
    }
    guard sheets.count < 10_000 else { throw wrong("the workbook has more than 10000 sheets") }
    let name = element.text(Name.name.rawValue) ?? ""
    let style = element.text(Name.styleName.rawValue) ?? ""
    sheets.append(Sheet(name: name, isHidden: hiddenStyles.contains(style)))
    isInTable = true
    nextRow = 1
    columnsDeclared = 0
    rows.beginSheet(location: archive.location(of: name))
  }

  private func addColumns(_ element: XMLElement) {
    let first = columnsDeclared
    let count = max(1, element.number(Name.numberColumnsRepeated.rawValue) ?? 1)
    columnsDeclared = min(SheetRows.columnLimit, first + count)
    let visibility = element.text(Name.visibility.rawValue) ?? "visible"
    if visibility != "visible", first < columnsDeclared {
      rows.hide(columns: first..<columnsDeclared, ofSheet: sheets.count - 1)
    }
  }

  private func beginRow(_ element: XMLElement) throws {
    guard isWanted else { return }
    guard !isInRow else { throw wrong("a row stands within a row") }
    isInRow = true
    row = nextRow
    repeats = try count(element, .numberRowsRepeated)
    nextRow += repeats
    column = 0
    isHidden = element.text(Name.visibility.rawValue).map { $0 != "visible" } ?? false
    // What ends beyond the last row may still be empty.
    if row <= SheetRows.rowLimit { try rows.beginRow(row) }
  }

  private func count(_ element: XMLElement, _ name: Name) throws -> Int {
    guard let text = element[name.rawValue] else { return 1 }
    guard let count = XMLElement.number(text), count > 0 else { throw wrong("a repetition is not a number") }
    return count
  }

  private func beginCell(_ element: XMLElement) throws {
    guard isInRow, isWanted else { return }
    guard !isInCell else { throw wrong("a cell stands within a cell") }
    isInCell = true
    isCovered = element.name == Name.coveredTableCell.rawValue
    columns = try count(element, .numberColumnsRepeated)
    hasFormula = element[Name.formula.rawValue] != nil
    spans = (try count(element, .numberColumnsSpanned), try count(element, .numberRowsSpanned))
    text.removeAll(keepingCapacity: true)
    (paragraph, paragraphs, given) = (0, 0, nil)
    let office = OpenDocumentParser.office
    func value(_ name: Name) -> [UInt8]? { element[name.rawValue, office].map { Array($0) } }
    switch element.text(Name.valueType.rawValue, office) {
    case "float", "percentage", "currency": (kind, given) = (.number, value(.value))
    case "string": (kind, given) = (.text, value(.stringValue))
    case "date": (kind, given) = (.date, value(.dateValue))
    case "time": (kind, given) = (.time, value(.timeValue))
    case "boolean": (kind, given) = (.boolean, value(.booleanValue))
    case "void", nil: kind = .none
    case let other?:
      throw wrong("the cell is of a kind that is not known, \"\(SafeText.printable(String(other.prefix(20))))\"")
    }
  }

  private func endCell() throws {
    isInCell = false
    defer { column += columns }
    guard !isCovered, row <= SheetRows.rowLimit else {
      // A row beyond the last may be there as long as it is empty.
      if row > SheetRows.rowLimit, !text.isEmpty || given != nil { try rows.beginRow(row) }
      return
    }
    if CellText.isError(text[...]) { return try add(text, .error) }
    switch kind {
    case .none:
      if hasFormula, text.isEmpty { return try add([], .uncalculated) }
      try add(text, .text)
    case .number:
      guard let given, let number = CellText.number(given) else {
        if given == nil, hasFormula { return try add([], .uncalculated) }
        throw wrong(
          "the cell is said to hold a number, and holds "
            + "\"\(SafeText.printable(String(decoding: (given ?? text).prefix(20), as: UTF8.self)))\"")
      }
      try add(number, .number)
    case .text: try add(paragraphs > 0 ? text : given ?? [], .text)
    case .date: try add(given.map(SpreadsheetDate.plain) ?? text, .text)
    case .time: try add(given.map(OpenDocumentParser.clock) ?? text, .text)
    case .boolean: try add(Array((given == Array("false".utf8) ? "FALSE" : "TRUE").utf8), .text)
    }
  }

  private func add(_ text: [UInt8], _ mark: CellMark) throws {
    // Blank cells cost nothing, however many they are.
    if text.isEmpty, mark == .text { return }
    try rows.add(
      text, column: column, count: columns, mark: mark, span: columns == 1 ? spans : (1, 1), isFormula: hasFormula)
  }

  /// `PT13H45M00S` as `13:45:00`.
  private static func clock(_ text: [UInt8]) -> [UInt8] {
    guard text.starts(with: "PT".utf8) else { return text }
    return text.dropFirst(2).compactMap { byte in
      switch byte {
      case UInt8(ascii: "H"), UInt8(ascii: "M"): 58
      case UInt8(ascii: "S"): nil
      default: byte
      }
    }
  }

  private func wrong(_ what: String) -> HorizonError {
    HorizonError(
      .data, what,
      at: .init(
        file: sheets.last.map { archive.location(of: $0.name) } ?? archive.path, line: isInRow ? row : nil,
        column: isInCell ? column + 1 : nil), remedy: SheetRows.remedy)
  }
}
