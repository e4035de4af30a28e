internal import GRDB
import StateFiles

/// The tables of a store, and how a store of an earlier version becomes one of this.
///
/// A store keeps what was read of every file and before files were brought together: sums, never rows. It has no crime
/// IDs, no coordinates and nothing from the clock.
///
/// | table | one row for | |
/// |---|---|---|
/// | `ingest` | a run of `horizon ingest` that stored something | `vintage` is its label, a period; `last_day` of it in days since 1970-01-01 orders vintages, then `id` |
/// | `source` | a file that was named to it, or lay in a folder that was | with SHA-256, size and data rows |
/// | `file` | a CSV in a source | `force` and `month` where its name gives them; CRC-32 and size of its bytes |
/// | `content` | the counts of a CSV | told apart by the SHA-256 of the counts: files that count the same share them; of a table `value_kind`, `units` (measure, tab, unit a line) and how many values a record of a wide one has |
/// | `part` | a reporting force and month (201906) in the counts of a police.uk file | |
/// | `street_cell` | a part's place, crime type and outcome | `rows` is how many rows there were |
/// | `place` | an LSOA code and district name | both blank where a row has no location |
/// | `table_cell` | a row of a table, in the table's order | `state`: 0 value, 1 blank, 2 `NA`, 3 suppressed, 4 no cell |
/// | `series` | an area and measure, or a `unique_id`, of tables | |
/// | `name` | a text, so that cells are whole numbers | |
///
/// The views `street` and `tables` spell the cells of every vintage out, for reading in SQL. The version of the schema is
/// `PRAGMA user_version`, and `PRAGMA application_id` tells a store from other SQLite files.
enum Schema {
  /// "HZNs" marks the file.
  static let format = StateFormat(
    applicationID: 0x485A_4E73, name: "the store", kind: "one of Horizon's stores",
    remedy: "Name a store that `horizon ingest` has made, or a new file",
    laterRemedy: "Use that version, or ingest the sources again into a new store",
    damageRemedy: "Restore it from a copy, or ingest the sources again into a new store", migrations: migrations)

  /// The SQL that leads from each version to the next.
  private static let migrations = [
    """
    CREATE TABLE ingest (
      id INTEGER PRIMARY KEY,
      vintage TEXT NOT NULL,
      last_day INTEGER NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('police.uk', 'table')),
      frequency TEXT NOT NULL,
      skipped INTEGER NOT NULL,
      horizon_version TEXT NOT NULL
    ) STRICT;
    CREATE TABLE source (
      id INTEGER PRIMARY KEY,
      ingest INTEGER NOT NULL REFERENCES ingest,
      name TEXT NOT NULL,
      sha256 TEXT NOT NULL,
      bytes INTEGER NOT NULL,
      rows INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE content (
      id INTEGER PRIMARY KEY,
      sha256 TEXT NOT NULL UNIQUE,
      rows INTEGER NOT NULL,
      earliest_layout INTEGER NOT NULL,
      marks TEXT NOT NULL,
      value_kind TEXT NOT NULL,
      units TEXT NOT NULL,
      run_length INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE file (
      id INTEGER PRIMARY KEY,
      source INTEGER NOT NULL REFERENCES source,
      content INTEGER NOT NULL REFERENCES content,
      name TEXT NOT NULL,
      label TEXT NOT NULL,
      force TEXT,
      month INTEGER,
      crc32 INTEGER NOT NULL,
      bytes INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE name (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE place (
      id INTEGER PRIMARY KEY,
      lsoa INTEGER NOT NULL REFERENCES name,
      district INTEGER NOT NULL REFERENCES name,
      UNIQUE (lsoa, district)
    ) STRICT;
    CREATE TABLE part (
      id INTEGER PRIMARY KEY,
      content INTEGER NOT NULL REFERENCES content,
      reporter INTEGER NOT NULL REFERENCES name,
      month INTEGER NOT NULL,
      UNIQUE (content, reporter, month)
    ) STRICT;
    CREATE TABLE street_cell (
      part INTEGER NOT NULL REFERENCES part,
      place INTEGER NOT NULL REFERENCES place,
      type INTEGER NOT NULL REFERENCES name,
      outcome INTEGER NOT NULL REFERENCES name,
      rows INTEGER NOT NULL,
      PRIMARY KEY (part, place, type, outcome)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE series (
      id INTEGER PRIMARY KEY,
      area INTEGER NOT NULL REFERENCES name,
      measure INTEGER REFERENCES name
    ) STRICT;
    CREATE TABLE table_cell (
      content INTEGER NOT NULL REFERENCES content,
      position INTEGER NOT NULL,
      series INTEGER NOT NULL REFERENCES series,
      period INTEGER NOT NULL REFERENCES name,
      value REAL,
      state INTEGER NOT NULL,
      denominator REAL,
      population REAL,
      PRIMARY KEY (content, position)
    ) STRICT, WITHOUT ROWID;
    CREATE VIEW street AS
      SELECT ingest.vintage, ingest.id AS ingest, file.name AS file, reporter.text AS reporter, part.month,
        lsoa.text AS lsoa, district.text AS district, type.text AS type, outcome.text AS outcome, street_cell.rows
      FROM ingest JOIN source ON source.ingest = ingest.id JOIN file ON file.source = source.id
        JOIN part ON part.content = file.content JOIN street_cell ON street_cell.part = part.id
        JOIN place ON place.id = street_cell.place JOIN name AS reporter ON reporter.id = part.reporter
        JOIN name AS lsoa ON lsoa.id = place.lsoa JOIN name AS district ON district.id = place.district
        JOIN name AS type ON type.id = street_cell.type JOIN name AS outcome ON outcome.id = street_cell.outcome;
    CREATE VIEW tables AS
      SELECT ingest.vintage, ingest.id AS ingest, file.name AS file, area.text AS area, measure.text AS measure,
        period.text AS period, table_cell.value, table_cell.state, table_cell.denominator,
        table_cell.population
      FROM ingest JOIN source ON source.ingest = ingest.id JOIN file ON file.source = source.id
        JOIN table_cell ON table_cell.content = file.content JOIN series ON series.id = table_cell.series
        JOIN name AS area ON area.id = series.area LEFT JOIN name AS measure ON measure.id = series.measure
        JOIN name AS period ON period.id = table_cell.period;
    """
  ]

  /// What an SQLite file is.
  enum State: Equatable {
    /// Nothing was ever stored: a new file, or one whose first ingest was cut off.
    case blank
    /// A store of this or an earlier version.
    case store(version: Int)
  }

  /// Tells what a file is.
  ///
  /// - Throws: `HorizonError` of kind data for an SQLite file that is no store, or a store of a later version.
  static func state(_ database: Database, path: String) throws -> State {
    let version = try format.version(database, path: path)
    return version == 0 ? .blank : .store(version: version)
  }
}
