/// The files under `Models/` that an analyst may read and change.
public enum ModelFile: String, CaseIterable, Hashable, Sendable {
  /// Districts, partnerships and forces.
  case areas
  /// Measures, their polarity and caveats.
  case measures
  /// Groups of measures.
  case groupings
  /// What the outcomes of crimes say.
  case outcomes
  /// Sets of harm weights.
  case harmWeights = "harm-weights"
  /// Known changes of recording, boundaries or circumstances.
  case breaks
  /// Local priorities of each partnership.
  case priorities
  /// How a workshop scores a risk.
  case scoringProfiles = "scoring-profiles"
  /// Impact as named people have scored it.
  case impactScores = "impact-scores"
  /// What is over the horizon and no series shows.
  case signals
  /// Sets of areas that figures can be told by: today's, and those of a reorganisation.
  case footprints
  /// Whom a place is compared with.
  case peerGroups = "peer-groups"
  /// Sources of data: owners, sharing, what they support.
  case sources
  /// What the police.uk archive is known to lack.
  case coverage

  /// Name of the file: `harm-weights.yaml`.
  public var fileName: String { rawValue + ".yaml" }

  /// How messages name the file that came with the program, so that nobody looks for it on disk.
  var builtInName: String { fileName + " (built in)" }
}
