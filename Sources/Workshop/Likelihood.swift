import CommunitySafety
import RiskRanking
import TimeSeries

/// How likely a problem is to matter next year, from 1 to 4: filled from data alone, never by hand.
///
/// The parts are volume, frequency, trend and forecast; their mean is taken over those that the data can say. The bounds are
/// Horizon's own.
public struct Likelihood: Sendable, Hashable, Codable {
  /// By how many were counted last year.
  public let volume: Double?
  /// By how often one was counted.
  public let frequency: Double?
  /// By last year against the year before, like for like.
  public let trend: Double?
  /// By the probability that it gets worse next year.
  public let forecast: Double

  /// The likelihood of a problem; nil where nothing can be ranked by (``RiskEvidence/score(_:)``).
  public init?(_ evidence: RiskEvidence, profile: ScoringProfile) {
    guard let score = evidence.score(profile) else { return nil }
    forecast = ProbabilityYardstick(probability: score.probability).grade
    let isCount = evidence.kind == .count
    let level = evidence.past.lastYear
    volume = isCount ? Likelihood.grade(level, profile.smallestBase, profile.modestBase, 600) : nil
    // Once a month, once a week, once a day.
    frequency = isCount ? Likelihood.grade(level, 12, 52, 365) : nil
    let levels = evidence.past.year(1)?.comparable
    trend = levels.flatMap { levels in
      guard isCount, levels.before >= profile.smallestBase else { return nil }
      let sign: Double = score.event.direction == .rise ? 1 : -1
      let change = sign * levels.change / levels.before
      return Likelihood.grade(change, -profile.materialShare, 0, profile.materialShare)
    }
  }

  /// Below the first bound 1, from the last on 4.
  private static func grade(_ value: Double, _ bounds: Double...) -> Double {
    1 + Double(bounds.count { value >= $0 })
  }

  /// The mean of the parts that are known.
  public var value: Double {
    let parts = [volume, frequency, trend, forecast].compactMap(\.self)
    return parts.reduce(0, +) / Double(parts.count)
  }
}

/// The impact of a problem before anybody has scored it, on the ladder of harm: from the harm weight per offence, in days. Marked
/// provisional wherever it stands.
public enum ProvisionalImpact {
  /// Days from which each step of the ladder above the lowest is taken.
  static let bounds = [5.0, 50, 300]

  /// The step; nil without a weight.
  public static func value(harmPerOffence: Double?) -> Double? {
    harmPerOffence.map { weight in Double(HarmScale.ladder[1 + bounds.count { weight >= $0 }]) }
  }
}
