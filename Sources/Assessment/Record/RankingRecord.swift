import Evaluation
import NumericCore
import TimeSeries

/// Whether the ranking works: orders that could have been made at past origins beside what then rose most.
///
/// Of the counts with a mean of ``leastMean`` a period and more at an origin the fifth that changed most for the worse in the year after
/// is what should have come first.
public struct RankingRecord: Sendable {
  /// What an order is made by. All but the first need no forecast.
  public enum Criterion: String, CaseIterable, Sendable {
    /// The ranking: expected change for the worse.
    case expectedChange = "expected change"
    /// Expected change times harm.
    case expectedHarm = "expected change x harm"
    /// Probability of a material change for the worse.
    case probability
    /// Last year's change in per cent.
    case percentageChange = "last year's percentage change"
    /// Last year's change in per cent with thirty added to both years, so that small counts do not lead.
    case shrunkChange = "last year's shrunk percentage change"
    /// Last year's change in counts.
    case absoluteChange = "last year's change in counts"
    /// Last year's level.
    case volume
    /// Last year's level times harm.
    case harmVolume = "harm x volume"
    /// Last year's largest changes for the better.
    case largestFalls = "last year's largest falls"

    /// Whether it needs weights of harm.
    var usesHarm: Bool { self == .expectedHarm || self == .harmVolume }
  }

  /// The scores of one order at one origin.
  public struct Scores: Sendable, Hashable {
    /// Share of the first ten that were relevant.
    public var precision10: Double
    /// Share of the first twenty.
    public var precision20: Double
    /// Normalised discounted gain of the first fifty, a change for the worse being worth what it added.
    public var gain50: Double
    /// Rank correlation of the criterion with the change.
    public var correlation: Double

    static let parts: [WritableKeyPath<Scores, Double> & Sendable] = [
      \.precision10, \.precision20, \.gain50, \.correlation,
    ]
  }

  /// One criterion over the origins.
  public struct Result: Sendable {
    /// The criterion.
    public let criterion: Criterion
    /// Its scores at each origin, oldest first.
    public let byOrigin: [Scores]
    /// Their means.
    public let mean: Scores
    /// Lower and upper ends of the central 90 % bootstrap intervals of the means, over origins.
    public let lower: Scores, upper: Scores
  }

  /// Least mean a period of a series that is ranked.
  public static let leastMean = 5.0
  /// Share of the series that is relevant.
  public static let relevantShare = 0.2
  /// Least series that an origin needs, so that ten are few among them.
  public static let leastSeries = 30
  private static let resamples = 1000

  /// Origins with series enough, oldest first.
  public let origins: [Period]
  /// Series ranked, at all origins together.
  public let rankedSeries: Int
  /// One a criterion, in order; those of harm only where a measure has a weight.
  public let results: [Result]

  /// Whether changes weigh their harm: then series without a weight are left out.
  public let isHarmWeighted: Bool

  /// Scores every criterion at every origin of a record.
  ///
  /// - Returns: nil where no origin has series enough.
  public init?(_ record: OutlookRecord, harmWeighted: Bool = false, seed: UInt64 = 1) {
    let hasHarm = record.cases.contains { $0.harm != nil }
    let criteria = Criterion.allCases.filter { hasHarm || !$0.usesHarm }
    var scores = [[Scores]](repeating: [], count: criteria.count)
    var used: [Period] = []
    var count = 0
    for origin in record.origins {
      let cases = record.cases.filter {
        $0.origin == origin && $0.measure.kind == .count && $0.mean >= RankingRecord.leastMean
          && (!harmWeighted || $0.harm != nil)
      }
      guard cases.count >= RankingRecord.leastSeries else { continue }
      used.append(origin)
      count += cases.count
      let change = cases.map { $0.change * (harmWeighted ? $0.harm ?? 0 : 1) }
      let bar = change.sorted(by: >)[Int(RankingRecord.relevantShare * Double(cases.count)) - 1]
      let relevant = change.map { $0 >= bar }
      let gains = change.map { max(0, $0) }
      for (index, criterion) in criteria.enumerated() {
        let values = cases.map { RankingRecord.value(criterion, of: $0) }
        let order = cases.indices.sorted {
          values[$0] != values[$1] ? values[$0] > values[$1] : cases[$0].key < cases[$1].key
        }
        scores[index].append(
          Scores(
            precision10: RankingScores.precision(of: order, relevant: relevant, at: 10),
            precision20: RankingScores.precision(of: order, relevant: relevant, at: 20),
            gain50: RankingScores.normalisedGain(of: order, gains: gains, at: 50),
            correlation: RankingScores.rankCorrelation(values, change)))
      }
    }
    guard !used.isEmpty else { return nil }
    isHarmWeighted = harmWeighted
    origins = used
    rankedSeries = count
    // Every criterion is resampled at the same origins, so that their intervals can be compared.
    var random = RandomSource(seed: seed, stream: "ranking record")
    let samples = (0..<RankingRecord.resamples).map { _ in
      used.indices.map { _ in min(used.count - 1, Int(random.uniform() * Double(used.count))) }
    }
    results = zip(criteria, scores).map { criterion, byOrigin in
      let mean = RankingRecord.combined(byOrigin) { $0.reduce(0, +) / Double($0.count) }
      let means = samples.map { sample in
        RankingRecord.combined(sample.map { byOrigin[$0] }) { $0.reduce(0, +) / Double($0.count) }
      }
      return Result(
        criterion: criterion, byOrigin: byOrigin, mean: mean,
        lower: RankingRecord.combined(means) { $0.isEmpty ? .nan : quantile(0.05, ofSorted: $0.sorted()) },
        upper: RankingRecord.combined(means) { $0.isEmpty ? .nan : quantile(0.95, ofSorted: $0.sorted()) })
    }
  }

  /// Each part of some scores made one, of those that are numbers.
  private static func combined(_ scores: [Scores], _ body: ([Double]) -> Double) -> Scores {
    var all = Scores(precision10: .nan, precision20: .nan, gain50: .nan, correlation: .nan)
    for part in Scores.parts {
      let known = scores.map { $0[keyPath: part] }.filter { !$0.isNaN }
      all[keyPath: part] = known.isEmpty ? .nan : body(known)
    }
    return all
  }

  private static func value(_ criterion: Criterion, of one: OutlookRecord.Case) -> Double {
    let score = one.score
    let sign = score.event.direction == .rise ? 1.0 : -1
    let last = one.outlook.lastYear
    // Of a series that is too young for a year before nothing has changed.
    let before = one.past.yearBefore ?? last
    switch criterion {
    case .expectedChange: return score.total
    case .expectedHarm: return score.total * (one.harm ?? 0)
    case .probability: return score.probability
    case .percentageChange: return sign * (last - before) / max(before, 1)
    case .shrunkChange: return sign * (last - before) / (before + 30)
    case .absoluteChange: return sign * (last - before)
    case .volume: return last
    case .harmVolume: return last * (one.harm ?? 0)
    case .largestFalls: return -sign * (last - before)
    }
  }
}
