/// What one column holds.
public struct ColumnSchema: Sendable, Hashable {
  /// Its name in every format.
  public let name: String
  /// What its values are.
  public let kind: ValueKind
  /// What a number counts or measures; nil for text and pure numbers.
  public let unit: String?
  /// What it means, in sentences.
  public let description: String
  /// Whether it may be blank: null in JSON, nothing in CSV.
  public let isNullable: Bool

  @usableFromInline
  init(name: String, kind: ValueKind, unit: String?, description: String, isNullable: Bool) {
    self.name = name
    self.kind = kind
    self.unit = unit
    self.description = description
    self.isNullable = isNullable
  }
}

/// What a table holds, without its rows.
public struct TableSchema: Sendable, Hashable {
  /// Its name among the tables of a data package: lower case, digits and hyphens.
  public let name: String
  /// What it is, in a few words.
  public let title: String
  /// What a row is, in sentences.
  public let description: String
  /// Every column, in order, those that only JSON has included.
  public let columns: [ColumnSchema]

  /// The columns CSV has, in order.
  public var tabularColumns: [ColumnSchema] { columns.filter { $0.kind != .record } }

  /// The names of these columns between commas: the first line of a CSV file, where no name holds a comma or a quote.
  public var header: String { tabularColumns.map(\.name).joined(separator: ",") }
}
