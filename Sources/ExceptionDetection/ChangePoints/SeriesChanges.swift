import TimeSeries

/// The stretches of one series between which its level changed: when did it begin.
public struct SeriesChanges: Sendable {
  /// What the level of a series does, beside its ordinary wander.
  public enum Shape: String, Hashable, Sendable, CaseIterable {
    /// Nothing.
    case constant
    /// It rises or falls steadily.
    case trend
    /// It jumps.
    case steps
    /// It jumps, and rises or falls steadily between.
    case trendAndSteps = "trend and steps"

    init(_ shape: LevelShape) {
      self =
        switch (shape.hasTrend, shape.steps.isEmpty) {
        case (false, true): .constant
        case (true, true): .trend
        case (false, false): .steps
        case (true, false): .trendAndSteps
        }
    }
  }

  /// A stretch of one level.
  public struct Segment: Hashable, Sendable {
    /// First period.
    public let start: Period
    /// Last period.
    public let end: Period
    /// Periods with a figure.
    public let periods: Int
    /// Mean count of a period of mean length and season.
    public let level: Double
    /// What led to it; nil for the first.
    public let change: Change?
  }

  /// The change at the start of a segment.
  public struct Change: Hashable, Sendable {
    /// By how much the level changed there and then, beside any trend: new over old; infinite after a level of 0.
    public let ratio: Double
    /// 95 % interval of the ratio, over where the change may be, whether there is a trend and how much the level wanders.
    public let ratioInterval: ClosedRange<Double>
    /// First periods of the new level that are as plausible: 95 % of the probability with each position equally likely
    /// beforehand.
    public let onset: ClosedRange<Period>
    /// The known step or untypical stretch that begins within the onset, in words; nil for none.
    public let knownReason: String?
  }

  /// The series.
  public let key: SeriesKey
  /// The stretches, in time order; empty if the series was not looked at.
  public let segments: [Segment]
  /// What each change had to save in twice the log-likelihood; NaN if the series was not looked at.
  public let penalty: Double
  /// What the level does; nil if the series was not looked at.
  public let shape: Shape?
  /// Of a shape with a trend, by what share the level changes in a year; nil without one.
  public let trend: Double?
  /// How far the level wanders in a month, as a standard deviation of its logarithm; NaN if the series was not looked at.
  public let wander: Double
  /// Why the series was not looked at; nil if it was.
  public let reason: String?

  /// A series that was not looked at, and why.
  static func notLookedAt(_ key: SeriesKey, _ reason: String) -> SeriesChanges {
    SeriesChanges(
      key: key, segments: [], penalty: .nan, shape: nil, trend: nil, wander: .nan, reason: reason)
  }

  /// The latest change, if there was one.
  public var latest: Segment? { segments.last.flatMap { $0.change == nil ? nil : $0 } }
}
