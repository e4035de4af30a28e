import CommunitySafety
import RiskRanking
import TimeSeries

/// What the outlooks that would have been given at past origins came to: each beside what was then recorded.
///
/// It is what a confidence can be measured by: how often the ranges of a measure held, how often what was called likely happened, and
/// whether what the ranking put first rose.
public struct OutlookRecord: Sendable {
  /// One outlook and what happened.
  public struct Case: Sendable {
    /// The last period that was known.
    public let origin: Period
    /// The series.
    public let key: SeriesKey
    /// Its measure.
    public let measure: Measure
    /// What was said.
    public let outlook: Outlook
    /// What was recorded before it was said.
    public let past: PastComparison
    /// Mean of the history, a period.
    public let mean: Double
    /// Harm weight an offence; nil where there is none.
    public let harm: Double?
    /// The level of the year after over the periods compared.
    public let actual: Double

    /// Whether the level lay in the central 80 % interval.
    public var isWithin80: Bool { actual >= outlook.lower80 && actual <= outlook.upper80 }
    /// Whether it lay in the central 95 % interval.
    public var isWithin95: Bool { actual >= outlook.lower95 && actual <= outlook.upper95 }
    /// What was said would change for the worse, by the sign that the ranking sorts by.
    public var score: RiskScore { RiskScore(outlook, polarity: measure.polarity) }
    /// What changed for the worse, in the measure's unit.
    public var change: Double { (score.event.direction == .rise ? 1 : -1) * (actual - outlook.lastYear) }
  }

  /// Origins, oldest first.
  public let origins: [Period]
  /// Every outlook that could be checked, by origin and then by series in order.
  public let cases: [Case]

  /// A record.
  public init(origins: [Period], cases: [Case]) {
    self.origins = origins
    self.cases = cases
  }
}

extension OutlookRecord {
  /// Least outlooks on a measure that say something of it.
  private static let leastOfMeasure = 10
  /// Least places of a measure that miss together: of fewer, half are there by chance.
  private static let leastMissed = 3

  /// How outlooks on a measure turned out, of counts those from a base; on all measures where those on it are too few to tell.
  ///
  /// - Returns: nil where no outlook could be checked.
  public func accuracy(of measure: MeasureID, from base: Double) -> PastAccuracy? {
    let all = cases.filter { $0.measure.kind != .count || $0.outlook.lastYear >= base }
    let own = all.filter { $0.measure.id == measure }
    guard own.count >= OutlookRecord.leastOfMeasure else {
      return all.isEmpty ? nil : OutlookRecord.accuracy(.all, all)
    }
    return OutlookRecord.accuracy(.measure, own, missedTogether: missedTogether(own))
  }

  /// How some outlooks turned out.
  public static func accuracy(
    _ scope: PastAccuracy.Scope, _ cases: [Case], missedTogether: PastAccuracy.MissedTogether? = nil
  ) -> PastAccuracy {
    PastAccuracy(
      scope: scope, outlooks: cases.count, within80: cases.count(where: \.isWithin80),
      within95: cases.count(where: \.isWithin95), missedTogether: missedTogether)
  }

  /// The latest year in which more than half of the places, and three at least, fell outside their 80 % ranges on one side.
  private func missedTogether(_ cases: [Case]) -> PastAccuracy.MissedTogether? {
    for origin in origins.reversed() {
      let year = cases.filter { $0.origin == origin }
      guard let horizon = year.first?.outlook.periodsInYear else { continue }
      for isAbove in [true, false] {
        let missed = year.count { isAbove ? $0.actual > $0.outlook.upper80 : $0.actual < $0.outlook.lower80 }
        if missed >= OutlookRecord.leastMissed, missed * 2 > year.count {
          return PastAccuracy.MissedTogether(end: origin + horizon, missed: missed, of: year.count, isAbove: isAbove)
        }
      }
    }
    return nil
  }

  /// What was said with a probability of one band of the yardstick, and how often it happened.
  public struct Said: Sendable, Hashable {
    /// The band.
    public let term: ProbabilityYardstick
    /// How often it was said.
    public let count: Int
    /// Mean of the probabilities said.
    public let said: Double
    /// The share that happened.
    public let happened: Double
  }

  /// Outlooks on counts of at least a base in the year compared with.
  public func counts(from base: Double) -> [Case] {
    cases.filter { $0.outlook.lastYear >= base && $0.measure.kind == .count }
  }

  /// The bands of the yardstick with how often what was said of them happened: material changes for the worse, of which each outlook
  /// says one.
  public static func reliability(_ cases: [Case]) -> [Said] {
    let groups = Dictionary(grouping: cases) { ProbabilityYardstick(probability: $0.score.probability) }
    return ProbabilityYardstick.allCases.compactMap { term in
      guard let said = groups[term] else { return nil }
      return Said(
        term: term, count: said.count, said: said.reduce(0) { $0 + $1.score.probability } / Double(said.count),
        happened: Double(said.count { $0.score.event.happens(at: $0.actual) }) / Double(said.count))
    }
  }

  /// Mean squared error of the probabilities (Brier 1950, Monthly Weather Review 78, 1-3), and the part of it that saying their share
  /// every time would not have had: 0 is no better than that, 1 is perfect.
  ///
  /// - Returns: nil of nothing; a skill of NaN where all happened or none.
  public static func brier(_ cases: [Case]) -> (score: Double, skill: Double)? {
    guard !cases.isEmpty else { return nil }
    var (score, happened) = (0.0, 0.0)
    for one in cases {
      let outcome = one.score.event.happens(at: one.actual) ? 1.0 : 0
      score += (one.score.probability - outcome) * (one.score.probability - outcome)
      happened += outcome
    }
    let share = happened / Double(cases.count)
    score /= Double(cases.count)
    return (score, share > 0 && share < 1 ? 1 - score / (share * (1 - share)) : .nan)
  }
}
