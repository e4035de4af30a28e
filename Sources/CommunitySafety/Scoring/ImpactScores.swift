import TimeSeries

/// Impact as named people have scored it (`Models/impact-scores.yaml`).
public struct ImpactScores: Hashable, Sendable {
  /// One person's score of one problem in one place under one scheme.
  public struct Entry: Hashable, Sendable {
    /// Partnership or area.
    public let place: String
    /// The measure or group.
    public let measure: MeasureID
    /// Identifier of the scheme.
    public let scheme: String
    /// Who scored it.
    public let scorer: String
    /// When.
    public let date: CivilDate
    /// Why.
    public let reason: String
    /// Scores by dimension; all of the scheme's.
    public let impact: [String: Double]
    /// What can be done about it, in the scorer's words: shown beside the score, never part of it.
    public let capacity: String?

    /// A score.
    public init(
      place: String, measure: MeasureID, scheme: String, scorer: String, date: CivilDate, reason: String,
      impact: [String: Double], capacity: String? = nil
    ) {
      self.place = place
      self.measure = measure
      self.scheme = scheme
      self.scorer = scorer
      self.date = date
      self.reason = reason
      self.impact = impact
      self.capacity = capacity
    }
  }

  private struct Key: Hashable {
    let place: String
    let measure: MeasureID
    let scheme: String
  }

  /// All scores, in file order.
  public let entries: [Entry]
  private let byKey: [Key: Int]

  /// Scores; of two of one problem the first counts.
  public init(entries: [Entry] = []) {
    self.entries = entries
    byKey = Dictionary(
      entries.enumerated().map { (Key(place: $1.place, measure: $1.measure, scheme: $1.scheme), $0) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The score of a problem: that of its own place, else that of the partnership it lies in.
  public func entry(place: String, partnership: String?, measure: MeasureID, scheme: String) -> Entry? {
    for name in [place, partnership].compactMap(\.self) {
      if let index = byKey[Key(place: name, measure: measure, scheme: scheme)] { return entries[index] }
    }
    return nil
  }
}
