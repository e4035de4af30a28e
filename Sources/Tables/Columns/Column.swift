/// One column of a table: its name and meaning, and where its values come from.
///
/// Where its values are made is inlinable: unspecialised, their types would be looked up at every cell.
public struct Column<Row>: Sendable {
  /// What descriptions say of it.
  public let schema: ColumnSchema
  /// The value; blank in a column of records.
  @usableFromInline let cell: @Sendable (Row) -> Cell
  /// What JSON holds instead of the value; nil for the value itself.
  @usableFromInline let record: (@Sendable (Row) -> any Encodable)?

  /// A column every row has a value in.
  ///
  /// - Parameters:
  ///   - name: its name in every format; part of the contract with readers.
  ///   - unit: what a number counts or measures; nil for text and pure numbers.
  ///   - description: what it means, as one or more sentences with full stops.
  ///   - value: its value in a row. Numbers that may not be finite belong in a column that may be blank.
  @inlinable
  public init<Value>(
    _ name: String, _ type: ColumnType<Value>, unit: String? = nil, _ description: String,
    _ value: @escaping @Sendable (Row) -> Value
  ) {
    schema = ColumnSchema(name: name, kind: type.kind, unit: unit, description: description, isNullable: false)
    let cell = type.cell
    self.cell = { cell(value($0)) }
    record = nil
  }

  /// A column that may be blank: nil, and numbers that are not finite, are written as nothing in text and as null in JSON.
  @inlinable
  public init<Value>(
    _ name: String, _ type: ColumnType<Value>, unit: String? = nil, _ description: String,
    _ value: @escaping @Sendable (Row) -> Value?
  ) {
    schema = ColumnSchema(name: name, kind: type.kind, unit: unit, description: description, isNullable: true)
    let cell = type.cell
    self.cell = { value($0).map(cell) ?? .blank }
    record = nil
  }

  private init(
    schema: ColumnSchema, cell: @escaping @Sendable (Row) -> Cell, record: (@Sendable (Row) -> any Encodable)?
  ) {
    self.schema = schema
    self.cell = cell
    self.record = record
  }

  /// A column of objects or lists, which only JSON has.
  public static func record(
    _ name: String, _ description: String, _ value: @escaping @Sendable (Row) -> any Encodable
  ) -> Column {
    Column(
      schema: ColumnSchema(name: name, kind: .record, unit: nil, description: description, isNullable: true),
      cell: { _ in .blank }, record: value)
  }

  /// The same column, in JSON with an object or list in place of its text.
  public func inJSON(_ value: @escaping @Sendable (Row) -> any Encodable) -> Column {
    Column(schema: schema, cell: cell, record: value)
  }

  /// The same column of rows that hold what it is about.
  public func of<Outer>(_ part: @escaping @Sendable (Outer) -> Row) -> Column<Outer> {
    let (cell, record) = (cell, record)
    return Column<Outer>(
      schema: schema, cell: { cell(part($0)) },
      record: record.map { record in { @Sendable outer in record(part(outer)) } })
  }
}

/// Puts the columns of a table in order: columns, lists of them, `if` and `for`.
@resultBuilder
public enum ColumnsBuilder<Row> {
  /// A column.
  public static func buildExpression(_ column: Column<Row>) -> [Column<Row>] { [column] }
  /// Columns that several tables share.
  public static func buildExpression(_ columns: [Column<Row>]) -> [Column<Row>] { columns }
  /// One after the other.
  public static func buildBlock(_ parts: [Column<Row>]...) -> [Column<Row>] { parts.flatMap { $0 } }
  /// Columns of some runs only.
  public static func buildOptional(_ part: [Column<Row>]?) -> [Column<Row>] { part ?? [] }
  /// One way.
  public static func buildEither(first part: [Column<Row>]) -> [Column<Row>] { part }
  /// The other way.
  public static func buildEither(second part: [Column<Row>]) -> [Column<Row>] { part }
  /// Columns for each of a list.
  public static func buildArray(_ parts: [[Column<Row>]]) -> [Column<Row>] { parts.flatMap { $0 } }
}
