import TimeSeries

/// The last year beside an earlier one, over the calendar periods that both have: a year that lacks one is compared over the
/// others.
public struct EarlierYear: Sendable, Hashable, Codable {
  /// The levels of the two years.
  public struct Levels: Sendable, Hashable, Codable {
    /// The last year's.
    public let last: Double
    /// The earlier one's.
    public let before: Double

    /// Levels.
    public init(last: Double, before: Double) {
      self.last = last
      self.before = before
    }

    /// How much higher the last year's is.
    public var change: Double { last - before }
  }

  /// How many years it lies back.
  public let yearsBack: Int
  /// Calendar periods that both years have.
  public let periods: Int
  /// What was recorded over them.
  public let recorded: Levels
  /// The same at today's level of recording, where that is another; nil where it is not.
  public let likeForLike: Levels?
  /// The steps of recording that lie between the two years, or within one of them, in time order.
  public let steps: [Intervention]
  /// Whether the size of one of them is not known: then the two are not comparable.
  public let isBroken: Bool

  /// A comparison.
  public init(
    yearsBack: Int, periods: Int, recorded: Levels, likeForLike: Levels? = nil, steps: [Intervention] = [],
    isBroken: Bool = false
  ) {
    self.yearsBack = yearsBack
    self.periods = periods
    self.recorded = recorded
    self.likeForLike = likeForLike
    self.steps = steps
    self.isBroken = isBroken
  }

  /// The levels that may be compared; nil where none may.
  public var comparable: Levels? { isBroken ? nil : likeForLike ?? recorded }

  /// The last year beside the one `yearsBack` before it.
  ///
  /// - Returns: nil if they have less than the profile's share of a year in common.
  public init?(_ history: ComparableHistory, recorded: Series, yearsBack: Int, profile: ScoringProfile) {
    let year = recorded.start.frequency.periodsPerYear
    let matched = (0..<year).map { recorded.end - $0 }.filter {
      recorded.isKnown($0) && recorded.isKnown($0 - yearsBack * year)
    }
    guard let first = matched.last, Double(matched.count) >= profile.minimumShareOfYear * Double(year),
      let raw = Levels(recorded, matched, yearsBack * year)
    else { return nil }
    // A step at the first of the periods compared has nothing before it.
    let isBetween = { (step: Period) in step > first - yearsBack * year && step <= recorded.end }
    let like = Levels(history.series, matched, yearsBack * year)
    let isBroken = history.unmeasured.contains(where: isBetween)
    self.init(
      yearsBack: yearsBack, periods: matched.count, recorded: raw, likeForLike: like == raw || isBroken ? nil : like,
      steps: history.steps.filter { isBetween($0.start) }, isBroken: isBroken)
  }
}

extension EarlierYear.Levels {
  /// The levels over some periods and over those so many before them; nil if any is missing.
  init?(_ series: Series, _ periods: [Period], _ distance: Int) {
    guard let last = series.level(over: periods), let before = series.level(over: periods.map { $0 - distance }) else {
      return nil
    }
    self.init(last: last, before: before)
  }
}

extension Series {
  /// Whether the whole of a period is known: one that is known in part is compared with none.
  func isKnown(_ period: Period) -> Bool { self[period] != nil && !isPartial(period) }

  /// The level over some periods: the total of a count, the pooled share of a proportion, the mean of a value; nil if one is
  /// missing.
  func level(over periods: [Period]) -> Double? {
    guard !periods.isEmpty else { return nil }
    var (top, bottom) = (0.0, 0.0)
    for period in periods {
      guard let value = self[period] else { return nil }
      let whole = denominators.map { $0[period - start] } ?? 1
      guard whole.isFinite else { return nil }
      top += value * whole
      bottom += whole
    }
    switch kind {
    case .count: return top
    case .proportion, .value: return bottom > 0 ? top / bottom : nil
    }
  }
}
