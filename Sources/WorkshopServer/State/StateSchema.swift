import Diagnostics
internal import GRDB

/// The tables of a workshop's state, and how one of an earlier version becomes one of this.
///
/// | table | one row for | |
/// |---|---|---|
/// | `setting` | what belongs to the file as a whole | `id`: names the file; `pack`: identity of the evidence that is scored |
/// | `person` | somebody who joined | `key`: name and organisation without capitals; `code` brings the person back on another device |
/// | `session` | a browser | the hash of its token; without a person it only watches |
/// | `score` | a save | history: rows are added, never changed; the latest of a person and problem counts |
/// | `risk` | a save of a risk that no series shows | likewise; `stands` is 0 where it was taken back |
enum StateSchema {
  /// "HZNw": what marks an SQLite file as the state of a workshop.
  static let applicationID = 0x485A_4E77
  static var version: Int { migrations.count }

  private static let migrations = [
    """
    CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE person (
      id INTEGER PRIMARY KEY,
      key TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      organisation TEXT NOT NULL,
      code TEXT NOT NULL,
      joined INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE session (
      token TEXT PRIMARY KEY,
      person INTEGER REFERENCES person,
      opened INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE score (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      person INTEGER NOT NULL REFERENCES person,
      problem TEXT NOT NULL,
      at INTEGER NOT NULL,
      physical INTEGER CHECK (physical IN (0, 1, 2, 4, 8)),
      psychological INTEGER CHECK (psychological IN (0, 1, 2, 4, 8)),
      financial INTEGER CHECK (financial IN (0, 1, 2, 4, 8)),
      community INTEGER CHECK (community IN (0, 1, 2, 4, 8)),
      expectation INTEGER CHECK (expectation IN (0, 1, 2, 4, 8)),
      environment INTEGER CHECK (environment IN (0, 1, 2, 4, 8)),
      capacity INTEGER CHECK (capacity BETWEEN 1 AND 4),
      reason TEXT
    ) STRICT;
    CREATE INDEX score_of_person ON score (person, problem, id);
    CREATE TRIGGER score_stays BEFORE UPDATE ON score BEGIN SELECT RAISE(ABORT, 'a score is never changed'); END;
    CREATE TRIGGER score_is_kept BEFORE DELETE ON score BEGIN SELECT RAISE(ABORT, 'a score is never deleted'); END;
    CREATE TABLE risk (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      person INTEGER NOT NULL REFERENCES person,
      at INTEGER NOT NULL,
      stands INTEGER NOT NULL CHECK (stands IN (0, 1)),
      area TEXT NOT NULL,
      title TEXT NOT NULL,
      tag TEXT,
      horizon TEXT,
      likelihood TEXT,
      impact INTEGER CHECK (impact IN (0, 1, 2, 4, 8)),
      basis TEXT
    ) STRICT;
    CREATE TRIGGER risk_stays BEFORE UPDATE ON risk BEGIN SELECT RAISE(ABORT, 'a risk is never changed'); END;
    CREATE TRIGGER risk_is_kept BEFORE DELETE ON risk BEGIN SELECT RAISE(ABORT, 'a risk is never deleted'); END;
    """
  ]

  /// Brings a file to this version within the transaction that calls it.
  ///
  /// - Throws: ``HorizonError`` (data) for another program's file, or one of a later version.
  static func migrate(_ database: Database, path: String) throws {
    let done = try version(database, path: path)
    for migration in migrations.dropFirst(done) { try database.execute(sql: migration) }
    if done < version {
      try database.execute(sql: "PRAGMA application_id = \(applicationID); PRAGMA user_version = \(version)")
    }
  }

  /// The version of a file; 0 for one that is new.
  static func version(_ database: Database, path: String) throws -> Int {
    let identifier = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
    let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    guard identifier == applicationID else {
      if identifier == 0, try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") == 0 { return 0 }
      throw HorizonError(
        .data, "this is an SQLite file, but not the state of a workshop", at: .init(file: path),
        remedy: "Name the file that `horizon workshop serve --state` made, or a new one")
    }
    guard found <= version else {
      throw HorizonError(
        .data, "the state was written by a later version of Horizon (schema \(found), this one knows \(version))",
        at: .init(file: path), remedy: "Use that version; the file was left as it is")
    }
    return found
  }
}
