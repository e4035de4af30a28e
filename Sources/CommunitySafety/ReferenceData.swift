/// Everything an analyst may read and change without touching code: the files under `Models/`.
public struct ReferenceData: Sendable {
  /// Districts, partnerships and forces.
  public var areas: AreaRegistry
  /// Measures and their groups.
  public var measures: MeasureRegistry
  /// Sets of harm weights; the first is the default.
  public var harmWeights: [HarmWeights]
  /// Known changes of recording, boundaries or circumstances.
  public var breaks: BreakCalendar
  /// Current priorities of each partnership.
  public var priorities: LocalPriorities

  /// Reference data from its parts.
  public init(
    areas: AreaRegistry, measures: MeasureRegistry, harmWeights: [HarmWeights], breaks: BreakCalendar,
    priorities: LocalPriorities
  ) {
    self.areas = areas
    self.measures = measures
    self.harmWeights = harmWeights
    self.breaks = breaks
    self.priorities = priorities
  }
}
