import Diagnostics
internal import GRDB
import TimeSeries

/// Somebody's word on an alert.
public struct Signed: Hashable, Sendable {
  /// Who.
  public let author: String
  /// Why.
  public let reason: String

  /// A signed word.
  ///
  /// - Throws: ``HorizonError`` (usage) for a blank name or reason.
  public init(author: String, reason: String) throws {
    for (name, text) in [("--author", author), ("--reason", reason)] {
      guard text.contains(where: { !$0.isWhitespace }) else {
        throw HorizonError(.usage, "\(name) is blank", remedy: "Say who decides, and why: it is kept as history")
      }
    }
    self.author = author
    self.reason = reason
  }
}

extension AlertStore {
  /// Takes a person's action on an alert into its history; `resolve` and `rebase` are told as the episode was, on the channels
  /// of its rule.
  ///
  /// - Parameter id: the alert's identifier, or its beginning.
  /// - Returns: the alert as it then is.
  /// - Throws: ``HorizonError``: usage for an unknown or resolved alert, cannotWrite, tryLater.
  @discardableResult
  public func take(
    _ action: AlertAction, on id: String, by signed: Signed, at now: Moment
  ) throws -> AlertRecord {
    let full = try alert(id).id
    return try write { database in
      guard var record = try AlertRecord.one(database, id: full) else {
        throw HorizonError(.usage, "there is no alert \(id)", remedy: "See `horizon alert list`")
      }
      let (state, transitions) = try record.state.taking(action, at: now)
      record.state = state
      record.changed = now
      try record.save(database)
      if action == .rebase, let mark = state.mark {
        try database.execute(
          sql: "INSERT INTO rebase (alert, area, measure, start, author, reason) VALUES (?, ?, ?, ?, ?, ?)",
          arguments: [
            record.id, record.key.series.area, record.key.series.measure, mark.onset.ordinal, signed.author,
            signed.reason,
          ])
      }
      let setting = { (name: String) in
        try String.fetchOne(database, sql: "SELECT value FROM setting WHERE name = ?", arguments: [name]) ?? ""
      }
      let terms = record.terms ?? AlertTerms(record.key.series)
      let channels = try terms.channels ?? setting("channels").split(separator: "\n").map(String.init)
      var frame = AlertMessage.Frame(now: now, period: state.mark.map { PeriodText.label(of: $0.last) } ?? "")
      (frame.severity, frame.owner) = (terms.severity, terms.owner)
      let pack = try setting("pack")
      if !pack.isEmpty { frame.pack = pack }
      frame.state = fileName
      for transition in transitions {
        try AlertEvent(
          alert: record.id, episode: transition.episode, sequence: transition.sequence,
          happening: transition.happening, at: now, author: signed.author, reason: signed.reason
        ).save(database, period: nil)
        guard transition.happening.isTold else { continue }
        let message = try AlertMessage(
          record.key, transition, facts: nil, frame, author: signed.author, reason: signed.reason,
          previous: record.finding.map { "What had been told: \($0)." }, names: (terms.label, terms.place))
        try AlertRun.post(database, message, to: channels)
      }
      return record
    }
  }
}
