internal import GRDB
import Ingest

/// The rows of a table as rows of `table_cell`.
struct TableCells {
  /// The rows by the store's numbers of series and periods, in the table's order.
  let records: [TableRecords.Record]
  let marks: [String]
  let form: TableForm

  /// Brings the rows of a table under the store's numbers.
  init(_ table: TableRecords, names: inout NameTable, _ database: Database) throws {
    let series = try table.keys.map { try names.id(of: $0, database) }
    let periods = try table.periods.map { try names.id(of: $0, database) }
    records = table.records.map { record in
      var record = record
      record.series = series[record.series]
      record.period = periods[record.period]
      return record
    }
    marks = table.marks
    form = TableForm(table)
  }

  /// Hands all numbers on, for a digest of them.
  func digest(_ update: (UnsafeRawBufferPointer) throws -> Void) throws {
    for record in records {
      let none = UInt64.max
      let values: [6 of UInt64] = [
        UInt64(record.series), UInt64(record.period), record.value?.bitPattern ?? none, UInt64(record.state),
        record.denominator?.bitPattern ?? none, record.population?.bitPattern ?? none,
      ]
      try withUnsafeBytes(of: values, update)
    }
    try Array((marks + [form.kind, form.units, String(form.runLength)]).joined(separator: "\n").utf8)
      .withUnsafeBytes(update)
  }

  /// Stores the rows under the number of their content.
  func insert(content: Int, _ database: Database) throws {
    let statement = try database.cachedStatement(
      sql: """
        INSERT INTO table_cell (content, position, series, period, value, state, denominator, population)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """)
    for (position, record) in records.enumerated() {
      try statement.execute(
        arguments: [
          content, position, record.series, record.period, record.value, record.state, record.denominator,
          record.population,
        ])
    }
  }
}

extension TableCells {
  /// Reads the rows of a table, with the store's own numbers of series and periods.
  static func read(content: Int, _ database: Database) throws -> [TableRecords.Record] {
    let cursor = try Row.fetchCursor(
      database.cachedStatement(
        sql: """
          SELECT series, period, value, state, denominator, population FROM table_cell WHERE content = ? ORDER BY position
          """), arguments: [content])
    var records: [TableRecords.Record] = []
    while let row = try cursor.next() {
      records.append(
        TableRecords.Record(
          series: row[0], period: row[1], value: row[2], state: row[3], denominator: row[4], population: row[5]))
    }
    return records
  }

  /// Records with the store's numbers as a table with its own, in order of first appearance.
  static func table(
    _ records: [TableRecords.Record], marks: [String], form: TableForm, names: NameTable
  ) throws -> TableRecords {
    var table = TableRecords(marks: records.contains { $0.state == suppressed } ? marks : [])
    form.apply(to: &table)
    var (series, periods): ([Int: Int], [Int: Int]) = ([:], [:])
    table.records.reserveCapacity(records.count)
    for var record in records {
      if series[record.series] == nil {
        guard let key = names.key(record.series) else { throw DamagedStore(reason: "a series has no name") }
        series[record.series] = table.keys.count
        table.keys.append(key)
      }
      if periods[record.period] == nil {
        guard let text = names.text(record.period) else { throw DamagedStore(reason: "a period has no name") }
        periods[record.period] = table.periods.count
        table.periods.append(text)
      }
      record.series = series[record.series] ?? 0
      record.period = periods[record.period] ?? 0
      table.records.append(record)
    }
    return table
  }

  /// Series and period of a record in one number.
  static func cell(_ record: TableRecords.Record) -> UInt64 {
    UInt64(truncatingIfNeeded: record.series) << 32 | UInt64(truncatingIfNeeded: record.period)
  }

  /// The state of a suppressed value.
  private static let suppressed = 3
}
