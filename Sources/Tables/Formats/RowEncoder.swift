import Foundation

/// Turns rows into the bytes of a format, one row at a time.
///
/// Nothing is kept of a row but its bytes, which may be taken away between rows; a table for a terminal is held as text
/// until ``finish()``, when the widths of its columns are known.
public struct RowEncoder<Row> {
  /// The bytes made so far and not taken away.
  public var bytes: [UInt8] = []
  private let columns: [Column<Row>]
  /// Where the values of the columns come from.
  private let cells: [@Sendable (Row) -> Cell]
  private let format: TableFormat
  private let guardsFormulas: Bool
  private let json: JSONEncoder
  private var terminal: TerminalText
  private var isFirst = true

  /// An encoder of rows under the columns of `table`.
  ///
  /// - Parameters:
  ///   - guardsFormulas: whether CSV writes an apostrophe before a text that a spreadsheet would take for a formula: for files
  ///     people open.
  ///   - isFirst: whether the rows are the first of the table; only these have a header before them.
  public init(_ table: Table<Row>, as format: TableFormat, guardsFormulas: Bool = false, isFirst: Bool = true) {
    self.format = format
    self.guardsFormulas = guardsFormulas
    columns =
      switch format {
      case .csv, .table: table.columns.filter { $0.schema.kind != .record }
      case .json, .ndjson: table.columns
      }
    cells = columns.map(\.cell)
    json = CanonicalJSON.encoder(format == .json ? [.prettyPrinted] : [])
    terminal = TerminalText(columns.map(\.schema))
    guard format == .csv, isFirst else { return }
    for (index, column) in columns.enumerated() {
      if index > 0 { bytes.append(CSVText.comma) }
      CSVText.append(column.schema.name, guardsFormulas: guardsFormulas, to: &bytes)
    }
    bytes.append(10)
  }

  /// Adds a row.
  public mutating func append(_ row: Row) throws {
    switch format {
    case .csv:
      // Pairs of an index and a column would have their type looked up at every cell: rows are not known here.
      var isFirstCell = true
      for cell in cells {
        if !isFirstCell { bytes.append(CSVText.comma) }
        isFirstCell = false
        CSVText.append(cell(row), guardsFormulas: guardsFormulas, to: &bytes)
      }
      bytes.append(10)
    case .ndjson:
      bytes.append(contentsOf: try json.encode(RowObject(columns: columns, row: row)))
      bytes.append(10)
    case .json:
      bytes.append(contentsOf: (isFirst ? "[\n  " : ",\n  ").utf8)
      // No text of JSON holds a line feed of its own, so every one begins a line of the object.
      for byte in try json.encode(RowObject(columns: columns, row: row)) {
        bytes.append(byte)
        if byte == 10 { bytes.append(contentsOf: [32, 32]) }
      }
    case .table: terminal.append(cells.map { $0(row) })
    }
    isFirst = false
  }

  /// Ends the output: call once, after the last row.
  public mutating func finish() throws {
    switch format {
    case .csv, .ndjson: break
    case .json: bytes.append(contentsOf: (isFirst ? "[\n\n]\n" : "\n]\n").utf8)
    case .table: bytes.append(contentsOf: terminal.drawn().utf8)
    }
  }
}
