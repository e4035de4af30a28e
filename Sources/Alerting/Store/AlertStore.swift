import Diagnostics
import Foundation
internal import GRDB
import StateFiles
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
    let exists = try FileRights.exists(path)
    if mustExist && !exists {
      throw HorizonError(
        .noInput, "there is no state file \(path)", remedy: "Name the file of `horizon alert run --state`")
    }
    self.path = path
    queue = try AlertSchema.format.translating(path) {
      var configuration = Configuration()
      configuration.busyMode = .timeout(20)
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      try queue.writeWithoutTransaction { database in
        // Before the mode is set, which writes to the file.
        _ = try AlertSchema.format.version(database, path: path)
        _ = try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL")
        try database.execute(sql: "PRAGMA synchronous = FULL")
        try database.inTransaction(.immediate) {
          try AlertSchema.format.migrate(database, path: path)
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
    guard try FileRights.exists(path) else {
      throw HorizonError(
        .noInput, "there is no state file \(path)", remedy: "Name the file of `horizon alert run --state`")
    }
    self.path = path
    queue = try AlertSchema.format.translating(path) {
      var configuration = Configuration()
      configuration.busyMode = .timeout(20)
      configuration.readonly = true
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      let version = try queue.read { try AlertSchema.format.version($0, path: path) }
      guard version == AlertSchema.format.version else {
        throw HorizonError(
          .data, "the state is of an earlier version (schema \(version), this is \(AlertSchema.format.version))",
          at: .init(file: path), remedy: "Let `horizon alert run` bring it to this version first")
      }
      return queue
    }
  }

  func read<T>(_ body: (Database) throws -> T) throws -> T {
    try AlertSchema.format.translating(path) { try queue.read(body) }
  }

  /// Writes in one transaction that begins by taking the lock; `body` says whether to keep what it wrote.
  func write<T>(keep: Bool = true, _ body: (Database) throws -> T) throws -> T {
    try AlertSchema.format.translating(path) {
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
}
