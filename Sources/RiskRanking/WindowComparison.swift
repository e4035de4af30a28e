import NumericCore
import TimeSeries

/// A window of a series set beside the same calendar periods of an earlier year, over the periods that both have: as
/// recorded, and like for like where the recording changed between the two.
///
/// A missing or partly known period drops out of both, and ``periods`` says which are left: missing is not zero, and no column
/// dies of one absent month. Levels are totals of counts, pooled shares and means of values, as in ``PastComparison``.
public struct WindowComparison: Sendable, Hashable {
  /// One of the two windows.
  public struct Side: Sendable, Hashable {
    /// The level as recorded.
    public let recorded: Double
    /// Of a share what it was made of.
    public let ratio: PastComparison.Ratio?
    /// The level brought to today's way of recording; nil where that did not change between the windows, or by how much
    /// is not known.
    public let comparable: Double?
  }

  /// The window that was asked for.
  public let window: ClosedRange<Period>
  /// Its periods that both sides have, rising; never empty.
  public let periods: [Period]
  /// How many years lie between the sides.
  public let yearsBack: Int
  /// What kind of number the levels are.
  public let kind: MeasureKind
  /// The later side.
  public let later: Side
  /// The earlier side.
  public let earlier: Side
  /// Steps of recording within the stretch that the two sides span, in time order.
  public let steps: [Intervention]
  /// Untypical stretches that reach into either side, in time order.
  public let untypical: [Intervention]
  /// Chance of so large a difference if nothing but the recording had changed (``TwoCounts``): of the recorded counts, the later level
  /// of recording taken for as many more as it is estimated to bring in. NaN of what is no count, and where a step's size is not known.
  public let probability: Double

  /// Periods of the window that one of the sides lacks.
  public var missing: [Period] {
    let known = Set(periods)
    return (0...(window.upperBound - window.lowerBound)).map { window.lowerBound + $0 }.filter { !known.contains($0) }
  }

  /// Whether the recorded levels may be compared as they are.
  public var isLikeForLike: Bool { steps.isEmpty }

  /// A comparison of a series; nil if no period of the window is known on both sides, or a share has no whole in one of them.
  ///
  /// - Parameters:
  ///   - adjusted: the same series at today's level of recording, with gaps where a model learnt nothing.
  ///   - interventions: those that concern it.
  public init?(
    _ series: Series, _ window: ClosedRange<Period>, yearsBack: Int, adjusted: Series? = nil,
    interventions: [Intervention] = []
  ) {
    let back = yearsBack * series.start.frequency.periodsPerYear
    let periods = (0...(window.upperBound - window.lowerBound)).map { window.lowerBound + $0 }
      .filter { series.isKnown($0) && series.isKnown($0 - back) }
    guard let first = periods.first, let last = periods.last else { return nil }
    let before = periods.map { $0 - back }
    // A step that begins the stretch is on both sides of it.
    let steps = interventions.filter { $0.effect == .step && $0.start > first - back && $0.start <= last }
      .sorted { $0.start < $1.start }
    untypical = interventions.filter { item in
      (periods + before).contains { item.masks($0) }
    }.sorted { $0.start < $1.start }
    guard let later = WindowComparison.level(series, periods), let earlier = WindowComparison.level(series, before)
    else {
      return nil
    }
    let factors = steps.isEmpty ? nil : WindowComparison.factors(series, adjusted, periods, before)
    self.later = Side(recorded: later.level, ratio: later.ratio, comparable: factors.map { later.level * $0.later })
    self.earlier = Side(
      recorded: earlier.level, ratio: earlier.ratio, comparable: factors.map { earlier.level * $0.earlier })
    if series.kind != .count || (!steps.isEmpty && factors == nil) {
      probability = .nan
    } else {
      // What was recorded at a lower level is of a smaller exposure.
      let (g, f) = (factors?.later ?? 1, factors?.earlier ?? 1)
      probability = TwoCounts.probability(
        periods.map { series[$0] ?? .nan }, before.map { series[$0] ?? .nan }, share: f / (f + g))
    }
    (self.window, self.periods, self.yearsBack, kind, self.steps) = (window, periods, yearsBack, series.kind, steps)
  }

  private static func level(_ series: Series, _ periods: [Period]) -> (level: Double, ratio: PastComparison.Ratio?)? {
    guard let level = series.level(over: periods) else { return nil }
    guard series.kind == .proportion else { return (level, nil) }
    let offsets = periods.map { $0 - series.start }
    let top = offsets.reduce(0) { $0 + (series.numerators?[$1] ?? .nan) }
    let bottom = offsets.reduce(0) { $0 + (series.denominators?[$1] ?? .nan) }
    return (level, .init(numerator: top, denominator: bottom))
  }

  /// How far the levels of the two sides are from today's way of recording, from the periods that a model has at both; nil where it
  /// has none of a side, nothing but noughts, or was not brought to another level.
  private static func factors(
    _ series: Series, _ adjusted: Series?, _ periods: [Period], _ before: [Period]
  ) -> (later: Double, earlier: Double)? {
    guard let adjusted, series.kind != .proportion else { return nil }
    func factor(_ periods: [Period]) -> Double? {
      let both = periods.compactMap { period in adjusted[period].map { (new: $0, old: series[period] ?? .nan) } }
      let (new, old) = (both.reduce(0) { $0 + $1.new }, both.reduce(0) { $0 + $1.old })
      let ratio = new / old
      return ratio.isFinite && ratio > 0 ? ratio : nil
    }
    guard let later = factor(periods), let earlier = factor(before), later != 1 || earlier != 1 else { return nil }
    return (later, earlier)
  }
}

extension WindowComparison {
  /// Whether the difference is more than chance explains, at the usual one in a hundred: many are looked at.
  public static let significance = 0.01

  /// Whether the counts differ by more than chance explains; nil where that cannot be tested.
  public var isReal: Bool? { probability.isFinite ? probability < WindowComparison.significance : nil }
}
