import CommunitySafety
import Diagnostics
import Wording

/// What is to be known of a cell beside its text.
enum CellMark: UInt8, Sendable {
  case text
  /// A number, which stands once however many cells are merged.
  case number
  /// An error of the spreadsheet: `#DIV/0!`.
  case error
  /// A formula whose result is not stored.
  case uncalculated
}

/// A cell whose text is not what it should be.
struct MarkedCell {
  let column: Int
  let mark: CellMark
  /// The error that stands in it.
  let text: String
}

/// Rows of a sheet that have been parsed and not yet been handed over: so many as a piece of XML holds.
final class SheetRows {
  /// Most columns of a sheet: the last is XFD.
  static let columnLimit = 16_384
  /// Most rows of a sheet.
  static let rowLimit = 1_048_576
  /// Most rows that one row with anything in it may stand for.
  static let repeatLimit = 10_000
  /// Most cells that cells and rows may stand for by repetition, in a workbook.
  static let repeatedCellLimit = 10_000_000

  private struct Cell {
    var column: Int32
    /// Columns it stands for.
    var count: Int32
    var start: Int32
    var end: Int32
    var mark: CellMark
    var isFormula = false
    /// Position of the error it shows among those seen.
    var error: UInt8 = 0
  }

  private struct Row {
    let sheet: Int
    let line: Int
    /// Rows it stands for.
    let count: Int
    let cells: Range<Int>
    let isHidden: Bool
  }

  /// A text that stands in the rows below it too, since their cells are merged.
  private struct Span {
    let columns: Range<Int>
    let lastLine: Int
    let text: [UInt8]
  }

  /// For errors: the workbook, then the sheet being parsed.
  var location = ""
  private var bytes: [UInt8] = []
  private var cells: [Cell] = []
  private var rows: [Row] = []
  private var spans: [Span] = []
  private var errors: [String] = []
  private var repeatedCells = 0
  // Of the row being parsed.
  private var (line, firstCell, length, merged) = (0, 0, 0, [(columns: Range<Int>, rows: Int, cell: Int)]())
  // What has been handed over.
  private var (next, copies) = (0, 0)
  private var bounds: [Int32] = []
  /// Columns that are not shown, by number of the sheet.
  private(set) var hiddenColumns: [Int: [Range<Int>]] = [:]
  /// Hidden rows handed over.
  private(set) var hiddenRows = 0
  /// The cells of the row handed over last that are marked.
  private(set) var marked: [MarkedCell] = []
  private var handedOver = 0..<0

  /// Begins a sheet.
  func beginSheet(location: String) {
    self.location = location
    spans.removeAll()
    line = 0
  }

  /// Notes columns of a sheet, from 0, that are not shown.
  func hide(columns: Range<Int>, ofSheet sheet: Int) {
    guard hiddenColumns[sheet]?.count ?? 0 < SheetRows.columnLimit else { return }
    hiddenColumns[sheet, default: []].append(columns)
  }

  /// Begins a row.
  ///
  /// - Throws: `HorizonError` of kind data for a row that does not follow the one before, or beyond the last of a sheet.
  func beginRow(_ line: Int) throws {
    guard line > self.line else {
      throw HorizonError(
        .data, "row \(line) stands below row \(self.line), or there twice", at: .init(file: location, line: line),
        remedy: SheetRows.remedy)
    }
    guard line <= SheetRows.rowLimit else {
      throw HorizonError(
        .data, "the sheet has a row \(line), where sheets end at \(SheetRows.rowLimit)", at: .init(file: location),
        remedy: SheetRows.remedy)
    }
    self.line = line
    firstCell = cells.count
    length = 0
    merged.removeAll(keepingCapacity: true)
  }

  /// Adds a cell with a text, which may stand for the columns to the right and the rows below too.
  ///
  /// - Parameters:
  ///   - column: from 0.
  ///   - count: columns in which it is repeated.
  ///   - span: columns and rows that are merged with it.
  /// - Throws: `HorizonError` of kind data for a column beyond the last, one that is there twice, or a row that is too long.
  func add(
    _ text: some Collection<UInt8>, column: Int, count: Int = 1, mark: CellMark,
    span: (columns: Int, rows: Int) = (1, 1), isFormula: Bool = false
  ) throws {
    guard column + count <= SheetRows.columnLimit else {
      throw HorizonError(
        .data, "the row has a cell beyond column XFD, where sheets end", at: .init(file: location, line: line),
        remedy: SheetRows.remedy)
    }
    if count > 1 { try countRepeated(count - 1) }
    let start = bytes.count
    bytes.append(contentsOf: text)
    CellText.clean(&bytes, from: start)
    length += (bytes.count - start) * count
    guard length <= CSVScanner.recordLimit else {
      throw HorizonError(
        .data, "the row holds more than \(CSVScanner.recordLimit) bytes", at: .init(file: location, line: line),
        remedy: "Check that it is a row of a table")
    }
    if bytes.count == start, mark == .text { return }
    if span.columns > 1 || span.rows > 1 {
      merged.append((column..<min(SheetRows.columnLimit, column + span.columns), span.rows, cells.count))
    }
    var cell = Cell(
      column: Int32(column), count: Int32(count), start: Int32(start), end: Int32(bytes.count), mark: mark,
      isFormula: isFormula)
    if mark == .error || mark == .text && CellText.isError(bytes[start...]) {
      cell.mark = .error
      cell.error = number(ofError: String(decoding: bytes[start...].prefix(20), as: UTF8.self))
      // No figure is available, whatever the error is.
      bytes.replaceSubrange(start..., with: CellText.error)
      cell.end = Int32(bytes.count)
    }
    cells.append(cell)
  }

