import Foundation
internal import GRDB
import TimeSeries
import Wording

/// What is well with a state file and its runs, and what is not.
public struct Health: Hashable, Sendable, Codable {
  /// Something that was looked at.
  public struct Check: Hashable, Sendable, Codable {
    /// What.
    public let subject: String
    /// Whether it is as it should be.
    public let isWell: Bool
    /// What was found.
    public let finding: String
  }

  /// Everything that was looked at.
  public let checks: [Check]
  /// Whether all of it is as it should be.
  public var isWell: Bool { checks.allSatisfy(\.isWell) }
}

extension AlertStore {
  /// Keeps that a run failed, until one ends well.
  public func recordFailure(_ words: String, at now: Moment) throws {
    try write { database in
      for (name, value) in [("failed", words), ("failed at", "\(now.seconds)")] {
        try database.execute(
          sql: "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", arguments: [name, value])
      }
    }
  }

  /// A run ended well.
  static func forgetFailure(_ database: Database) throws {
    try database.execute(sql: "DELETE FROM setting WHERE name IN ('failed', 'failed at')")
  }

  /// Looks at runs, data, channels, rules, clock and disk.
  ///
  /// - Parameters:
  ///   - days: days without a run after which runs are taken to have stopped.
  ///   - delay: days after its end by which a period's figures are there.
  public func health(at now: Moment, days: Int = 35, delay: Int = 75) throws -> Health {
    let (lastRun, rows, frequency) = try read { database in
      (
        try Row.fetchOne(database, sql: "SELECT at, period FROM run ORDER BY id DESC LIMIT 1"),
        try Row.fetchAll(
          database,
          sql: """
            SELECT channel, sum(state = 'waiting'), sum(state = 'refused'), max(CASE WHEN state != 'sent' THEN error END)
            FROM outbox GROUP BY channel ORDER BY channel
            """), try String.fetchOne(database, sql: "SELECT value FROM setting WHERE name = 'frequency'")
      )
    }
    var checks: [Health.Check] = []
    func add(_ subject: String, _ isWell: Bool, _ finding: String) {
      checks.append(.init(subject: subject, isWell: isWell, finding: finding))
    }
    let failed = try read { database in
      try (
        String.fetchOne(database, sql: "SELECT value FROM setting WHERE name = 'failed'"),
        Int.fetchOne(database, sql: "SELECT value FROM setting WHERE name = 'failed at'")
      )
    }
    let failure = failed.0.map { words in
      "the run at \(Moment(seconds: failed.1 ?? 0).text) failed: \(words.hasSuffix(".") ? String(words.dropLast()) : words)"
    }
    guard let lastRun, let frequency = frequency.flatMap(Frequency.init(rawValue:)) else {
      add("runs", false, failure.map { "none ended well; \($0)" } ?? "there has been no run")
      return Health(checks: checks)
    }
    let at = Moment(seconds: lastRun[0])
    let age = (now.seconds - at.seconds) / 86_400
    add(
      "runs", age <= days && failure == nil,
      "the last\(failure == nil ? "" : " that ended well") was at \(at.text), \(NumberText.counted(age, "day")) ago"
        + (failure.map { "; \($0)" } ?? ""))
    add("clock", at <= now, at <= now ? "runs on" : "has gone back: the last run was at \(at.text)")
    let newest = Period(frequency: frequency, ordinal: lastRun[1])
    let lag = now.day.daysSinceEpoch - (newest + 1).firstDay.daysSinceEpoch
    let allowed = delay + (frequency.periodsPerYear == 0 ? 0 : 365 / frequency.periodsPerYear)
    add(
      "data", lag <= allowed,
      "the newest \(frequency.noun) is \(PeriodText.label(of: newest)), which ended \(NumberText.counted(max(0, lag), "day")) ago"
    )
    for row in rows {
      let (name, waiting, refused): (String, Int, Int) = (row[0], row[1], row[2])
      let error: String? = row[3]
      add(
        "channel \(name)", waiting + refused == 0,
        waiting + refused == 0
          ? "everything is delivered"
          : "\(NumberText.counted(waiting, "message")) waiting, \(refused) given up\(error.map { ": \($0)" } ?? "")")
    }
    let alerts = try alerts()
    let lost = alerts.count { $0.state.phase == .noData }
    add(
      "figures", lost == 0,
      lost == 0
        ? "the newest figure of every open alert was judged"
        : "\(NumberText.counted(lost, "open alert")) whose newest figure is missing or was not judged")
    let noisy = try read {
      try String.fetchAll(
        $0,
        sql: """
          SELECT alert FROM event WHERE happening = 'fired' AND at > ? GROUP BY alert HAVING count(*) > 3 ORDER BY alert
          """, arguments: [now.seconds - 365 * 86_400])
    }
    add(
      "noise", noisy.isEmpty,
      noisy.isEmpty
        ? "no alert fired more than three times in a year"
        : "fired more than three times in a year: \(ListText.abridged(noisy))")
    let free =
      try? FileManager.default.attributesOfFileSystem(
        forPath: (URL(fileURLWithPath: path).deletingLastPathComponent()).path)[.systemFreeSize] as? Int
    if let free {
      add("disk", free > 100 << 20, "\(NumberText.grouped(free >> 20)) MB free beside the state")
    }
    return Health(checks: checks)
  }

  /// When the latest run was, and the newest period that it saw; nil if there has been none.
  public func latestRun() throws -> (at: Moment, period: String)? {
    let (row, frequency) = try read { database in
      (
        try Row.fetchOne(database, sql: "SELECT at, period FROM run ORDER BY id DESC LIMIT 1"),
        try String.fetchOne(database, sql: "SELECT value FROM setting WHERE name = 'frequency'")
      )
    }
    guard let row, let frequency = frequency.flatMap(Frequency.init(rawValue:)) else { return nil }
    return (Moment(seconds: row[0]), PeriodText.label(of: Period(frequency: frequency, ordinal: row[1])))
  }

  /// The latest message about an alert; nil if there was none.
  ///
  /// - Parameter withFigures: the latest that has figures.
  public func latestMessage(_ id: String, withFigures: Bool = false) throws -> AlertMessage? {
    let bodies = try read {
      try String.fetchAll(
        $0,
        sql: """
          SELECT body FROM message WHERE key LIKE ? AND (NOT ? OR json_type(body, '$.facts') = 'object')
          ORDER BY at DESC, key DESC LIMIT 1
          """, arguments: [id + "-%", withFigures])
    }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return bodies.first.flatMap { try? decoder.decode(AlertMessage.self, from: Data($0.utf8)) }
  }
}
