import TimeSeries

/// Consecutive unusual periods of one series in one direction: one event, told once.
public struct Episode: Sendable {
  /// Where an episode stands at the last period judged.
  public enum State: String, Hashable, Sendable, CaseIterable {
    /// Opened by the last period judged: the one that is worth a notification.
    case new
    /// Opened earlier and not over.
    case continuing
    /// Back to what was expected, or without a verdict, for long enough.
    case over
    /// It has lasted so long that its level is now what is expected.
    case newNormal = "new normal"

    /// Whether it is still going on.
    public var isOpen: Bool { self == .new || self == .continuing }
  }

  /// The series.
  public let key: SeriesKey
  /// Whether it is higher than expected; otherwise lower.
  public let isHigher: Bool
  /// The first period of the stretch that stood out when it was opened.
  public internal(set) var onset: Period
  /// The period whose verdict opened it: when a reader is told.
  public let opened: Period
  /// The last period that was unusual.
  public internal(set) var last: Period
  /// The period whose verdict ended it or made it the new normal; nil while it is open.
  public internal(set) var closed: Period?
  /// What it looks like, by its strongest verdict, or by its latest once it has lasted.
  public internal(set) var shape: PeriodTest.Kind
  /// Where it stands.
  public internal(set) var state: State
  /// Periods from onset to last with a verdict, which ``observed`` and ``expected`` are sums over.
  public internal(set) var judged: Int
  /// Counts of these periods.
  public internal(set) var observed: Double
  /// What was expected of the same periods: of each from before it, and of those beyond the guard gap from before the onset.
  public internal(set) var expected: Double
  /// Judged periods since `last` that were not flagged: when there are enough, it is over.
  public internal(set) var quiet = 0
  /// Periods of it that were flagged.
  public internal(set) var flags: Int
  /// The verdict that opened it.
  public let opening: PeriodTest
  /// The verdict on the last unusual period.
  public internal(set) var latest: PeriodTest
  /// Smallest false-discovery rate over the run at which the opening verdict is an exception (``FamilySelection``); NaN if
  /// there is none.
  public let openingQ: Double

  /// Size so far: how many more (below 0: fewer) than expected.
  public var excess: Double { observed - expected }
  /// Periods from onset to last.
  public var periods: Int { last - onset + 1 }
}
