import CommunitySafety

/// The thresholds that turn evidence into a rank and advice, in one place.
public struct ScoringProfile: Hashable, Sendable, Codable {
  /// Share of last year's total from which a change of a count is material: 10 %.
  public var materialShare = 0.10
  /// Distance from which a change of a share is material: 5 points of a hundred.
  public var materialPoints = 0.05
  /// Standard deviations of a value's periods from which a change of its yearly mean is material.
  public var materialDeviations = 0.5
  /// Share of the year's periods below which two years are not compared.
  public var minimumShareOfYear = 0.5
  /// Probability from which a change is a realistic possibility.
  public var realisticPossibility = ProbabilityYardstick.realisticPossibility.start
  /// Probability from which a change counts as likely.
  public var likely = ProbabilityYardstick.likely.start
  /// Probability from which it is highly likely: enough to act on even where the confidence is low.
  public var highlyLikely = ProbabilityYardstick.highlyLikely.start
  /// Counts a year below which confidence is low and no percentage is given.
  public var smallestBase = 30.0
  /// Counts a year below which confidence is no more than moderate.
  public var modestBase = 120.0
  /// Whether measures that no file knows are ranked, by their expected rise.
  public var ranksUnknownMeasures = false

  /// The defaults.
  public init() {}
}
