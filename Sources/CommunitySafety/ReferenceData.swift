/// Everything an analyst may read and change without touching code: the files under `Models/`.
public struct ReferenceData: Sendable {
  /// Districts, partnerships and forces.
  public var areas: AreaRegistry
  /// Measures and their groups.
  public var measures: MeasureRegistry
  /// What the outcomes of crimes say.
  public var outcomes: OutcomeClasses
  /// Sets of harm weights; the first is the default.
  public var harmWeights: [HarmWeights]
  /// Known changes of recording, boundaries or circumstances.
  public var breaks: BreakCalendar
  /// Current priorities of each partnership.
  public var priorities: LocalPriorities
  /// Sets of areas that figures can be told by.
  public var footprints: FootprintRegistry
  /// Sources of data, their owners and who may see what is made of them.
  public var sources: SourceRegister
  /// What the police.uk archive is known to lack.
  public var coverage: ArchiveCoverage
  /// How a workshop scores a risk; the first is the default.
  public var scoringSchemes: [ScoringScheme] = []
  /// Impact as named people have scored it.
  public var impactScores = ImpactScores()
  /// Whom a place is compared with, where that is not the other districts of its force.
  public var peerGroups: [PeerGroup] = []
  /// What is over the horizon and no series shows.
  public var signals: [Signal]
  /// SHA-256 of the texts the data was read from, in file order; empty if it was not read from files.
  public var fingerprint: String

  /// Reference data from its parts.
  public init(
    areas: AreaRegistry, measures: MeasureRegistry, outcomes: OutcomeClasses, harmWeights: [HarmWeights],
    breaks: BreakCalendar, priorities: LocalPriorities, sources: SourceRegister = SourceRegister(),
    footprints: FootprintRegistry = FootprintRegistry(), coverage: ArchiveCoverage = ArchiveCoverage(),
    signals: [Signal] = [],
    fingerprint: String = ""
  ) {
    self.areas = areas
    self.measures = measures
    self.outcomes = outcomes
    self.harmWeights = harmWeights
    self.breaks = breaks
    self.priorities = priorities
    self.sources = sources
    self.footprints = footprints
    self.coverage = coverage
    self.signals = signals
    self.fingerprint = fingerprint
  }
}
