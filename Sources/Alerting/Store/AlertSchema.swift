import StateFiles

/// The tables of a state file, and how one of an earlier version becomes one of this.
///
/// | table | one row for | |
/// |---|---|---|
/// | `setting` | what belongs to the file as a whole | `configuration`: name of the one it serves; `frequency`; `pack`; `failed`: why the latest run failed, none if it did not |
/// | `run` | a run that looked at data | |
/// | `alert` | a rule, area and measure | `state` is JSON of ``AlertState``, `terms` of ``AlertTerms``; `phase` repeats the state's for queries |
/// | `event` | a step of an episode | history: rows are added, never changed |
/// | `rebase` | a level that a named person declared normal | |
/// | `message` | what people are told | `body` is JSON of ``AlertMessage`` |
/// | `outbox` | a message and a channel | `state`: waiting, sent or refused |
enum AlertSchema {
  /// "HZNa" marks the file.
  static let format = StateFormat(
    applicationID: 0x485A_4E61, name: "the alert state", kind: "a state file of `horizon alert`",
    remedy: "Name the file that `horizon alert run --state` made, or a new one",
    damageRemedy: "Restore it from a copy; a new file tells everything that is open once more", migrations: migrations)

  private static let migrations = [
    """
    CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE run (
      id INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      period INTEGER NOT NULL,
      judged INTEGER NOT NULL,
      unjudged INTEGER NOT NULL,
      fired INTEGER NOT NULL,
      horizon_version TEXT NOT NULL
    ) STRICT;
    CREATE TABLE alert (
      id TEXT PRIMARY KEY,
      rule TEXT NOT NULL,
      area TEXT NOT NULL,
      measure TEXT,
      phase TEXT NOT NULL,
      changed INTEGER NOT NULL,
      state TEXT NOT NULL,
      headline TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE event (
      id INTEGER PRIMARY KEY,
      alert TEXT NOT NULL REFERENCES alert,
      episode INTEGER NOT NULL,
      sequence INTEGER NOT NULL,
      happening TEXT NOT NULL,
      at INTEGER NOT NULL,
      period INTEGER,
      author TEXT,
      reason TEXT,
      UNIQUE (alert, episode, sequence)
    ) STRICT;
    CREATE TABLE rebase (
      id INTEGER PRIMARY KEY,
      alert TEXT NOT NULL REFERENCES alert,
      area TEXT NOT NULL,
      measure TEXT,
      start INTEGER NOT NULL,
      author TEXT NOT NULL,
      reason TEXT NOT NULL
    ) STRICT;
    CREATE TABLE message (
      key TEXT PRIMARY KEY,
      at INTEGER NOT NULL,
      body TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE outbox (
      message TEXT NOT NULL REFERENCES message,
      channel TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'refused')),
      attempts INTEGER NOT NULL,
      due INTEGER NOT NULL,
      error TEXT,
      PRIMARY KEY (message, channel)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX outbox_waiting ON outbox (channel, due) WHERE state = 'waiting';
    """,
    // Messages say how much they matter.
    """
    UPDATE message SET body = json_set(body, '$.severity', 'medium');
    """,
    // Messages name what they are about, with figures or without, and alerts keep how they are told.
    """
    UPDATE message SET body = json_set(
      body, '$.label', json_extract(body, '$.facts.label'), '$.place', json_extract(body, '$.facts.place'))
      WHERE json_type(body, '$.facts') = 'object';
    ALTER TABLE alert ADD COLUMN terms TEXT;
    UPDATE alert SET terms = (
      SELECT json_object(
        'label', json_extract(body, '$.label'), 'place', json_extract(body, '$.place'),
        'severity', json_extract(body, '$.severity'), 'owner', json_extract(body, '$.owner'))
      FROM message WHERE key > alert.id || '-' AND key < alert.id || '.' AND json_type(body, '$.facts') = 'object'
      ORDER BY at DESC, key DESC LIMIT 1);
    """,
  ]
}
