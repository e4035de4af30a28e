import NumericCore
import TimeSeries

/// Judges the latest periods of every series of a panel.
public struct ExceptionDetector: Sendable {
  /// One-sided significance level of a single test.
  public var alpha: Double
  /// Number of latest periods to judge, counted back from the panel's last period.
  public var last: Int
  /// Worker threads; results do not depend on it.
  public var threads: Int
  /// The interventions that concern a series.
  public var interventions: Interventions
  /// How much of a count had been reported when it was read; nil where that is all of it.
  public var completeness = ReportingCompleteness()
  /// This many of the newest periods are marked as figures that may still rise, where ``completeness`` knows nothing of them.
  public var caution = 0
  /// Series, for each thread, that are judged before the next are, as few whole measures as hold so many: what is worked
  /// out of a batch is done with then. Results do not depend on it.
  var batchSize = 64
  /// What the baseline regression assumes.
  var settings = BaselineSettings()

  /// A detector.
  public init(
    alpha: Double = 0.01, last: Int = 3, threads: Int = 1,
    interventions: Interventions = Interventions()
  ) {
    self.alpha = alpha
    self.last = last
    self.threads = threads
    self.interventions = interventions
  }
}
