/// The declaration of a table: what its rows are and what its columns hold, from which every format and every
/// description of it is made. It holds no rows; a ``Sheet`` is a table with them.
public struct Table<Row>: Sendable {
  /// What descriptions say of it.
  public let schema: TableSchema
  /// The columns, in order.
  let columns: [Column<Row>]

  /// A table of these columns.
  ///
  /// - Parameters:
  ///   - name: its name among the tables of a data package: lower case, digits and hyphens.
  ///   - title: what it is, in a few words.
  ///   - description: what a row is, in sentences with full stops.
  public init(_ name: String, title: String, _ description: String, @ColumnsBuilder<Row> columns: () -> [Column<Row>]) {
    let columns = columns()
    self.columns = columns
    schema = TableSchema(name: name, title: title, description: description, columns: columns.map(\.schema))
    precondition(
      Set(columns.map(\.schema.name)).count == columns.count, "two columns of the table \(name) have one name")
  }
}

/// A format tables are written in.
public enum TableFormat: String, CaseIterable, Sendable {
  /// For a terminal.
  case table
  /// RFC 4180, UTF-8, LF line ends, a header.
  case csv
  /// One array of objects.
  case json
  /// An object to a line.
  case ndjson
}

/// A table with its rows, ready to be written. Rows are made one at a time as they are written, and again each time.
public struct Sheet: Sendable {
  /// What its columns are.
  public let schema: TableSchema
  /// Parts of its rows that can be made apart from each other, in order.
  public let parts: Int
  private let encode: @Sendable (_ parts: Range<Int>, TableFormat, Bool, (inout [UInt8]) throws -> Void) throws -> Void
  private let scan: @Sendable (([Cell]) throws -> Void) throws -> Void

  /// Bytes gathered before they are passed on.
  private static let chunk = 1 << 16

  /// Rows under the columns of a table, in parts that may be made side by side.
  ///
  /// - Parameter rows: passes each row of a part, in order, to what it is given.
  public init<Row>(
    _ table: Table<Row>, parts: Int,
    _ rows: @escaping @Sendable (_ part: Int, _ add: (Row) throws -> Void) throws -> Void
  ) {
    schema = table.schema
    self.parts = max(1, parts)
    encode = { parts, format, guardsFormulas, sink in
      var encoder = RowEncoder(table, as: format, guardsFormulas: guardsFormulas, isFirst: parts.lowerBound == 0)
      for part in parts {
        try rows(part) { row in
          try encoder.append(row)
          if encoder.bytes.count >= Sheet.chunk {
            try sink(&encoder.bytes)
            encoder.bytes.removeAll(keepingCapacity: true)
          }
        }
      }
      try encoder.finish()
      try sink(&encoder.bytes)
    }
    scan = { body in
      let cells = table.columns.filter { $0.schema.kind != .record }.map(\.cell)
      for part in 0..<parts { try rows(part) { row in try body(cells.map { $0(row) }) } }
    }
  }

  /// Rows under the columns of a table.
  ///
  /// - Parameter rows: passes each row, in order, to what it is given.
  public init<Row>(
    _ table: Table<Row>, _ rows: @escaping @Sendable (_ add: (Row) throws -> Void) throws -> Void
  ) {
    self.init(table, parts: 1) { _, add in try rows(add) }
  }

  /// Rows under the columns of a table.
  public init<Row: Sendable>(_ table: Table<Row>, rows: [Row]) {
    self.init(table) { add in for row in rows { try add(row) } }
  }

  /// Writes the rows in a format, some 64 kB at a time; a table for a terminal at the end, when all widths are known.
  /// What is written ends with a line feed.
  ///
  /// - Parameters:
  ///   - guardsFormulas: as of ``RowEncoder``.
  ///   - sink: takes the bytes that come next.
  /// - Throws: what `sink` throws, and errors of encoding.
  public func write(as format: TableFormat, guardsFormulas: Bool = false, to sink: ([UInt8]) throws -> Void) throws {
    try encode(0..<parts, format, guardsFormulas) { try sink($0) }
  }

  /// Passes on the values of each row, in order, under the schema's ``TableSchema/tabularColumns``.
  ///
  /// - Throws: what `body` throws.
  public func forEachRow(_ body: ([Cell]) throws -> Void) throws { try scan(body) }

  /// All of it in a format.
  public func rendered(as format: TableFormat, guardsFormulas: Bool = false) throws -> [UInt8] {
    try rendered(0..<parts, as: format, guardsFormulas)
  }

  /// One part in a format: all parts, one after the other, are the whole.
  ///
  /// - Returns: nil in a format whose parts are no bytes of their own: ``TableFormat/json``, ``TableFormat/table``.
  public func rendered(part: Int, as format: TableFormat) throws -> [UInt8]? {
    switch format {
    case .csv, .ndjson: try rendered(part..<part + 1, as: format, false)
    case .json, .table: nil
    }
  }

  private func rendered(_ parts: Range<Int>, as format: TableFormat, _ guardsFormulas: Bool) throws -> [UInt8] {
    var all: [UInt8] = []
    try encode(parts, format, guardsFormulas) { bytes in
      if all.isEmpty { swap(&all, &bytes) } else { all += bytes }
    }
    return all
  }
}
