import Diagnostics
import Foundation
internal import GRDB
import TimeSeries

/// A state file: every alert, its history and what is still to be sent, in SQLite. Write-ahead log and full synchronisation:
/// what a transaction wrote is there after a kill or a loss of power, and nothing of one that was cut off.
public struct AlertStore: Sendable {
  let path: String
  /// A path that names no file: the state is gone with the process.
  public static let inMemory = ":memory:"
  private let queue: DatabaseQueue
  /// Name of the file in its folder.
  var fileName: String { URL(fileURLWithPath: path).lastPathComponent }

  /// Opens a state file, or makes one, and brings it to this version.
  ///
  /// - Throws: ``HorizonError``: data for another program's file, one of a later version or a damaged one; cannotWrite; tryLater
  ///   where another process keeps it locked; noInput where it must exist and does not.
  public init(_ path: String, mustExist: Bool = false) throws {
    let exists = FileManager.default.fileExists(atPath: path)
    if mustExist && !exists {
      throw HorizonError(
        .noInput, "there is no state file \(path)", remedy: "Name the file of `horizon alert run --state`")
    }
    self.path = path
    queue = try AlertStore.translating(path) {
      var configuration = Configuration()
      configuration.busyMode = .timeout(20)
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      try queue.writeWithoutTransaction { database in
        // Before the mode is set, which writes to the file.
        _ = try AlertSchema.version(database, path: path)
        _ = try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL")
        try database.execute(sql: "PRAGMA synchronous = FULL")
        try database.inTransaction(.immediate) {
          try AlertSchema.migrate(database, path: path)
          return .commit
        }
      }
      return queue
    }
  }

  /// Opens a state file of this version to read it and no more.
  ///
  /// - Throws: ``HorizonError`` as ``init(_:mustExist:)``; data for one of an earlier version, which a run brings to this one.
  public init(reading path: String) throws {
    guard FileManager.default.fileExists(atPath: path) else {
      throw HorizonError(
        .noInput, "there is no state file \(path)", remedy: "Name the file of `horizon alert run --state`")
    }
    self.path = path
    queue = try AlertStore.translating(path) {
      var configuration = Configuration()
      configuration.busyMode = .timeout(20)
      configuration.readonly = true
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      let version = try queue.read { try AlertSchema.version($0, path: path) }
      guard version == AlertSchema.version else {
        throw HorizonError(
          .data, "the state is of an earlier version (schema \(version), this is \(AlertSchema.version))",
          at: .init(file: path), remedy: "Let `horizon alert run` bring it to this version first")
      }
      return queue
    }
  }

  func read<T>(_ body: (Database) throws -> T) throws -> T {
    try AlertStore.translating(path) { try queue.read(body) }
  }

  /// Writes in one transaction that begins by taking the lock; `body` says whether to keep what it wrote.
  func write<T>(keep: Bool = true, _ body: (Database) throws -> T) throws -> T {
    try AlertStore.translating(path) {
      try queue.writeWithoutTransaction { database in
        var result: T?
        try database.inTransaction(.immediate) {
          result = try body(database)
          return keep ? .commit : .rollback
        }
        guard let result else { throw DatabaseError(resultCode: .SQLITE_ABORT) }
        return result
      }
    }
  }

  private static func translating<T>(_ path: String, _ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch let error as DatabaseError {
      let place = HorizonError.Location(file: path)
      let reason = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
      switch error.resultCode.primaryResultCode {
      case .SQLITE_BUSY, .SQLITE_LOCKED:
        throw HorizonError(
          .tryLater, "another process is writing to the alert state", at: place, remedy: "Try again when it is done")
      case .SQLITE_FULL:
        throw HorizonError(
          .cannotWrite, "the disk is full; the alert state is as it was", at: place, remedy: "Make room and run again")
      case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_IOERR, .SQLITE_AUTH:
        throw HorizonError(
          .cannotWrite, "the alert state cannot be written: \(reason)", at: place,
          remedy: "Check that its folder exists, has room and may be written by you")
      default:
        throw HorizonError(
          .data, "the alert state cannot be used: \(reason)", at: place,
          remedy: "Restore it from a copy; a new file tells everything that is open once more")
      }
    }
  }
}
