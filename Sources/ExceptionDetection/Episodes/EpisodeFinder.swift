import TimeSeries

/// Joins the verdicts on the periods of a panel into episodes and stories.
public struct EpisodeFinder: Sendable {
  /// Judges the periods; its `last` is the number of periods reported on.
  public var detector: ExceptionDetector
  /// An episode opens only if its verdict is an exception at this false-discovery rate over the measures and areas of the
  /// period (``FamilySelection``); nil for no such filter.
  public var falseDiscoveryRate: Double?
  /// An episode opens only if at least this many more (or fewer) than expected were recorded, in the period or in the
  /// window that stands out.
  public var minimumExcess: Double
  /// The same as a share of what was expected: 0.1 is 10 %.
  public var minimumExcessShare: Double
  /// The area name under which each measure's total over all areas is judged too; nil if the areas do not add up to a whole.
  public var totalName: String?
  /// How flags are joined.
  var settings = EpisodeSettings()

  /// A finder.
  public init(
    _ detector: ExceptionDetector, falseDiscoveryRate: Double? = nil, minimumExcess: Double = 0,
    minimumExcessShare: Double = 0, totalName: String? = nil
  ) {
    self.detector = detector
    self.falseDiscoveryRate = falseDiscoveryRate
    self.minimumExcess = minimumExcess
    self.minimumExcessShare = minimumExcessShare
    self.totalName = totalName
  }

  /// Whether what stands out in a verdict is large enough to matter.
  public func isLargeEnough(_ test: PeriodTest) -> Bool {
    guard let excess = test.excess else { return false }
    let base = test.window?.expected ?? test.expected
    return abs(excess) >= minimumExcess && abs(excess) >= minimumExcessShare * base
  }

  /// Whether a verdict is an exception of this run: flagged, at the false-discovery rate, large enough.
  ///
  /// - Parameter rate: the smallest false-discovery rate at which it is one.
  public func isException(_ test: PeriodTest, rate: Double) -> Bool {
    (test.kind.isHigher || test.kind == .drop) && (falseDiscoveryRate.map { rate <= $0 } ?? true)
      && isLargeEnough(test)
  }
}

extension PeriodTest {
  /// How many more (below 0: fewer) than expected, in the period or in the window that stands out; nil without a verdict.
  public var excess: Double? {
    if let window { return window.observed - window.expected }
    guard kind != .notTested, let observed else { return nil }
    return observed - expected
  }
}

/// What a run found, told as episodes and stories.
public struct EpisodeReport: Sendable {
  /// The verdicts on the reported periods, as ``ExceptionDetector/run(_:)`` gives them.
  public let tests: [PeriodTest]
  /// For each of them the smallest false-discovery rate over measures and areas at which it is an exception; NaN without
  /// a verdict.
  public let rates: [Double]
  /// The same of the totals.
  public let totals: [PeriodTest]
  /// Of the totals.
  public let totalRates: [Double]
  /// Episodes open in, or closed by, a reported period: of the areas in panel order, then of the totals.
  public let episodes: [Episode]
  /// The same, each event once: wide stories first, then by series in panel order.
  public let stories: [Story]
  /// The series with episodes, areas' and totals', and the verdicts on them that know of episodes.
  public let traces: [SeriesKey: Trace]
  /// What would have been found in each series of the panel, in its order; empty if nobody asked.
  public let detectability: [Detectability]

  /// A series and its verdicts.
  public struct Trace: Sendable {
    /// The series.
    public let series: Series
    /// Oldest first, from well before the reported periods.
    public let tests: [PeriodTest]
  }

  static let empty = EpisodeReport(
    tests: [], rates: [], totals: [], totalRates: [], episodes: [], stories: [], traces: [:], detectability: [])
}
