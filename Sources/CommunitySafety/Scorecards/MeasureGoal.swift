import TimeSeries

/// A target as a partnership words it: a level of a measure to be reached over a stretch of time.
public struct MeasureGoal: Hashable, Sendable {
  /// What the figure of the goal is.
  public enum Figure: String, CaseIterable, Hashable, Sendable {
    /// A number of events, or a value in the measure's own unit.
    case count
    /// A number for every 1,000 residents.
    case rate
    /// A share of a known whole, from 0 to 1.
    case share
    /// A change against a baseline: -0.05 is 5 % fewer.
    case change
    /// A rank by rate per 1,000 residents among the place's peers, 1 the lowest rate.
    case rank
    /// A quarter of the peers by rate, from 1, which has the lowest rates, to 4.
    case quartile

    /// Whether it is a position among peers.
    public var isStanding: Bool { self == .rank || self == .quartile }
  }

  /// On which side of the figure the target is met.
  public enum Side: String, CaseIterable, Hashable, Sendable {
    /// Met at the figure or below it.
    case atMost = "at most"
    /// Met at the figure or above it.
    case atLeast = "at least"
    /// The wording does not say: both readings are shown, and neither is taken.
    case ask
  }

  /// What a change is measured from.
  public enum Baseline: Hashable, Sendable {
    /// The same stretch of the reporting year that begins in this calendar year.
    case year(Int)
    /// A number that was agreed.
    case number(Double)
  }

  /// Name, label or identifier of the measure.
  public let measure: String
  /// Name of the place; nil for everywhere together.
  public let area: String?
  /// What the figure is.
  public let figure: Figure
  /// Where it is met.
  public let side: Side
  /// The figure.
  public let value: Double
  /// What a change is measured from; nil for other figures.
  public let baseline: Baseline?
  /// First and last month of the stretch it is about, counted from year 0.
  public let months: ClosedRange<Int>
  /// The stretch as it was written: "2025/26", "2025/26-Q3".
  public let by: String
  /// The target in the words of the plan.
  public let wording: String
  /// Where it stands in its file.
  public let line: Int

  /// A goal.
  public init(
    measure: String, area: String?, figure: Figure, side: Side, value: Double, baseline: Baseline?,
    months: ClosedRange<Int>, by: String, wording: String, line: Int
  ) {
    self.measure = measure
    self.area = area
    self.figure = figure
    self.side = side
    self.value = value
    self.baseline = baseline
    self.months = months
    self.by = by
    self.wording = wording
    self.line = line
  }

  /// Its months, or the calendar quarters that they make up; nil for another frequency and for quarters cut through.
  public func periods(_ frequency: Frequency) -> ClosedRange<Period>? {
    switch frequency {
    case .monthly:
      return Period(
        frequency: .monthly, ordinal: months.lowerBound)...Period(
          frequency: .monthly, ordinal: months.upperBound)
    case .quarterly:
      guard months.lowerBound % 3 == 0, months.upperBound % 3 == 2 else { return nil }
      return Period(
        frequency: .quarterly, ordinal: months.lowerBound / 3)...Period(
          frequency: .quarterly, ordinal: months.upperBound / 3)
    default: return nil
    }
  }
}
