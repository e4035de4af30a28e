internal import GRDB
internal import GRDBSQLite

/// A prepared statement that takes and gives whole numbers, row after row without allocating: millions of cells pass
/// through it.
struct IntegerStatement {
  private let statement: Statement
  private var handle: OpaquePointer { statement.sqliteStatement }

  /// Prepares SQL, once for each connection.
  init(_ database: Database, _ sql: String) throws { statement = try database.cachedStatement(sql: sql) }

  /// Runs an INSERT.
  func insert(_ values: [5 of Int]) throws {
    for index in 0..<5 { sqlite3_bind_int64(handle, Int32(index + 1), Int64(values[index])) }
    let code = sqlite3_step(handle)
    sqlite3_reset(handle)
    guard code == SQLITE_DONE else { throw failure(code) }
  }

  /// Runs a SELECT of five columns with one argument, and hands every row on.
  func select(_ argument: Int, _ row: ([5 of Int]) -> Void) throws {
    sqlite3_reset(handle)
    sqlite3_bind_int64(handle, 1, Int64(argument))
    defer { sqlite3_reset(handle) }
    var values: [5 of Int] = .init(repeating: 0)
    while true {
      let code = sqlite3_step(handle)
      if code == SQLITE_DONE { return }
      guard code == SQLITE_ROW else { throw failure(code) }
      for index in 0..<5 { values[index] = Int(sqlite3_column_int64(handle, Int32(index))) }
      row(values)
    }
  }

  private func failure(_ code: Int32) -> DatabaseError {
    DatabaseError(
      resultCode: ResultCode(rawValue: code),
      message: sqlite3_errmsg(sqlite3_db_handle(handle)).map { String(cString: $0) })
  }
}