  private func number(ofError text: String) -> UInt8 {
    if let known = errors.firstIndex(of: text) { return UInt8(known) }
    guard errors.count < 255 else { return 0 }
    errors.append(SafeText.printable(text))
    return UInt8(errors.count - 1)
  }

  /// Ends a row, which stands for `count` rows.
  ///
  /// - Throws: `HorizonError` of kind data for cells that stand in one place, or a row that stands for too many.
  func endRow(sheet: Int, count: Int = 1, isHidden: Bool = false) throws {
    let own = cells.count - firstCell
    defer { line += count - 1 }
    guard own > 0 else { return }
    guard count <= SheetRows.repeatLimit, line + count - 1 <= SheetRows.rowLimit else {
      throw HorizonError(
        .data, "the row is said to be there \(count) times; at most \(SheetRows.repeatLimit) are read",
        at: .init(file: location, line: line),
        remedy: "If the workbook is to be trusted, write the rows out, or export the sheet as CSV")
    }
    if count > 1 {
      try countRepeated((count - 1) * cells[firstCell...].reduce(0) { $0 + Int($1.count) })
    }
    try sortCells()
    applyMerged(filled: own)
    rows.append(Row(sheet: sheet, line: line, count: count, cells: firstCell..<cells.count, isHidden: isHidden))
  }

  private func countRepeated(_ count: Int) throws {
    repeatedCells += count
    guard repeatedCells <= SheetRows.repeatedCellLimit else {
      throw HorizonError(
        .data, "cells that are written once stand for more than \(SheetRows.repeatedCellLimit) others",
        at: .init(file: location, line: line),
        remedy: "If the workbook is to be trusted, export the sheet as CSV")
    }
  }

  /// Puts cells that came out of order in their columns' order, with their texts.
  private func sortCells() throws {
    let range = firstCell..<cells.count
    let isSorted = range.dropFirst().allSatisfy { cells[$0].column >= cells[$0 - 1].column + cells[$0 - 1].count }
    if isSorted { return }
    // What a cell of the row is merged with is told by its place in the row.
    let order = range.sorted { cells[$0].column < cells[$1].column }
    merged = merged.map { merge in
      (merge.columns, merge.rows, firstCell + (order.firstIndex(of: merge.cell) ?? 0))
    }
    let sorted = order.map { index in
      var cell = cells[index]
      let text = bytes[Int(cell.start)..<Int(cell.end)]
      cell.start = Int32(bytes.count)
      bytes.append(contentsOf: text)
      cell.end = Int32(bytes.count)
      return cell
    }
    for (cell, after) in zip(sorted, sorted.dropFirst()) where cell.column + cell.count > after.column {
      throw HorizonError(
        .data, "two cells stand in one place",
        at: .init(file: location, line: line, column: Int(after.column) + 1), remedy: SheetRows.remedy)
    }
    cells.replaceSubrange(range, with: sorted)
  }

  /// Lets the text of merged cells stand in all of them: across a row of three texts and more, which is no title, and down
  /// a column. A number stands once: to repeat it would be to count it twice.
  private func applyMerged(filled: Int) {
    if filled >= 3 {
      for merge in merged where cells[merge.cell].mark == .text && merge.columns.count > 1 {
        cells[merge.cell].count = Int32(merge.columns.count)
      }
      // A cell below the merged ones is covered.
      var covered = -1
      var kept = firstCell
      for index in firstCell..<cells.count where Int(cells[index].column) >= covered {
        cells[kept] = cells[index]
        covered = Int(cells[index].column + cells[index].count)
        kept += 1
      }
      if kept < cells.count {
        merged.removeAll { $0.rows > 1 }
        cells.removeLast(cells.count - kept)
      }
    }
    spans.removeAll { $0.lastLine < line }
    if !spans.isEmpty { fillDown() }
    for merge in merged where merge.rows > 1 && spans.count < SheetRows.columnLimit {
      guard let cell = cells[firstCell...].first(where: { Int($0.column) == merge.columns.lowerBound }),
        cell.mark == .text
      else { continue }
      spans.append(
        Span(
          columns: merge.columns.lowerBound..<(merge.columns.lowerBound + 1), lastLine: line + merge.rows - 1,
          text: Array(bytes[Int(cell.start)..<Int(cell.end)])))
    }
  }

