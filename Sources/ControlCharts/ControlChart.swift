import TimeSeries

/// The control chart of one series: XmR of counts and values, p' of proportions.
public struct ControlChart: Sendable {
  /// What kind of chart it is.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Individual points and their moving ranges.
    case xmr = "XmR"
    /// Proportions with binomial limits.
    case p
    /// Proportions with binomial limits widened by their scatter.
    case pPrime = "p'"
  }

  /// One period of the chart.
  public struct Point: Hashable, Sendable {
    /// The period.
    public let period: Period
    /// Its figure; NaN where there is none.
    public let value: Double
    /// Mean of its stretch; NaN where the stretch has too few points.
    public let mean: Double
    /// Process limits, held within what the measure can be; NaN likewise.
    public let lower: Double
    /// Upper process limit.
    public let upper: Double
    /// What the rules say.
    public let signal: SPCSignal
  }

  /// A stretch between two rebases.
  public struct Stretch: Hashable, Sendable {
    /// Offsets of its points.
    public let range: Range<Int>
    /// Why it begins, in words; nil for the first.
    public let reason: String?
    /// Points its limits rest on.
    public let points: Int
  }

  /// A rebase that the data suggest. Whether it is one is for a person to decide, who knows what happened.
  public struct Proposal: Hashable, Sendable {
    /// First period of what seems a new level.
    public let period: Period
    /// New level over old.
    public let ratio: Double
  }

  /// The series.
  public let key: SeriesKey
  /// Which chart.
  public let kind: Kind
  /// Periods from the first to the last.
  public let points: [Point]
  /// Stretches with limits of their own, in time order.
  public let stretches: [Stretch]
  /// Which way is better.
  public let direction: SPCDirection
  /// The target, if there is one.
  public let target: Double?
  /// Of what the figures are sums that overlap, so that no limits are drawn and no rule is asked; nil if they do not.
  public let overlap: OverlappingFigures?
  /// How often the latest point of a series like this one in which nothing is new would show special cause.
  public internal(set) var falseAlarms = FalseAlarmRates.unknown
  /// A change of level within the latest stretch that may be a rebase; nil if none was looked for or found.
  public internal(set) var proposal: Proposal?

  /// Points without which limits are not drawn, from which on they are no longer trial limits, and from which on a point and
  /// a target are judged (Making Data Count).
  public static let leastPoints = 7, enoughPoints = 12, judgedPoints = 13

  /// The latest point with a figure.
  public var latest: Point? { points.last { !$0.value.isNaN } }
  /// The stretch of the latest point.
  public var latestStretch: Stretch? {
    points.lastIndex { !$0.value.isNaN }.flatMap { at in stretches.first { $0.range.contains(at) } }
  }
  /// Whether the latest limits are trial limits: of fewer than ``enoughPoints`` points.
  public var isProvisional: Bool { (latestStretch?.points ?? 0) < ControlChart.enoughPoints }

  /// Whether the latest stretch has the points to be judged by.
  private var isJudged: Bool { (latestStretch?.points ?? 0) >= ControlChart.judgedPoints }

  /// The variation of the latest point.
  public var variation: SPCVariation {
    guard let latest, !latest.mean.isNaN, isJudged else { return .notJudged }
    return SPCVariation(latest.signal, direction)
  }

  /// Whether the process meets its target, by the limits since the last rebase; nil without a target, limits of
  /// ``judgedPoints`` points or a better way.
  public var assurance: SPCAssurance? {
    guard isJudged else { return nil }
    return latest.flatMap { SPCAssurance(target: target, lower: $0.lower, upper: $0.upper, direction) }
  }

  /// First period of the run of points of which the latest is part, that show special cause on its side: when it began, as the chart
  /// has it. Nil for common cause.
  public var began: Period? {
    guard let latest, !latest.signal.rules.isEmpty, let last = points.lastIndex(where: { !$0.value.isNaN }) else {
      return nil
    }
    var first = latest.period
    for point in points[..<last].reversed() where !point.value.isNaN {
      guard !point.signal.rules.isEmpty, point.signal.isHigh == latest.signal.isHigh, point.mean == latest.mean else {
        break
      }
      first = point.period
    }
    return first
  }
}
