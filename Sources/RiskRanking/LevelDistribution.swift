import NumericCore

/// The distribution of next year's level as an outlook keeps it, once its draws are gone: linear in normal scores between its quantiles
/// and its two probabilities, so that it says of a material rise or fall what the outlook says.
public struct LevelDistribution: Sendable, Hashable {
  private struct Point: Hashable {
    let score: Double
    let level: Double
  }

  /// Rising in both; at least two.
  private let points: [Point]
  private let floor: Double

  /// The distribution that an outlook tells of.
  public init(_ outlook: Outlook) {
    let isCount = if case .share = outlook.rise.size { true } else { false }
    var points = [
      Point(score: -LevelDistribution.score975, level: outlook.lower95),
      Point(score: -LevelDistribution.score90, level: outlook.lower80), Point(score: 0, level: outlook.median),
      Point(score: LevelDistribution.score90, level: outlook.upper80),
      Point(score: LevelDistribution.score975, level: outlook.upper95),
    ]
    let distance =
      switch outlook.rise.size {
      case .share(let share): share * outlook.lastYear
      case .amount(let amount): amount
      }
    let known = LevelDistribution.leastKnown...(1 - LevelDistribution.leastKnown)
    if known.contains(outlook.probabilityOfRise) {
      points.append(
        Point(score: Normal.quantile(1 - outlook.probabilityOfRise), level: outlook.lastYear + distance))
    }
    if known.contains(outlook.probabilityOfFall) {
      points.append(Point(score: Normal.quantile(outlook.probabilityOfFall), level: outlook.lastYear - distance))
    }
    points.sort { $0.score != $1.score ? $0.score < $1.score : $0.level < $1.level }
    var kept: [Point] = []
    for point in points where point.level.isFinite {
      if let last = kept.last {
        guard point.score > last.score else { continue }
        kept.append(Point(score: point.score, level: max(point.level, last.level)))
      } else {
        kept.append(point)
      }
    }
    self.points = kept
    floor = isCount ? 0 : -.infinity
  }

  /// Normal scores of the ends of the intervals.
  private static let score90 = 1.281_551_565_544_6
  private static let score975 = 1.959_963_984_540_054
  /// Probabilities below which draws are too few to tell where they lie.
  private static let leastKnown = 0.01

  /// The level at a normal score: the median at 0.
  public func level(at score: Double) -> Double {
    guard points.count > 1 else { return max(floor, points.first?.level ?? .nan) }
    var i = 1
    while i < points.count - 1, points[i].score < score { i += 1 }
    let (a, b) = (points[i - 1], points[i])
    return max(floor, a.level + (b.level - a.level) * (score - a.score) / (b.score - a.score))
  }

  /// The probability of a level above this one; NaN of a level that is no number.
  public func probability(above level: Double) -> Double {
    guard points.count > 1, level.isFinite else { return .nan }
    guard level >= floor else { return 1 }
    var i = 1
    while i < points.count - 1, points[i].level <= level { i += 1 }
    let (a, b) = (points[i - 1], points[i])
    guard b.level > a.level else { return level < a.level ? 1 - Normal.cdf(a.score) : 1 - Normal.cdf(b.score) }
    return 1 - Normal.cdf(a.score + (b.score - a.score) * (level - a.level) / (b.level - a.level))
  }
}
