import Diagnostics
import Foundation
internal import GRDB
import StateFiles
import Workshop

/// The state of a workshop that is served live, in SQLite: who joined, and every save of every score. Write-ahead log and full
/// synchronisation: what was acknowledged is there after a kill or a loss of power.
public final class WorkshopState: Sendable {
  /// The file, as it was named.
  public let path: String
  let reader: any DatabaseReader
  /// Nil where the file is only read.
  private let pool: DatabasePool?
  /// Names the file, the same for as long as it lives.
  let identifier: String
  /// Identity of the evidence that is scored.
  let pack: String

  /// Opens the state of a workshop on a pack, or makes one, and brings it to this version.
  ///
  /// - Throws: ``HorizonError``: data for another program's file, another pack's state, one of a later version or a damaged one;
  ///   cannotWrite; tryLater where another process keeps it locked.
  public init(_ path: String, evidence: PackEvidence) throws {
    let pack = try evidence.identity()
    let fresh = SecretText.hexadecimal(bytes: 8)
    let isNew = !FileManager.default.fileExists(atPath: path)
    (self.path, self.pack) = (path, pack)
    // Names and reasons are for whoever runs the workshop; the log takes after the file.
    if isNew { _ = FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]) }
    let (pool, settings) = try StateSchema.format.translating(path) {
      var configuration = Configuration()
      configuration.busyMode = .timeout(10)
      // Before the pool sets the mode, which writes to the file.
      if !isNew {
        var reading = configuration
        reading.readonly = true
        let queue = try DatabaseQueue(path: path, configuration: reading)
        _ = try queue.read { try StateSchema.format.version($0, path: path) }
        try queue.close()
      }
      let pool = try DatabasePool(path: path, configuration: configuration)
      let settings = try pool.writeWithoutTransaction { database in
        // Of a file in WAL mode the pool asks for less.
        try database.execute(sql: "PRAGMA synchronous = FULL")
        try database.inTransaction(.immediate) {
          try StateSchema.format.migrate(database, path: path)
          for (name, value) in [("id", fresh), ("pack", pack)] {
            try database.execute(
              sql: "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING", arguments: [name, value])
          }
          return .commit
        }
        return try WorkshopState.settings(database)
      }
      return (pool, settings)
    }
    guard settings["pack"] == pack else {
      throw HorizonError(
        .data, "the state is of a workshop on another pack", at: .init(file: path),
        remedy: "Serve the pack that it was made with, or name a new file with --state")
    }
    (self.pool, reader, identifier) = (pool, pool, settings["id"] ?? fresh)
  }

  /// Opens a state to read it and no more: also while it is served.
  ///
  /// - Throws: ``HorizonError`` as ``init(_:evidence:)``; noInput where there is no such file; data for one of an earlier version.
  public init(reading path: String) throws {
    guard FileManager.default.fileExists(atPath: path) else {
      throw HorizonError(.noInput, "there is no such file", at: .init(file: path))
    }
    self.path = path
    pool = nil
    let (queue, settings) = try StateSchema.format.translating(path) {
      var configuration = Configuration()
      configuration.busyMode = .timeout(10)
      configuration.readonly = true
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      let settings = try queue.read { database in
        let version = try StateSchema.format.version(database, path: path)
        guard version == StateSchema.format.version else {
          throw HorizonError(
            .data, "the state is of an earlier version (schema \(version), this is \(StateSchema.format.version))",
            at: .init(file: path), remedy: "Serve it once with this version, which brings it up to date")
        }
        return try WorkshopState.settings(database)
      }
      return (queue, settings)
    }
    (reader, identifier, pack) = (queue, settings["id"] ?? "", settings["pack"] ?? "")
  }

  /// Whether a file is an SQLite file by its first bytes.
  public static func isState(_ path: String) -> Bool {
    guard let handle = FileHandle(forReadingAtPath: path) else { return false }
    defer { try? handle.close() }
    return (try? handle.read(upToCount: 16)) == Data("SQLite format 3\0".utf8)
  }

  /// Puts what stands in the log into the file itself, and closes it.
  public func close() throws {
    try StateSchema.format.translating(path) {
      if let pool {
        try pool.writeWithoutTransaction { database in _ = try database.checkpoint(.truncate) }
      }
      try reader.close()
      guard pool != nil else { return }
      // The pool's readers close last, and may not clear the log away.
      let last = try DatabaseQueue(path: path)
      _ = try last.read { try WorkshopState.settings($0) }
      try last.close()
    }
  }

  private static func settings(_ database: Database) throws -> [String: String] {
    let rows = try Row.fetchAll(database, sql: "SELECT name, value FROM setting")
    return Dictionary(rows.map { ($0["name"], $0["value"]) }, uniquingKeysWith: { first, _ in first })
  }

  // MARK: Work

  func read<T: Sendable>(_ body: @escaping @Sendable (Database) throws -> T) async throws -> T {
    do {
      return try await reader.read(body)
    } catch let error as DatabaseError {
      throw StateSchema.format.translated(error, path: path)
    }
  }

  /// Writes in one transaction that begins by taking the lock. What it wrote is on the disk when this returns.
  func write<T: Sendable>(_ body: @escaping @Sendable (Database) throws -> T) async throws -> T {
    guard let pool else { throw HorizonError(.cannotWrite, "the state is open for reading", at: .init(file: path)) }
    do {
      return try await pool.writeWithoutTransaction { database in
        var result: T?
        try database.inTransaction(.immediate) {
          result = try body(database)
          return .commit
        }
        guard let result else { throw DatabaseError(resultCode: .SQLITE_ABORT) }
        return result
      }
    } catch let error as DatabaseError {
      throw StateSchema.format.translated(error, path: path)
    }
  }
}
