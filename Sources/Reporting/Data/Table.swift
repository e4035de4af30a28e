import Foundation

/// Rows under named columns: what every data output is made from, whatever its format.
public struct Table: Sendable {
  /// One value of a row.
  public enum Cell: Sendable, Hashable {
    /// Text.
    case text(String)
    /// A number, written with at most seven significant digits; nil and non-finite numbers are blank.
    case number(Double?)
    /// A whole number; nil is blank.
    case integer(Int?)
  }

  /// Column names.
  public let columns: [String]
  /// Rows, each with one cell a column.
  public private(set) var rows: [[Cell]] = []

  /// An empty table with these columns.
  public init(columns: [String]) { self.columns = columns }

  /// Adds a row with one cell a column.
  public mutating func append(_ row: [Cell]) {
    precondition(row.count == columns.count, "a row needs one cell for each of the \(columns.count) columns")
    rows.append(row)
  }

  /// A format a table can be written in.
  public enum Format: String, CaseIterable, Sendable {
    case table, csv, json, ndjson
  }

  /// The table in a format; always ends with a line feed.
  public func rendered(as format: Format, guardsFormulas: Bool = false) throws -> [UInt8] {
    switch format {
    case .csv: csv(guardsFormulas: guardsFormulas)
    case .json: try json()
    case .ndjson: try ndjson()
    case .table: aligned()
    }
  }

  private func csv(guardsFormulas: Bool) -> [UInt8] {
    var writer = CSVWriter(header: columns, guardsFormulas: guardsFormulas)
    for row in rows {
      for cell in row {
        switch cell {
        case .text(let text): writer.field(text)
        case .number(let number): writer.rounded(number)
        case .integer(let number): writer.field(number)
        }
      }
      writer.endLine()
    }
    return writer.bytes
  }

  private func json() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(rows.map { EncodableRow(columns: columns, cells: $0) })) + [10]
  }

  private func ndjson() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try rows.flatMap { Array(try encoder.encode(EncodableRow(columns: columns, cells: $0))) + [10] }
  }

  /// Columns padded to their widest cell, numbers to the right: for a terminal.
  private func aligned() -> [UInt8] {
    let texts = rows.map { $0.map(\.shortText) }
    var widths = columns.map(\.count)
    for row in texts {
      for (i, text) in row.enumerated() { widths[i] = max(widths[i], text.count) }
    }
    let isNumeric = columns.indices.map { i in
      !rows.isEmpty
        && rows.allSatisfy { row in
          if case .text = row[i] { false } else { true }
        }
    }
    func line(_ cells: [String]) -> String {
      var line = ""
      for (i, cell) in cells.enumerated() {
        let padding = String(repeating: " ", count: max(0, widths[i] - cell.count))
        line += (i == 0 ? "" : "  ") + (isNumeric[i] ? padding + cell : cell + padding)
      }
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }
    var output = line(columns) + line(widths.map { String(repeating: "-", count: $0) })
    for row in texts { output += line(row) }
    return Array(output.utf8)
  }
}

extension Table.Cell {
  /// The cell for a terminal: control characters are shown as U+FFFD, numbers with at most four decimals.
  fileprivate var shortText: String {
    switch self {
    case .text(let text):
      String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 32 || $0.value == 127 ? "\u{FFFD}" : $0 }))
    case .number(let number?) where number.isFinite:
      abs(number) < 1e11 && abs(number) >= 1e-4
        ? plainNumber((number * 1e4).rounded() / 1e4) : plainNumber(significant(number))
    case .integer(let number?): String(number)
    default: ""
    }
  }
}

private struct EncodableRow: Encodable {
  let columns: [String]
  let cells: [Table.Cell]

  struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    for (column, cell) in zip(columns, cells) {
      let key = Key(stringValue: column)
      switch cell {
      case .text(let text): try container.encode(text, forKey: key)
      case .number(let number?) where number.isFinite: try container.encode(significant(number), forKey: key)
      case .integer(let number?): try container.encode(number, forKey: key)
      default: try container.encodeNil(forKey: key)
      }
    }
  }
}