  private func fillDown() {
    var added = false
    for span in spans {
      let column = Int32(span.columns.lowerBound)
      if cells[firstCell...].contains(where: { $0.column <= column && column < $0.column + $0.count }) { continue }
      let start = bytes.count
      bytes.append(contentsOf: span.text)
      cells.append(
        Cell(column: column, count: 1, start: Int32(start), end: Int32(bytes.count), mark: .text))
      added = true
    }
    // All texts are in order again, or the row is as it was: columns differ.
    if added { try? sortCells() }
  }

  /// Where sheets are not as spreadsheet programs write them.
  static let remedy = "Open the workbook in a spreadsheet program and save it again, or export the sheet as CSV"
}

extension SheetRows {
  /// The sheet of the next row to hand over; nil if no row has been parsed that has not been handed over.
  var nextSheet: Int? {
    if next >= rows.count { clear() }
    return next < rows.count ? rows[next].sheet : nil
  }

  /// Columns of the row being handed over whose cells hold numbers, and those whose cells hold formulas.
  var kinds: (numbers: Set<Int>, formulas: Set<Int>) {
    var kinds: (numbers: Set<Int>, formulas: Set<Int>) = ([], [])
    for cell in cells[handedOver] {
      let columns = Int(cell.column)..<Int(cell.column + cell.count)
      if cell.mark == .number { kinds.numbers.formUnion(columns) }
      if cell.isFormula || cell.mark == .uncalculated { kinds.formulas.formUnion(columns) }
    }
    return kinds
  }

  /// Forgets the rows that were handed over; the cells of the row being parsed stay.
  private func clear() {
    guard let done = rows.last?.cells.upperBound else { return }
    rows.removeAll(keepingCapacity: true)
    next = 0
    cells.removeFirst(done)
    let used = cells.reduce(Int32(bytes.count)) { min($0, $1.start) }
    bytes.removeFirst(Int(used))
    for index in cells.indices {
      cells[index].start -= used
      cells[index].end -= used
    }
    firstCell -= done
    merged = merged.map { ($0.columns, $0.rows, $0.cell - done) }
  }

  /// Passes over the next row.
  func skip() {
    next += 1
    copies = 0
  }

  /// Hands over the next row as a record of at least `width` fields, unless it reads as a note.
  func handOver<Result>(width: Int, _ body: (CSVRecord) throws -> Result) rethrows -> Result {
    let row = rows[next]
    if row.isHidden { hiddenRows += 1 }
    bounds.removeAll(keepingCapacity: true)
    marked.removeAll(keepingCapacity: true)
    handedOver = row.cells
    var filled = 0
    var at = cells[row.cells.lowerBound].start
    for index in row.cells {
      let cell = cells[index]
      while bounds.count < 2 * Int(cell.column) { bounds.append(at) }
      for _ in 0..<cell.count {
        bounds.append(cell.start)
        bounds.append(cell.end)
      }
      at = cell.end
      filled += Int(cell.count)
      guard cell.mark == .error || cell.mark == .uncalculated else { continue }
      let text = cell.mark == .error ? errors[Int(cell.error)] : ""
      for column in cell.column..<(cell.column + cell.count) {
        marked.append(MarkedCell(column: Int(column), mark: cell.mark, text: text))
      }
    }
    let line = row.line + copies
    copies += 1
    if copies >= row.count { skip() }
    let first = cells[row.cells.lowerBound]
    let isNote =
      filled <= 2 && bounds.count < 2 * width
      && LinesBelow.readsAsNote(String(decoding: bytes[Int(first.start)..<Int(first.end)], as: UTF8.self))
    if !isNote { while bounds.count < 2 * width { bounds.append(at) } }
    return try bytes.withUnsafeBufferPointer { bytes in
      try bounds.withUnsafeBufferPointer { bounds in
        // A row of marks alone has no bytes, and no field reaches into any.
        guard let base = bytes.baseAddress ?? UnsafePointer(bitPattern: 1), let pairs = bounds.baseAddress else {
          preconditionFailure("a row that is handed over has a cell")
        }
        return try body(
          CSVRecord(base: base, bounds: pairs, count: bounds.count / 2, line: line, isUnterminated: false))
      }
    }
  }
}
