/// Each partnership's current priorities (`Models/priorities.yaml`).
public struct LocalPriorities: Hashable, Sendable {
  /// A priority and the measures that speak to it.
  public struct Priority: Hashable, Sendable {
    /// The priority in the partnership's words.
    public let name: String
    /// Measures or groups of Horizon that give evidence on it; empty where recorded crime says nothing about it.
    public let measures: [MeasureID]
    /// What those measures leave out; printed wherever they stand for it.
    public let note: String?

    /// A priority.
    public init(name: String, measures: [MeasureID], note: String? = nil) {
      self.name = name
      self.measures = measures
      self.note = note
    }
  }

  /// Priorities by partnership name, most important first.
  public let byPartnership: [String: [Priority]]

  /// Priorities by partnership name.
  public init(byPartnership: [String: [Priority]]) { self.byPartnership = byPartnership }

  /// The first priority of a partnership that a measure gives evidence on.
  public func priority(partnership: String, measure: MeasureID) -> Priority? {
    byPartnership[partnership]?.first { $0.measures.contains(measure) }
  }
}
