/// The words for probabilities of the PHIA yardstick (Professional Head of Intelligence Assessment, HM Government,
/// March 2025). The published bands leave gaps; the cut points in the gaps are Horizon's.
public enum ProbabilityYardstick: String, CaseIterable, Hashable, Sendable {
  case remoteChance = "remote chance"
  case highlyUnlikely = "highly unlikely"
  case unlikely
  case realisticPossibility = "realistic possibility"
  case likely
  case highlyLikely = "highly likely"
  case almostCertain = "almost certain"

  /// The term for a probability in [0, 1].
  public init(probability p: Double) {
    self =
      switch p {
      case ..<0.075: .remoteChance
      case ..<0.225: .highlyUnlikely
      case ..<0.375: .unlikely
      case ..<0.5: .realisticPossibility
      case ..<0.775: .likely
      case ..<0.925: .highlyLikely
      default: .almostCertain
      }
  }
}
