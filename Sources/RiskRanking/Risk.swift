import CommunitySafety
import ExceptionDetection
import TimeSeries

/// One problem in one place, with what next year may bring. A row of the ranking.
public struct Risk: Sendable {
  /// Rank among the risks of the same level and family (types with types, groups with groups, each kind of measure by
  /// itself), from 1; nil if the risk is not ranked.
  public var rank: Int?
  /// Rank by expected change times harm per offence, among those that have a weight; nil without one.
  public var harmRank: Int?
  /// The place.
  public private(set) var area: Area
  /// How often it stays among the first when what its rank rests on varies; nil where that was not looked into.
  public var stability: RankStability?
  private let found: Found

  /// What is the same whatever its rank and the name of its place: a kilobyte that lists of risks share when they are sorted and copied.
  private final class Found: Sendable {
    let measure: Measure
    let evidence: RiskEvidence
    let score: RiskScore?
    let recommendation: Recommendation
    let exceptions: [PeriodTest]
    let priority: LocalPriorities.Priority?
    let scores: [SchemeScore]
    let isTooFew: Bool

    init(
      measure: Measure, evidence: RiskEvidence, exceptions: [PeriodTest], priority: LocalPriorities.Priority?,
      scores: [SchemeScore], profile: ScoringProfile
    ) {
      self.measure = measure
      self.evidence = evidence
      self.exceptions = exceptions
      self.priority = priority
      self.scores = scores
      isTooFew = evidence.isTooFew(profile)
      score = evidence.score(profile)
      recommendation = evidence.recommendation(isPriority: priority != nil, profile)
    }
  }

  /// A row: score and advice follow from the evidence and the profile.
  public init(
    area: Area, measure: Measure, evidence: RiskEvidence, exceptions: [PeriodTest] = [],
    priority: LocalPriorities.Priority? = nil, scores: [SchemeScore] = [], profile: ScoringProfile = ScoringProfile()
  ) {
    self.area = area
    found = Found(
      measure: measure, evidence: evidence, exceptions: exceptions, priority: priority, scores: scores,
      profile: profile)
  }

  /// The measure or group.
  public var measure: Measure { found.measure }
  /// What is known of it.
  public var evidence: RiskEvidence { found.evidence }
  /// The score the ranking sorts by (see ``RiskScore``); nil if the risk is not ranked.
  public var score: RiskScore? { found.score }
  /// What the partnership is advised to do about it.
  public var recommendation: Recommendation { found.recommendation }
  /// Exceptions among the latest periods judged, newest first, both directions.
  public var exceptions: [PeriodTest] { found.exceptions }
  /// Current local priority this measure gives evidence on, if any.
  public var priority: LocalPriorities.Priority? { found.priority }
  /// What it scores under each scheme of impact and likelihood, in their order: beside the rank, never part of it.
  public var scores: [SchemeScore] { found.scores }
  /// Whether its base is too small for chances, directions and advice (``RiskEvidence/isTooFew(_:)``).
  public var isTooFew: Bool { found.isTooFew }

  /// The same problem of the same place under another of its names, not ranked yet: a partnership of one district.
  public func placed(in area: Area) -> Risk {
    var risk = self
    risk.area = area
    (risk.rank, risk.harmRank, risk.stability) = (nil, nil, nil)
    return risk
  }

  /// The series it rests on, by the name that its place has here.
  public var key: SeriesKey { SeriesKey(area: area.name, measure: measure.label) }
  /// The name people see; says "(proxy)" where it is one.
  public var label: String { measure.label }
  /// Whether it is a group of measures.
  public var isGroup: Bool { measure.isGroup }
  /// Whether more of it is worse.
  public var polarity: Polarity { evidence.polarity }
  /// The comparison of the next year with the last; nil if the risk cannot be assessed.
  public var outlook: Outlook? { evidence.outlook }
  /// Last year's level and the years before, as recorded.
  public var past: PastComparison { evidence.past }
  /// How far the evidence carries.
  public var confidence: Confidence { evidence.confidence }
  /// Harm weight per offence; nil where the set has none.
  public var harmPerOffence: Double? { evidence.harmPerOffence }

  /// Expected change for the worse times harm per offence; nil without a weight or a score.
  public var expectedHarm: Double? {
    guard let score, let harmPerOffence else { return nil }
    return score.expectedChange * harmPerOffence
  }

  /// The probability that next year's level exceeds a level of a whole year: a target or a threshold; nil without an outlook, on too small
  /// a base, and of counts whose outlook leaves out periods of the year, for want of them last year.
  public func probability(ofYearAbove level: Double) -> Double? {
    guard let outlook, !isTooFew, evidence.kind != .count || outlook.matchedPeriods == outlook.periodsInYear else {
      return nil
    }
    return LevelDistribution(outlook).probability(above: level)
  }

  /// Whether a material change for the worse is likely, and is no mere return to what was usual.
  public func isLikelyToGetWorse(_ profile: ScoringProfile) -> Bool {
    (chances?.worse ?? 0) >= profile.likely && recommendation != .returnToUsual
  }

  /// Probabilities of a material change for the worse and for the better; nil without an outlook, on too small a base, or where
  /// neither direction is worse.
  public var chances: (worse: Double, better: Double)? {
    guard let outlook, !isTooFew, let worse = polarity.worse else { return nil }
    return (outlook.probability(of: worse), outlook.probability(of: worse.opposite))
  }
}
