import TimeSeries

/// The stretches of one series between which its level changed: when did it begin.
public struct SeriesChanges: Sendable {
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
    /// Level over that of the segment before; infinite after a level of 0.
    public let ratio: Double
    /// 95 % interval of the ratio, given where the change is.
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
  /// Why the series was not looked at; nil if it was.
  public let reason: String?

  /// The latest change, if there was one.
  public var latest: Segment? { segments.last.flatMap { $0.change == nil ? nil : $0 } }
}
