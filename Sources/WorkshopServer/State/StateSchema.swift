import StateFiles

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
  /// "HZNw" marks the file.
  static let format = StateFormat(
    applicationID: 0x485A_4E77, name: "the workshop's state", kind: "the state of a workshop",
    remedy: "Name the file that `horizon workshop serve --state` made, or a new one",
    damageRemedy: "Name the file that `horizon workshop serve --state` made, or a new one", migrations: migrations)

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
}
