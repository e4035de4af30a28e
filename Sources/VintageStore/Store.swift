import Diagnostics
import CommunitySafety
import Foundation
internal import GRDB
import Ingest
import TimeSeries

/// A store: an SQLite file of what was read of many files, vintage by vintage. See `Schema` for what it keeps.
///
/// It is in write-ahead-log mode, so that reading goes on while an ingest writes, and one transaction writes an ingest, so
/// that it is there whole or not at all, even if the process is killed. `synchronous` is FULL: an ingest that has been
/// reported done survives a loss of power, at the cost of one `fsync` for each ingest.
public struct Store: Sendable {
  /// Path as the user named it.
  let path: String
  let queue: DatabaseQueue

  /// The first bytes of every SQLite file.
  private static let magic = Array("SQLite format 3\0".utf8)

  /// Whether a path is an SQLite file, by its first bytes and not its name.
  public static func isStore(_ path: String) -> Bool {
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: resolved(path)),
      attributes[.type] as? FileAttributeType == .typeRegular, let file = FileHandle(forReadingAtPath: path)
    else { return false }
    defer { try? file.close() }
    return (try? file.read(upToCount: magic.count)).map { Array($0) == magic } ?? false
  }

  private static func resolved(_ path: String) -> String { URL(fileURLWithPath: path).resolvingSymlinksInPath().path }

  /// Opens a store for reading.
  ///
  /// - Throws: `HorizonError`: data for an SQLite file that is not a store, is damaged or of a later version, or holds
  ///   nothing yet.
  public init(reading path: String) throws {
    try self.init(opening: path)
    let state = try read { try Schema.state($0, path: path) }
    guard state != .blank else {
      throw HorizonError(
        .data, "the store holds nothing yet", at: .init(file: path), remedy: "Add data with `horizon ingest`")
    }
  }

  /// Opens an SQLite file for reading, whether or not it is a store.
  init(opening path: String) throws {
    self.path = path
    queue = try StoreError.translating(path, isWriting: false) {
      // Not read-only, so that the log is tidied away at the end; reading transactions write nothing all the same.
      let configuration = Store.configuration(wait: 30)
      do {
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.read { _ = try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_master") }
        return queue
      } catch let error as DatabaseError where error.resultCode.primaryResultCode == .SQLITE_CANTOPEN {
        // A folder that cannot be written has no room for the index of the log; without a log none is needed.
        guard !FileManager.default.fileExists(atPath: path + "-wal"),
          let name = URL(fileURLWithPath: path).path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed)
        else { throw error }
        return try DatabaseQueue(path: "file:\(name)?immutable=1", configuration: configuration)
      }
    }
  }

  /// Opens a store for writing, or makes one.
  ///
  /// - Parameter wait: seconds to wait for another process that is writing.
  /// - Throws: `HorizonError`: data for a file that is not a store, cannotWrite, tryLater if it stays locked.
  init(writing path: String, wait: Double) throws {
    self.path = path
    let size = (try? FileManager.default.attributesOfItem(atPath: Store.resolved(path))[.size] as? Int) ?? 0
    guard size == 0 || Store.isStore(path) else {
      throw HorizonError(
        .data, "this file is not a store", at: .init(file: path),
        remedy: "Name a store that `horizon ingest` has made, or a new file")
    }
    queue = try StoreError.translating(path, isWriting: true) {
      var configuration = Store.configuration(wait: wait)
      // Numbers of names and places come from the tables they stand in; looking each up again doubles the time.
      configuration.foreignKeysEnabled = false
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      try queue.writeWithoutTransaction { database in
        // Before the mode is set, which writes to the file.
        _ = try Schema.state(database, path: path)
        _ = try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL")
        try database.execute(sql: "PRAGMA synchronous = FULL; PRAGMA cache_size = -65536")
      }
      return queue
    }
  }

  private static func configuration(wait: Double) -> Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(wait)
    return configuration
  }

  /// Reads in one consistent view.
  func read<T>(_ body: (Database) throws -> T) throws -> T {
    try StoreError.translating(path, isWriting: false) { try queue.read(body) }
  }

  /// Writes in one transaction.
  func write(_ body: (Database) throws -> Void) throws {
    try StoreError.translating(path, isWriting: true) {
      try queue.writeWithoutTransaction { database in
        try database.inTransaction(.immediate) {
          try body(database)
          return .commit
        }
      }
    }
  }

  /// Kind and frequency of the data, as of the latest ingest.
  func character() throws -> (kind: IngestedData.SourceKind, frequency: Frequency)? {
    try read { try Store.character($0) }
  }

  static func character(_ database: Database) throws -> (kind: IngestedData.SourceKind, frequency: Frequency)? {
    guard let row = try Row.fetchOne(database, sql: "SELECT kind, frequency FROM ingest ORDER BY id DESC LIMIT 1"),
      let kind = IngestedData.SourceKind(rawValue: row[0]), let frequency = Frequency(rawValue: row[1])
    else { return nil }
    return (kind, frequency)
  }
}
