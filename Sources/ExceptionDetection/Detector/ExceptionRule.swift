/// What counts as an exception: the one rule for tables, episodes, pages and alerts.
///
/// A verdict is an exception if it stands out in its own direction at the detector's level, would still be found at the
/// false-discovery rate over the measures and areas of its period (``PeriodTest/rate``; Benjamini & Bogomolov 2014), and is
/// large enough to matter.
public struct ExceptionRule: Hashable, Sendable, Codable {
  /// The false-discovery rate; nil for no such filter: a flag alone counts.
  public var falseDiscoveryRate: Double?
  /// At least this many more (or fewer) than expected, in the period or in the window that stands out.
  public var minimumExcess: Double
  /// The same as a share of what was expected: 0.1 is 10 %.
  public var minimumExcessShare: Double
  /// The p-value, in its own direction, that a verdict may have at most; nil for no more than the detector's level. Unlike the
  /// false-discovery rate it does not grow laxer with the number of events that are going on.
  public var largestChance: Double?

  /// A rule; without arguments a flag alone counts.
  public init(
    falseDiscoveryRate: Double? = nil, minimumExcess: Double = 0, minimumExcessShare: Double = 0,
    largestChance: Double? = nil
  ) {
    self.falseDiscoveryRate = falseDiscoveryRate
    self.minimumExcess = minimumExcess
    self.minimumExcessShare = minimumExcessShare
    self.largestChance = largestChance
  }

  /// Whether it asks for more than a flag.
  public var filters: Bool {
    falseDiscoveryRate != nil || largestChance != nil || minimumExcess > 0 || minimumExcessShare > 0
  }

  /// Whether what stands out in a verdict is large enough to matter.
  public func isLargeEnough(_ test: PeriodTest) -> Bool {
    guard let excess = test.excess else { return false }
    let base = test.window?.expected ?? test.expected
    return abs(excess) >= minimumExcess && abs(excess) >= minimumExcessShare * base
  }

  /// Whether a verdict is an exception, on either side.
  public func holds(_ test: PeriodTest) -> Bool {
    test.standsOut && (falseDiscoveryRate.map { test.rate <= $0 } ?? true)
      && (largestChance.map { (test.kind == .drop ? test.pLow : test.pValue) <= $0 } ?? true) && isLargeEnough(test)
  }
}
