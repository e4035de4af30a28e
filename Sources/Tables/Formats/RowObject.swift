/// A row as a JSON object under the names of its columns.
///
/// Numbers have at most seven significant digits; what is blank is null.
public struct RowObject<Row>: Encodable {
  private let columns: [Column<Row>]
  private let row: Row

  /// A row of a table.
  public init(_ table: Table<Row>, _ row: Row) { self.init(columns: table.columns, row: row) }

  init(columns: [Column<Row>], row: Row) {
    self.columns = columns
    self.row = row
  }

  /// Encodes the row with every column of the table.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: ColumnKey.self)
    for column in columns {
      let key = ColumnKey(stringValue: column.schema.name)
      if let record = column.record {
        try container.encode(AnyRecord(value: record(row)), forKey: key)
        continue
      }
      switch column.cell(row) {
      case .text(let text): try container.encode(text, forKey: key)
      case .integer(let number): try container.encode(number, forKey: key)
      case .number(let number) where number.isFinite: try container.encode(significant(number), forKey: key)
      case .number, .blank: try container.encodeNil(forKey: key)
      }
    }
  }
}

private struct AnyRecord: Encodable {
  let value: any Encodable
  func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
}

private struct ColumnKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }
  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}
