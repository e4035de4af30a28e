internal import GRDB
import Hashing
import Ingest

/// The counts of files, each stored once however many files hold them.
enum Contents {
  /// The number of the counts of a file, which are stored if no file had them yet.
  ///
  /// Counts are told apart by the SHA-256 of their cells by the store's numbers, so that neither the order of the rows
  /// of a file nor what is not counted (crime IDs, coordinates) makes a difference.
  static func id(of content: (any UnitContent)?, names: inout NameTable, _ database: Database) throws -> Int {
    let digest = try SHA256()
    let isEarliest: Bool
    let marks: [String]
    var form = TableForm(kind: "", units: "", runLength: 0)
    let insert: (Int) throws -> Void
    switch content {
    case nil:
      (isEarliest, marks, insert) = (false, [], { _ in })
    case let tally as StreetTally:
      let cells = try StreetCells(tally, names: &names, database)
      try cells.digest { try digest.update($0) }
      (isEarliest, marks, insert) = (tally.isEarliest, [], { try cells.insert(content: $0, database) })
    case let rows as TableRows:
      let cells = try TableCells(TableRecords(rows), names: &names, database)
      try cells.digest { try digest.update($0) }
      (isEarliest, marks, insert) = (false, cells.marks, { try cells.insert(content: $0, database) })
      form = cells.form
    default:
      preconditionFailure("files of these layouts are brought together before they are stored")
    }
    let rows = content?.rowCount ?? 0
    try [rows, isEarliest ? 1 : 0].withUnsafeBytes { try digest.update($0) }
    let sha256 = try digest.hexadecimal()
    if let known = try Int.fetchOne(
      database.cachedStatement(sql: "SELECT id FROM content WHERE sha256 = ?"), arguments: [sha256])
    {
      return known
    }
    try database.cachedStatement(
      sql: """
        INSERT INTO content (sha256, rows, earliest_layout, marks, value_kind, units, run_length)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(
      arguments: [
        sha256, rows, isEarliest, marks.joined(separator: "\n"), form.kind, form.units, form.runLength,
      ])
    let id = Int(database.lastInsertedRowID)
    try insert(id)
    return id
  }
}
