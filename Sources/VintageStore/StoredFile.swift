internal import GRDB

/// A row of `file` with the ingest it belongs to.
struct StoredFile {
  let id: Int
  let name: String
  let label: String
  /// Month of its name, counted from year 0; nil if its name has none.
  let month: Int?
  let crc32: Int
  let bytes: Int
  let content: Int
  let source: Int
  let edition: Edition
  let vintage: String

  /// All files of a store, in order of vintage, ingest and reading.
  static func all(_ database: Database) throws -> [StoredFile] {
    try Row.fetchAll(
      database,
      sql: """
        SELECT file.id, file.name, file.label, file.month, file.crc32, file.bytes, file.content, source.id, ingest.last_day,
          ingest.id, ingest.vintage
        FROM file JOIN source ON source.id = file.source JOIN ingest ON ingest.id = source.ingest
        ORDER BY ingest.last_day, ingest.id, file.id
        """
    ).map { row in
      StoredFile(
        id: row[0], name: row[1], label: row[2], month: (row[3] as Int?).map { $0 / 100 * 12 + $0 % 100 - 1 },
        crc32: row[4], bytes: row[5], content: row[6], source: row[7],
        edition: Edition(lastDay: row[8], ingest: row[9]),
        vintage: row[10])
    }
  }
}
