import Diagnostics
import Foundation
internal import GRDB
import Hashing

/// Where a run may be cut off, for tests that cut it off everywhere.
public enum RunPoint: String, CaseIterable, Hashable, Sendable {
  /// Before the transaction that takes the verdicts.
  case judged
  /// Within it, when all is written.
  case written
  /// After it.
  case committed
  /// Before a message is handed to a channel.
  case sending
  /// After that, before the outbox knows.
  case sent
  /// When the outbox knows.
  case recorded
}

/// What became of the messages that were due.
public struct DeliveryReport: Hashable, Sendable {
  /// Messages handed over.
  public var sent = 0
  /// Messages that wait, by channel.
  public var waiting: [String: Int] = [:]
  /// The last failure of each channel of the run that had one, or on which messages wait since an earlier one.
  public var failures: [String: String] = [:]

  /// Nothing was due.
  public init() {}
}

/// Sends what is in the outbox, at least once: a message goes to `sent` only after its channel took it.
public struct Outbox: Sendable {
  /// Failures in a row after which a channel is left alone for this run.
  static let patience = 3
  /// Attempts after which a message is given up: with the longest pause some three weeks.
  static let attempts = 90
  private let store: AlertStore

  /// The outbox of a state file.
  public init(_ store: AlertStore) { self.store = store }

  /// Seconds until the next attempt: doubling from a minute to six hours, a quarter more or less by the message, so that
  /// receivers that were down together are not called together.
  static func pause(after attempts: Int, key: String, channel: String) throws -> Int {
    let longest = 6 * 3600
    let base = attempts > 9 ? longest : min(longest, 60 << max(0, attempts - 1))
    let digest = try SHA256.hexadecimal(of: Array("\(key) \(channel) \(attempts)".utf8))
    let jitter = Double(Int(digest.prefix(6), radix: 16) ?? 0) / Double(0xFF_FFFF)
    return Int((Double(base) * (0.75 + 0.5 * jitter)).rounded())
  }

  /// Hands every message that is due to its channel. A channel that fails holds up no other.
  public func deliver(
    to channels: [any AlertChannel], at now: Moment, through point: (RunPoint) throws -> Void = { _ in }
  ) throws -> DeliveryReport {
    var report = DeliveryReport()
    for channel in channels {
      var failures = 0
      for delivery in try due(channel.name, now) where failures < Outbox.patience {
        try point(.sending)
        do {
          try channel.send(delivery)
          failures = 0
        } catch let failure {
          failures += 1
          report.failures[channel.name] = try record(failure, delivery, channel.name, now)
          continue
        }
        try point(.sent)
        try store.write { database in
          try database.execute(
            sql:
              "UPDATE outbox SET state = 'sent', error = NULL, attempts = attempts + 1 WHERE message = ? AND channel = ?",
            arguments: [delivery.key, channel.name])
        }
        report.sent += 1
        try point(.recorded)
      }
    }
    report.waiting = try waiting()
    let known = Set(channels.map(\.name))
    report.failures.merge(try overdue().filter { known.contains($0.key) }) { now, _ in now }
    return report
  }

  /// Why messages wait that a channel did not take before, by channel.
  private func overdue() throws -> [String: String] {
    try store.read { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT channel, max(error) FROM outbox WHERE state = 'waiting' AND attempts > 0 AND error IS NOT NULL GROUP BY channel
          """)
      return Dictionary(rows.map { ($0[0], $0[1]) }, uniquingKeysWith: { first, _ in first })
    }
  }

  /// Messages that wait, by channel.
  public func waiting() throws -> [String: Int] {
    try store.read { database in
      let rows = try Row.fetchAll(
        database, sql: "SELECT channel, count(*) FROM outbox WHERE state = 'waiting' GROUP BY channel")
      return Dictionary(rows.map { ($0[0], $0[1]) }, uniquingKeysWith: { first, _ in first })
    }
  }

  /// What is due, oldest first. What seems to be due more than a day ahead was put off by a clock that has gone back since.
  private func due(_ channel: String, _ now: Moment) throws -> [Delivery] {
    try store.read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT message.key, message.body FROM outbox JOIN message ON message.key = outbox.message
          WHERE outbox.channel = ? AND outbox.state = 'waiting' AND (outbox.due <= ? OR outbox.due > ?)
          ORDER BY message.at, message.key
          """, arguments: [channel, now.seconds, now.seconds + 86_400]
      ).map { Delivery(key: $0[0], body: Array(($0[1] as String).utf8)) }
    }
  }

  private func record(
    _ failure: DeliveryFailure, _ delivery: Delivery, _ channel: String, _ now: Moment
  ) throws -> String {
    let reason = failure.reason
    let isFinal = if case .refused = failure { true } else { false }
    try store.write { database in
      let done =
        try Int.fetchOne(
          database, sql: "SELECT attempts FROM outbox WHERE message = ? AND channel = ?",
          arguments: [delivery.key, channel]) ?? 0
      let isOver = isFinal || done + 1 >= Outbox.attempts
      let due = now.seconds + (try Outbox.pause(after: done + 1, key: delivery.key, channel: channel))
      try database.execute(
        sql: "UPDATE outbox SET state = ?, attempts = ?, due = ?, error = ? WHERE message = ? AND channel = ?",
        arguments: [isOver ? "refused" : "waiting", done + 1, due, String(reason.prefix(500)), delivery.key, channel])
    }
    return reason
  }
}
