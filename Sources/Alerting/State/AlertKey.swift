import Hashing
import TimeSeries

/// What an alert is about: a rule, an area and a measure, and never a date. Its episodes come and go; the alert stays.
public struct AlertKey: Hashable, Comparable, Sendable, Codable {
  /// Name of the rule.
  public let rule: String
  /// The series.
  public let series: SeriesKey

  /// The alert of a rule on a series.
  public init(rule: String, series: SeriesKey) {
    self.rule = rule
    self.series = series
  }

  /// Twelve hexadecimal digits that name the alert on a command line and in messages: the same in every state file.
  ///
  /// - Throws: `HashingUnavailable`.
  public func id() throws -> String { String(try digest([]).prefix(12)) }

  /// What names one transition of one episode at every receiver: made again after a crash it is the same, so that a receiver
  /// that honours it drops the repeat.
  ///
  /// - Throws: `HashingUnavailable`.
  public func messageKey(episode: Int, sequence: Int, _ happening: Happening) throws -> String {
    "\(try id())-\(episode)-\(sequence)-\(happening.rawValue.map { $0 == " " ? "-" : String($0) }.joined())"
  }

  private func digest(_ more: [String]) throws -> String {
    // Lengths first: no two lists of texts are one text.
    let parts = [rule, series.area, series.measure ?? "", series.measure == nil ? "0" : "1"] + more
    return try SHA256.hexadecimal(of: parts.flatMap { Array("\($0.utf8.count):\($0)".utf8) })
  }

  /// By rule, then series.
  public static func < (a: AlertKey, b: AlertKey) -> Bool {
    a.rule == b.rule ? a.series < b.series : a.rule.unicodeScalars.lexicographicallyPrecedes(b.rule.unicodeScalars)
  }
}
