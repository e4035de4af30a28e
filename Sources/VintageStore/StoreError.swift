import CommunitySafety
import Diagnostics
internal import GRDB

/// What a store says contradicts itself.
struct DamagedStore: Error {
  let reason: String
}

/// What SQLite's errors mean to a user.
enum StoreError {
  /// Runs `body`, whose SQLite errors become `HorizonError`s.
  static func translating<T>(_ path: String, isWriting: Bool, _ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw translated(error, path, isWriting)
    } catch let error as DamagedStore {
      throw damaged(path, error.reason)
    }
  }

  private static func translated(_ error: DatabaseError, _ path: String, _ isWriting: Bool) -> HorizonError {
    let place = HorizonError.Location(file: path)
    let reason = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
    switch error.resultCode.primaryResultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      return HorizonError(
        .tryLater, "another process is writing to the store", at: place,
        remedy: "Try again when it is done, or wait longer with --wait")
    case .SQLITE_FULL:
      return HorizonError(
        .cannotWrite, "the disk is full; the store is as it was", at: place, remedy: "Make room and ingest again")
    case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_IOERR, .SQLITE_AUTH:
      return isWriting
        ? HorizonError(
          .cannotWrite, "the store cannot be written: \(reason)", at: place,
          remedy: "Check that its folder exists, has room and may be written by you")
        : HorizonError(
          .noInput, "the store cannot be read: \(reason)", at: place,
          remedy: "Check that you may read it, or copy it to a folder where you may write")
    case .SQLITE_NOTADB, .SQLITE_CORRUPT:
      return damaged(path, reason)
    default:
      return HorizonError(
        .data, "the store cannot be used: \(reason)", at: place,
        remedy: "Restore it from a copy, or ingest the sources again into a new store")
    }
  }

  private static func damaged(_ path: String, _ reason: String) -> HorizonError {
    HorizonError(
      .data, "the store is damaged: \(reason)", at: .init(file: path),
      remedy: "Restore it from a copy, or ingest the sources again into a new store")
  }
}
