import Foundation
import Tables
import Wording

/// What every run leaves behind, whether or not there is news: a file of its own and never a message. One that is old says
/// that runs have stopped.
public struct Heartbeat: Hashable, Sendable, Codable {
  /// When the run was.
  public let at: Moment
  /// The newest period of the data.
  public let period: String
  /// Series with a verdict on it.
  public let judged: Int
  /// Series without.
  public let unjudged: Int
  /// Alerts that fired in the run.
  public let fired: Int
  /// Alerts that are open.
  public let open: Int
  /// Messages that wait for a channel.
  public let waiting: Int
  /// All of it as a sentence.
  public let text: String

  /// The heartbeat of a run.
  public init(
    at: Moment, period: String, judged: Int, unjudged: Int, fired: Int, open: Int, waiting: Int
  ) {
    (self.at, self.period, self.judged, self.unjudged) = (at, period, judged, unjudged)
    (self.fired, self.open, self.waiting) = (fired, open, waiting)
    let without = unjudged == 0 ? "" : ", \(NumberText.grouped(unjudged)) without a verdict"
    let backlog = waiting == 0 ? "" : "; \(NumberText.counted(waiting, "message")) not yet delivered"
    // Where nothing was judged nothing is cleared.
    let news =
      fired > 0 ? NumberText.counted(fired, "new exception") : judged == 0 ? "Nothing could be judged" : "Nothing new"
    text =
      news
      + (fired == 0 && open == 0
        ? (judged == 0 ? "" : ", nothing exceptional") : "; \(NumberText.counted(open, "alert")) open")
      + ": \(NumberText.grouped(judged)) series judged\(without), newest \(period)\(backlog)."
  }

  /// The same when messages have been sent.
  public func waiting(for report: DeliveryReport) -> Heartbeat {
    Heartbeat(
      at: at, period: period, judged: judged, unjudged: unjudged, fired: fired, open: open,
      waiting: report.waiting.values.reduce(0, +))
  }

  /// Writes it, whole.
  ///
  /// - Throws: `HorizonError` (cannotWrite).
  public func write(to path: String) throws { try WholeFile.write(try CanonicalJSON.document(self), to: path) }
}
