/// What several people make of the harm of one problem: the median of each dimension with its spread.
public struct MergedScore: Sendable, Hashable, Codable {
  /// Of one dimension.
  public struct Part: Sendable, Hashable, Codable {
    /// Which kind of harm.
    public let dimension: HarmScale.Dimension
    /// The score in the middle.
    public let median: Double
    /// The lowest score.
    public let lowest: Int
    /// The highest score.
    public let highest: Int
    /// How many scored it.
    public let count: Int
  }

  /// Dimensions that anybody scored, in the order of the form.
  public let parts: [Part]
  /// How many scored any of them.
  public let scorers: Int
  /// The mean of the medians, each by the weight of its dimension.
  public let impact: Double

  /// The merged score of these opinions; nil if none of them has a score that counts.
  ///
  /// - Parameter weight: how much a dimension counts, 0 or more.
  public init?(_ opinions: some Collection<Opinion>, weight: (HarmScale.Dimension) -> Double = { _ in 1 }) {
    parts = HarmScale.Dimension.allCases.compactMap { dimension in
      let scores = opinions.compactMap { $0.score(dimension) }.sorted()
      guard let lowest = scores.first, let highest = scores.last else { return nil }
      return Part(
        dimension: dimension, median: MergedScore.median(scores), lowest: lowest, highest: highest, count: scores.count)
    }
    scorers = opinions.count { $0.hasScore }
    let total = parts.reduce(0) { $0 + weight($1.dimension) }
    guard total > 0 else { return nil }
    impact = parts.reduce(0) { $0 + weight($1.dimension) * $1.median } / total
  }

  /// Of sorted numbers the one in the middle, or between the two there.
  static func median(_ sorted: [Int]) -> Double {
    let half = sorted.count / 2
    return sorted.count % 2 == 1 ? Double(sorted[half]) : Double(sorted[half - 1] + sorted[half]) / 2
  }

  /// Steps of the ladder between the lowest and the highest score of a dimension that make it a disagreement.
  static let disagreementSteps = 2

  /// Dimensions that people disagree on: their scores lie two steps of the ladder apart or more.
  public var disagreements: [Part] {
    parts.filter { part in
      let ladder = HarmScale.ladder
      guard let low = ladder.firstIndex(of: part.lowest), let high = ladder.firstIndex(of: part.highest) else {
        return false
      }
      return high - low >= MergedScore.disagreementSteps
    }
  }
}
