import CommunitySafety
import TimeSeries

/// What is known of one problem in one place, made once from the series, its forecast and its tests. Scores, ranks and
/// advice are functions of it: a workshop ranks again without forecasting again.
public struct RiskEvidence: Sendable, Hashable, Codable {
  /// The measure's identity.
  public let measure: MeasureID
  /// What kind of number it is.
  public let kind: MeasureKind
  /// Whether more of it is worse.
  public let polarity: Polarity
  /// Whether a file knows the measure.
  public let isKnown: Bool
  /// The comparison of the next year with the last; nil if the risk cannot be assessed.
  public let outlook: Outlook?
  /// Last year's level and the years before, as recorded.
  public let past: PastComparison
  /// How far the evidence carries.
  public let confidence: Confidence
  /// Harm weight per offence; nil where the set has none.
  public let harmPerOffence: Double?
  /// Doubts and caveats about this series.
  public let doubts: [Doubt]
  /// What was usual before the last year; nil where that was as usual as any.
  public let usual: UsualLevel?
  /// The last year's count beside the year before's, like for like; nil where they cannot be compared, and of what is no count.
  public let growth: Growth?
  /// Share of the observed periods of the last year in which any was counted; nil where none was observed, and of what is no count.
  public let shareOfPeriods: Double?

  /// Evidence from its parts.
  public init(
    measure: MeasureID, kind: MeasureKind, polarity: Polarity, isKnown: Bool, outlook: Outlook?, past: PastComparison,
    confidence: Confidence, harmPerOffence: Double?, doubts: [Doubt], usual: UsualLevel? = nil,
    growth: Growth? = nil, shareOfPeriods: Double? = nil
  ) {
    self.usual = usual
    self.growth = growth
    self.shareOfPeriods = shareOfPeriods
    self.measure = measure
    self.kind = kind
    self.polarity = polarity
    self.isKnown = isKnown
    self.outlook = outlook
    self.past = past
    self.confidence = confidence
    self.harmPerOffence = harmPerOffence
    self.doubts = doubts
  }

  /// Whether the base is so small that nothing is said of chances, directions or advice, and nothing is ranked: of a count the level
  /// that the next year is compared with, of a share the last year's denominator. A rise by a tenth of a count of two is no event.
  ///
  /// This is the one home of the rule; pages, files and themes ask it.
  public func isTooFew(_ profile: ScoringProfile) -> Bool {
    guard let outlook else { return false }
    switch kind {
    case .count: return outlook.lastYear < profile.smallestBase
    case .proportion: return past.lastYearRatio.map { $0.denominator < profile.smallestBase } ?? false
    case .value: return false
    }
  }

  /// The score, under a profile; nil if the risk cannot be assessed or its base is too small, or if no file knows the measure and the
  /// profile does not ask for such to be ranked.
  public func score(_ profile: ScoringProfile) -> RiskScore? {
    guard isKnown || profile.ranksUnknownMeasures, !isTooFew(profile) else { return nil }
    return outlook.map { RiskScore($0, polarity: polarity) }
  }

  /// The advice, under a profile.
  public func recommendation(isPriority: Bool, _ profile: ScoringProfile) -> Recommendation {
    Recommendation(
      outlook: outlook, polarity: polarity, isPriority: isPriority, confidence: confidence, usual: usual,
      isTooFew: isTooFew(profile), profile: profile)
  }
}
