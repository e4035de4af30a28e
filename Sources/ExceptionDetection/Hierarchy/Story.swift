import TimeSeries

/// One event as it is told: an episode of an area, or of a measure's total with what each area contributes.
public struct Story: Sendable {
  /// What an area adds to a rise or fall in the total.
  public struct Contribution: Hashable, Sendable {
    /// The area.
    public let area: String
    /// Its counts over the story's periods, and their expectation; periods without a verdict are in neither.
    public let observed: Double
    /// The sum expected.
    public let expected: Double
    /// Variance of the counts about their expectation.
    let variance: Double
    /// How many more (below 0: fewer) than expected.
    public var excess: Double { observed - expected }

    init(area: String, observed: Double, expected: Double, variance: Double) {
      self.area = area
      self.observed = observed
      self.expected = expected
      self.variance = variance
    }
  }

  /// The episode that is told.
  public let lead: Episode
  /// Whether it is told of all areas together: several of them share in it.
  public let isWide: Bool
  /// Of a wide story what each area adds, largest in its direction first; empty for a story of one area.
  public let contributions: [Contribution]
  /// Episodes that are told within it: of areas within a wide story, of the total within an area's.
  public let within: [Episode]
}

extension Story {
  /// The story of an episode that is told by itself.
  public init(alone episode: Episode) { self.init(lead: episode, isWide: false, contributions: [], within: []) }

  /// The share of an excess that areas other than the largest contributor must add for a story to be told as wide.
  static let sharedPart = 0.25
  /// The normal score that their sum must reach: one chance in twenty.
  static let sharedScore = 1.6448536269514722

  /// Whether areas other than the largest contributor stand out together in the same direction.
  static func isShared(_ contributions: [Contribution], isHigher: Bool) -> Bool {
    let sign = isHigher ? 1.0 : -1.0
    let total = sign * contributions.reduce(0) { $0 + $1.excess }
    let others = contributions.sorted { sign * $0.excess > sign * $1.excess }.dropFirst()
    let rest = sign * others.reduce(0) { $0 + $1.excess }
    let variance = others.reduce(0) { $0 + $1.variance }
    return rest > 0 && rest >= sharedPart * total && rest >= sharedScore * variance.squareRoot()
  }

  /// Tells episodes of areas and of their totals as stories: a total's episode that several areas share in takes up the
  /// areas' own of the same time and direction; one that is a single area's is told within that area's.
  ///
  /// - Parameters:
  ///   - areas: episodes of the areas, by the position of their series.
  ///   - totals: each total's episodes with the positions of its parts.
  ///   - contributions: what the series at a position adds to an episode.
  ///   - slack: periods by which an area's episode may begin before or after the total's and still be the same event.
  static func tell(
    areas: [[Episode]], totals: [(parts: [Int], episodes: [Episode])], slack: Int,
    contributions: (Int, Episode) -> Contribution
  ) -> [Story] {
    var told = areas.map { $0.map { _ in false } }
    var extra: [[[Episode]]] = areas.map { $0.map { _ in [] } }
    var wide: [Story] = []
    for total in totals {
      for episode in total.episodes {
        let sign = episode.isHigher ? 1.0 : -1.0
        let parts = total.parts.map { (index: $0, part: contributions($0, episode)) }
          .sorted { (sign * $1.part.excess, $0.index) < (sign * $0.part.excess, $1.index) }
        let same = { (index: Int) -> [Int] in
          areas[index].indices.filter { i in
            let other = areas[index][i]
            return other.isHigher == episode.isHigher && other.onset <= episode.last + slack
              && other.last >= episode.onset - slack
          }
        }
        if !isShared(parts.map(\.part), isHigher: episode.isHigher), let largest = parts.first,
          let home = same(largest.index).first
        {
          extra[largest.index][home].append(episode)
          continue
        }
        var within: [Episode] = []
        for (index, _) in parts {
          for i in same(index) where !told[index][i] {
            told[index][i] = true
            within.append(areas[index][i])
          }
        }
        wide.append(Story(lead: episode, isWide: true, contributions: parts.map(\.part), within: within))
      }
    }
    let local = areas.indices.flatMap { index in
      areas[index].indices.filter { !told[index][$0] }.map {
        Story(lead: areas[index][$0], isWide: false, contributions: [], within: extra[index][$0])
      }
    }
    return wide + local
  }
}
