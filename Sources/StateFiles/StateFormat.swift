import Diagnostics
import GRDB

/// A kind of SQLite file that Horizon keeps: how it is told from others, how one of an earlier version becomes one of this, and what
/// SQLite's errors mean to whoever keeps it.
public struct StateFormat: Sendable {
  /// `PRAGMA application_id`, which marks the file.
  public let applicationID: Int
  /// The SQL that leads from each version to the next; `PRAGMA user_version` counts them.
  public let migrations: [String]
  /// What it is called: "the alert state".
  public let name: String
  /// What another program's file is not: "a state file of `horizon alert`", and what to do about it.
  public let (kind, remedy): (String, String)
  /// What to do about a file of a later version, and about a damaged one.
  public let (laterRemedy, damageRemedy): (String, String)

  /// A format.
  public init(
    applicationID: Int, name: String, kind: String, remedy: String,
    laterRemedy: String = "Use that version; the file was left as it is", damageRemedy: String, migrations: [String]
  ) {
    (self.applicationID, self.name, self.kind, self.remedy) = (applicationID, name, kind, remedy)
    (self.laterRemedy, self.damageRemedy, self.migrations) = (laterRemedy, damageRemedy, migrations)
  }

  /// The version that this program writes.
  public var version: Int { migrations.count }

  /// The version of a file; 0 for one in which nothing was ever stored.
  ///
  /// - Throws: `HorizonError` of kind data for another program's file, or one of a later version.
  public func version(_ database: Database, path: String) throws -> Int {
    let identifier = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
    let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    guard identifier == applicationID else {
      if identifier == 0, try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") == 0 { return 0 }
      throw HorizonError(
        .data, "this is an SQLite file, but not \(kind)", at: .init(file: path), remedy: remedy)
    }
    guard found <= version else {
      throw HorizonError(
        .data, "\(name) was written by a later version of Horizon (schema \(found), this one knows \(version))",
        at: .init(file: path), remedy: laterRemedy)
    }
    return found
  }

  /// Brings a file to this version, or makes one, within the transaction that calls it.
  ///
  /// - Throws: as ``version(_:path:)``.
  public func migrate(_ database: Database, path: String) throws {
    let done = try version(database, path: path)
    for migration in migrations.dropFirst(done) { try database.execute(sql: migration) }
    if done < version {
      try database.execute(sql: "PRAGMA application_id = \(applicationID); PRAGMA user_version = \(version)")
    }
  }

  /// An error of SQLite in words: tryLater where another process holds the file, cannotWrite where there is no room or no right to write,
  /// else data.
  public func translated(_ error: DatabaseError, path: String) -> HorizonError {
    let place = HorizonError.Location(file: path)
    let reason = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
    switch error.resultCode.primaryResultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      return HorizonError(
        .tryLater, "another process is writing to \(name)", at: place, remedy: "Try again when it is done")
    case .SQLITE_FULL:
      return HorizonError(
        .cannotWrite, "the disk is full; \(name) is as it was", at: place, remedy: "Make room and try again")
    case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_IOERR, .SQLITE_AUTH:
      return HorizonError(
        .cannotWrite, "\(name) cannot be written: \(reason)", at: place, remedy: FileRights.remedy(for: path))
    default:
      return HorizonError(.data, "\(name) cannot be used: \(reason)", at: place, remedy: damageRemedy)
    }
  }

  /// Runs `body`, whose SQLite errors become `HorizonError`s.
  public func translating<T>(_ path: String, _ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw translated(error, path: path)
    }
  }
}
