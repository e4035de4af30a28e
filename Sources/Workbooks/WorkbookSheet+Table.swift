import Tables
import TimeSeries

extension WorkbookSheet {
  /// The rows of a table under a heading row of its columns' names, which stays in sight and can be filtered.
  ///
  /// Numbers, days and months are real ones. A column's format follows from what it holds: whole numbers are grouped, shares of one are
  /// per cent, and what is under one in a thousand keeps its digits.
  ///
  /// - Throws: what making the rows throws.
  public init(_ sheet: Sheet, name: String, marking: String) throws {
    self.init(name)
    let schemas = sheet.schema.tabularColumns
    var cells: [[Cell]] = []
    try sheet.forEachRow { cells.append($0) }
    let styles = schemas.indices.map { column in
      WorkbookSheet.style(schemas[column].kind, cells.lazy.map { $0[column] })
    }
    rows = [schemas.map { .text($0.name, .heading) }]
    rows += cells.map { row in
      schemas.indices.map { WorkbookSheet.cell(row[$0], styles[$0], mayBeDay: schemas[$0].kind.isDay) }
    }
    columns = schemas.indices.map { column in
      let longest = cells.lazy.map { WorkbookSheet.length($0[column]) }.max() ?? 0
      return ColumnLook(width: Double(min(60, max(9, longest + 2, schemas[column].name.count + 4))))
    }
    (frozenRows, frozenColumns) = (1, 0)
    filter = 0...cells.count
    repeatedRow = 0
    self.marking = marking
  }

  private static func style(_ kind: ValueKind, _ cells: some Sequence<Cell>) -> CellStyle {
    let numbers = cells.compactMap { cell -> Double? in
      switch cell {
      case .number(let number) where number.isFinite: number
      case .integer(let number): Double(number)
      case .number, .text, .blank: nil
      }
    }
    let isWhole = numbers.allSatisfy { $0 == $0.rounded() }
    switch kind {
    case .integer, .flag: return CellStyle(format: "#,##0")
    case .probability:
      // General where per cent would show noughts only.
      return CellStyle(format: numbers.contains { $0 > 0 && $0 < 0.001 } ? nil : "0.0%")
    case .number:
      let largest = numbers.reduce(0) { max($0, $1.magnitude) }
      return CellStyle(format: isWhole ? "#,##0" : largest >= 100 ? "#,##0.0" : largest >= 1 ? "0.00" : nil)
    case .month: return CellStyle(format: "mmm yyyy")
    case .date: return CellStyle(format: "d mmm yyyy")
    case .period, .text, .choice, .answer, .record: return CellStyle()
    }
  }

  private static func cell(_ cell: Cell, _ style: CellStyle, mayBeDay: Bool) -> WorkbookCell {
    switch cell {
    case .blank: .init(.blank)
    case .integer(let number): .init(.number(Double(number)), style)
    case .number(let number): .init(number.isFinite ? .number(significant(number)) : .blank, style)
    case .text(let text):
      if mayBeDay, let day = civilDay(text) {
        .init(day.value, CellStyle(format: style.format ?? day.format))
      } else {
        .text(text)
      }
    }
  }

  /// `2019-06` and `2019-06-30` as days; nil of any other text.
  private static func civilDay(_ text: String) -> (value: WorkbookCell.Value, format: String)? {
    let bytes = Array(text.utf8)
    guard bytes.count == 7 || bytes.count == 10 else { return nil }
    for (i, byte) in bytes.enumerated() {
      guard i == 4 || i == 7 ? byte == UInt8(ascii: "-") : (48...57).contains(byte) else { return nil }
    }
    func number(_ range: Range<Int>) -> Int { bytes[range].reduce(0) { $0 * 10 + Int($1 - 48) } }
    let (year, month, day) = (number(0..<4), number(5..<7), bytes.count == 10 ? number(8..<10) : 1)
    // Spreadsheets know no day before 1900, and in its first months not the right ones.
    guard (1901...9999).contains(year), CivilDate(year: year, month: month, day: day) != nil else { return nil }
    return (.date(year: year, month: month, day: day), bytes.count == 10 ? "d mmm yyyy" : "mmm yyyy")
  }

  private static func length(_ cell: Cell) -> Int {
    switch cell {
    case .blank: 0
    case .integer(let number): String(number).count * 4 / 3
    case .number: 10
    case .text(let text): text.count
    }
  }
}

extension CellStyle {
  /// A heading of a column.
  public static var heading: CellStyle {
    var style = CellStyle(isBold: true, isWrapped: true)
    style.fill = 0xE8ECF3
    style.hasBorder = true
    return style
  }

  /// The title of a sheet.
  public static var title: CellStyle {
    var style = CellStyle(isBold: true)
    style.size = 16
    return style
  }

  /// Running text.
  public static var prose: CellStyle { CellStyle(isWrapped: true) }
}

extension ValueKind {
  /// Whether its texts are days or months; any other text stays text, whatever it looks like.
  fileprivate var isDay: Bool {
    switch self {
    case .month, .date, .period: true
    default: false
    }
  }
}
