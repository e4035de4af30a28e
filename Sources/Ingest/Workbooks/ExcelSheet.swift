import CommunitySafety
import Diagnostics
import Wording

/// Parses the cells of one sheet of an Office Open XML workbook.
final class ExcelSheet: XMLHandler {
  enum Name: Int, CaseIterable { case c, v, r, s, t, row, f, `is`, hidden, rPh, sheetData, col, min, max }
  static let names = Name.spelled(hyphenated: false)

  /// What is being read.
  private enum Reading { case nothing, value, formula, inline }
  /// What the value of a cell is.
  private enum Kind { case number, shared, text, inline, boolean, error, date }

  private let rows: SheetRows
  private let sheet: Int
  private let location: String
  private let strings: SharedStrings
  private let styles: ExcelStyles
  private let merges: ExcelMerges
  private let is1904: Bool

  private var (isInData, isInRow, isInCell, phonetic) = (false, false, false, 0)
  private var (row, isHidden, column) = (0, false, -1)
  private var (kind, style, hasFormula, hasValue) = (Kind.number, 0, false, false)
  private var reading = Reading.nothing
  private var text: [UInt8] = []

  /// A parser that adds to `rows`, and names `location` in errors.
  init(
    into rows: SheetRows, sheet: Int, location: String, strings: SharedStrings, styles: ExcelStyles,
    merges: ExcelMerges,
    is1904: Bool
  ) {
    self.rows = rows
    self.sheet = sheet
    self.location = location
    self.strings = strings
    self.styles = styles
    self.merges = merges
    self.is1904 = is1904
    rows.beginSheet(location: location)
  }

  func start(_ element: XMLElement) throws {
    guard isInData else {
      if element.name == Name.sheetData.rawValue { isInData = true }
      if element.name == Name.col.rawValue { hideColumns(element) }
      return
    }
    switch Name(rawValue: element.name) {
    case .row: try beginRow(element)
    case .c: try beginCell(element)
    case .v where isInCell: (reading, hasValue) = (.value, true)
    case .f where isInCell: (reading, hasFormula) = (.formula, true)
    case .t where isInCell && phonetic == 0: reading = .inline
    case .rPh: phonetic += 1
    default: break
    }
  }

  func end(_ name: Int) throws {
    guard isInData else { return }
    switch Name(rawValue: name) {
    case .c where isInCell: try endCell()
    case .v, .f, .t: reading = .nothing
    case .rPh: phonetic -= 1
    case .row where isInRow:
      isInRow = false
      try rows.endRow(sheet: sheet, isHidden: isHidden)
    case .sheetData: isInData = false
    default: break
    }
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    guard reading == .value || reading == .inline else { return }
    text.append(contentsOf: bytes)
    guard text.count <= CSVScanner.recordLimit else {
      throw wrong("the cell holds more than \(CSVScanner.recordLimit) bytes")
    }
  }

  private func hideColumns(_ element: XMLElement) {
    guard isTrue(element[Name.hidden.rawValue]), let first = element.number(Name.min.rawValue),
      let last = element.number(Name.max.rawValue), 1...last ~= first, last <= SheetRows.columnLimit
    else { return }
    rows.hide(columns: (first - 1)..<last, ofSheet: sheet)
  }

  private func isTrue(_ attribute: UnsafeBufferPointer<UInt8>?) -> Bool {
    attribute.map { $0.first == 49 || $0.first == 116 } ?? false
  }

  private func beginRow(_ element: XMLElement) throws {
    guard !isInRow else { throw wrong("a row stands within a row") }
    if let number = element[Name.r.rawValue] {
      guard let number = XMLElement.number(number), number > 0 else { throw wrong("a row has no number") }
      row = number
    } else {
      row += 1
    }
    isInRow = true
    column = -1
    isHidden = isTrue(element[Name.hidden.rawValue])
    try rows.beginRow(row)
  }

  private func beginCell(_ element: XMLElement) throws {
    guard isInRow, !isInCell else { throw wrong("a cell stands outside of a row") }
    if let reference = element[Name.r.rawValue] {
      guard let place = CellReference.parse(reference), place.row == row else {
        throw wrong(
          "a cell of row \(row) says that it is \"\(SafeText.printable(String(decoding: reference.prefix(20), as: UTF8.self)))\""
        )
      }
      column = place.column - 1
    } else {
      column += 1
    }
    isInCell = true
    style = element.number(Name.s.rawValue) ?? 0
    (hasFormula, hasValue) = (false, false)
    text.removeAll(keepingCapacity: true)
    kind = try kind(of: element[Name.t.rawValue])
  }

  private func kind(of type: UnsafeBufferPointer<UInt8>?) throws -> Kind {
    guard let type else { return .number }
    if type.count == 1 {
      switch type[0] {
      case UInt8(ascii: "s"): return .shared
      case UInt8(ascii: "n"): return .number
      case UInt8(ascii: "b"): return .boolean
      case UInt8(ascii: "e"): return .error
      case UInt8(ascii: "d"): return .date
      default: break
      }
    }
    switch String(decoding: type.prefix(20), as: UTF8.self) {
    case "str": return .text
    case "inlineStr": return .inline
    case let other: throw wrong("the cell is of a kind that is not known, \"\(SafeText.printable(other))\"")
    }
  }

  private func endCell() throws {
    isInCell = false
    if text.isEmpty {
      // A text may be the result and be empty; a number that is empty is none.
      if hasFormula, !hasValue || kind != .text { try rows.add([], column: column, mark: .uncalculated) }
      return
    }
    switch kind {
    case .number: try addNumber()
    case .shared:
      guard let index = text.withUnsafeBufferPointer({ XMLElement.number($0.trimmed) }), index < strings.count else {
        throw wrong(
          "the cell refers to text \(SafeText.printable(String(decoding: text.prefix(12), as: UTF8.self))) "
            + "of the \(strings.count) that cells share")
      }
      try rows.add(strings[index], column: column, mark: .text, span: span, isFormula: hasFormula)
    case .text, .inline:
      EscapedText.decode(&text, from: 0)
      try rows.add(text, column: column, mark: .text, span: span, isFormula: hasFormula)
    case .boolean:
      try rows.add(
        Array((text == [48] ? "FALSE" : "TRUE").utf8), column: column, mark: .text, span: span, isFormula: hasFormula)
    case .error: try rows.add(text, column: column, mark: .error, isFormula: hasFormula)
    case .date:
      try rows.add(SpreadsheetDate.plain(text), column: column, mark: .text, span: span, isFormula: hasFormula)
    }
  }

  private var span: (columns: Int, rows: Int) { merges.span(row: row, column: column + 1) }

  private func addNumber() throws {
    guard let number = CellText.number(text) else {
      throw wrong(
        "the cell is said to hold a number, and holds \"\(SafeText.printable(String(decoding: text.prefix(20), as: UTF8.self)))\""
      )
    }
    let format = styles.format(ofStyle: style)
    if format != .number, let serial = Double(String(decoding: text, as: UTF8.self)),
      let date = SpreadsheetDate.text(serial, is1904: is1904, format: format)
    {
      try rows.add(Array(date.utf8), column: column, mark: .text, span: span, isFormula: hasFormula)
    } else {
      try rows.add(number, column: column, mark: .number, span: span, isFormula: hasFormula)
    }
  }

  private func wrong(_ what: String) -> HorizonError {
    HorizonError(
      .data, what, at: .init(file: location, line: row > 0 ? row : nil, column: isInCell ? column + 1 : nil),
      remedy: SheetRows.remedy)
  }
}
