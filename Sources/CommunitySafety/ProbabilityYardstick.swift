/// The words for probabilities of the PHIA yardstick (Professional Head of Intelligence Assessment, HM Government,
/// March 2025). The published bands leave gaps; the cut points in the gaps are Horizon's.
public enum ProbabilityYardstick: String, CaseIterable, Hashable, Sendable {
  // From the least to the greatest.
  case remoteChance = "remote chance"
  case highlyUnlikely = "highly unlikely"
  case unlikely
  case realisticPossibility = "realistic possibility"
  case likely
  case highlyLikely = "highly likely"
  case almostCertain = "almost certain"

  /// The probability at which the band of the term begins; it ends where that of the next one does.
  public var start: Double {
    switch self {
    case .remoteChance: 0
    case .highlyUnlikely: 0.075
    case .unlikely: 0.225
    case .realisticPossibility: 0.375
    case .likely: 0.5
    case .highlyLikely: 0.775
    case .almostCertain: 0.925
    }
  }

  /// The term for a probability in [0, 1].
  public init(probability p: Double) {
    self = ProbabilityYardstick.allCases.last { $0.start <= p } ?? .remoteChance
  }
}
