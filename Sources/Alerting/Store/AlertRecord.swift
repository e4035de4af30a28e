import Diagnostics
import Foundation
internal import GRDB
import TimeSeries

/// An alert as it is kept.
public struct AlertRecord: Hashable, Sendable {
  /// Names it on the command line.
  public let id: String
  /// What it is about.
  public let key: AlertKey
  /// Where it stands.
  public var state: AlertState
  /// Its latest finding in one line.
  public var headline: String
  /// When it last changed.
  public var changed: Moment
  /// How its episode is told; nil for one of an earlier version of which nothing with figures was told.
  public var terms: AlertTerms?

  /// The finding without what happened to it last, which stands in brackets at its end; nil where nothing was told yet.
  public var finding: String? {
    guard !headline.isEmpty else { return nil }
    guard headline.hasSuffix(")"), let bracket = headline.range(of: " (", options: .backwards) else { return headline }
    return String(headline[..<bracket.lowerBound])
  }
}

/// How the messages of an episode tell it: kept, so that what a person does later says the same and reaches the same people.
public struct AlertTerms: Hashable, Sendable, Codable {
  /// The measure as people see it.
  public var label: String
  /// The place as people see it.
  public var place: String
  /// How much it matters.
  public var severity = AlertConfiguration.Severity.medium
  /// Who answers for the rule; nil if nobody is named.
  public var owner: String?
  /// Names of the rule's channels; nil for those of the last run.
  public var channels: [String]?

  /// Names alone.
  public init(label: String, place: String) {
    self.label = label
    self.place = place
  }

  /// Names of a series of which no others are known.
  init(_ series: SeriesKey) { self.init(label: series.measure ?? "Counts", place: series.area) }
}

/// A step of an alert's history.
public struct AlertEvent: Hashable, Sendable, Codable {
  /// The alert.
  public let alert: String
  /// Number of its episode.
  public let episode: Int
  /// Number of the step within the episode.
  public let sequence: Int
  /// What happened.
  public let happening: Happening
  /// When.
  public let at: Moment
  /// Who did it; nil for a run.
  public let author: String?
  /// Why; nil for a run.
  public let reason: String?
}

extension AlertRecord {
  private static let columns = "id, rule, area, measure, state, headline, changed, terms"

  private init(_ row: Row) throws {
    let text: String = row["state"]
    let known: String? = row["terms"]
    let state: AlertState
    let terms: AlertTerms?
    do {
      state = try JSONDecoder().decode(AlertState.self, from: Data(text.utf8))
      terms = try known.map { try JSONDecoder().decode(AlertTerms.self, from: Data($0.utf8)) }
    } catch {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the state of an alert cannot be read")
    }
    self.init(
      id: row["id"],
      key: AlertKey(rule: row["rule"], series: SeriesKey(area: row["area"], measure: row["measure"])), state: state,
      headline: row["headline"], changed: Moment(seconds: row["changed"]), terms: terms)
  }

  static func all(_ database: Database) throws -> [AlertRecord] {
    try Row.fetchAll(database, sql: "SELECT \(columns) FROM alert").map(AlertRecord.init).sorted { $0.key < $1.key }
  }

  static func one(_ database: Database, id: String) throws -> AlertRecord? {
    try Row.fetchOne(database, sql: "SELECT \(columns) FROM alert WHERE id = ?", arguments: [id]).map(AlertRecord.init)
  }

  func save(_ database: Database) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let text = String(decoding: try encoder.encode(state), as: UTF8.self)
    let known = try terms.map { String(decoding: try encoder.encode($0), as: UTF8.self) }
    try database.execute(
      sql: """
        INSERT INTO alert (id, rule, area, measure, phase, changed, state, headline, terms)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET phase = excluded.phase, changed = excluded.changed, state = excluded.state,
          headline = excluded.headline, terms = excluded.terms
        """,
      arguments: [
        id, key.rule, key.series.area, key.series.measure, state.phase.rawValue, changed.seconds, text, headline,
        known,
      ])
  }
}

extension AlertEvent {
  func save(_ database: Database, period: Period?) throws {
    try database.execute(
      sql: """
        INSERT INTO event (alert, episode, sequence, happening, at, period, author, reason)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [alert, episode, sequence, happening.rawValue, at.seconds, period?.ordinal, author, reason])
  }

  static func all(_ database: Database, alert: String) throws -> [AlertEvent] {
    try Row.fetchAll(
      database, sql: "SELECT * FROM event WHERE alert = ? ORDER BY episode, sequence", arguments: [alert]
    ).map { row in
      guard let happening = Happening(rawValue: row["happening"]) else {
        throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "an event cannot be read")
      }
      return AlertEvent(
        alert: row["alert"], episode: row["episode"], sequence: row["sequence"], happening: happening,
        at: Moment(seconds: row["at"]), author: row["author"], reason: row["reason"])
    }
  }
}

extension AlertStore {
  /// Every alert, by rule and series.
  public func alerts() throws -> [AlertRecord] { try read(AlertRecord.all) }

  /// The history of an alert, oldest first.
  public func history(_ id: String) throws -> [AlertEvent] { try read { try AlertEvent.all($0, alert: id) } }

  /// The alert of this identifier, or of one that begins so.
  ///
  /// - Throws: ``HorizonError`` (usage) for none, or several.
  public func alert(_ id: String) throws -> AlertRecord {
    let found = try alerts().filter { !id.isEmpty && $0.id.hasPrefix(id) }
    guard found.count == 1 else {
      throw HorizonError(
        .usage, found.isEmpty ? "there is no alert \(id)" : "\(found.count) alerts begin with \(id)",
        remedy: "See `horizon alert list`")
    }
    return found[0]
  }
}
