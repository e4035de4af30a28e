import CommunitySafety

/// A measure in one district beside the districts of its force: rate, rank with its uncertainty, and how that has been.
public struct PeerStanding: Sendable, Hashable {
  /// The district.
  public let area: Area
  /// The measure or group.
  public let measure: Measure
  /// The force whose districts it is compared with.
  public let force: String
  /// Whether it is a district of the run, and no peer that only stands beside them.
  public let isOwn: Bool
  /// What was recorded in the last year.
  public let count: Double
  /// Over how many of its periods: those that all of them have.
  public let periods: Int
  /// Residents that it is divided by.
  public let residents: Int
  /// Its rank by rate.
  public let rank: PeerRank
  /// How its rate has stood over the years; nil of too few.
  public let pattern: EmergingPattern?

  /// A standing.
  public init(
    area: Area, measure: Measure, force: String, isOwn: Bool, count: Double, periods: Int, residents: Int,
    rank: PeerRank, pattern: EmergingPattern?
  ) {
    self.area = area
    self.measure = measure
    self.force = force
    self.isOwn = isOwn
    self.count = count
    self.periods = periods
    self.residents = residents
    self.rank = rank
    self.pattern = pattern
  }

  /// Recorded over those periods for every 1,000 residents.
  public var perThousand: Double { 1000 * count / Double(residents) }
}
