import CommunitySafety

/// Whom a place is compared with.
public enum PeerSet: Hashable, Sendable {
  /// The districts of a force, by its name.
  case force(String)
  /// A group of ``CommunitySafety/ReferenceData/peerGroups``, by its name.
  case group(String)

  /// The name of the force or group.
  public var name: String {
    switch self {
    case .force(let name), .group(let name): name
    }
  }
}

/// A measure in one place beside its peers: rate, rank with its uncertainty, and how that has been.
public struct PeerStanding: Sendable, Hashable {
  /// The place.
  public let area: Area
  /// The measure or group.
  public let measure: Measure
  /// Whom it is compared with.
  public let peers: PeerSet
  /// Whether it is a place of the run, and no peer that only stands beside them.
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
    area: Area, measure: Measure, peers: PeerSet, isOwn: Bool, count: Double, periods: Int, residents: Int,
    rank: PeerRank, pattern: EmergingPattern?
  ) {
    self.area = area
    self.measure = measure
    self.peers = peers
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
