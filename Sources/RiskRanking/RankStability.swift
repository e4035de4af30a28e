import CommunitySafety
import NumericCore
import TimeSeries

/// How often a risk stays among the first when what its rank rests on varies.
public struct RankStability: Sendable, Hashable {
  /// What the order is by.
  public enum Order: String, CaseIterable, Sendable, Hashable {
    /// Expected change for the worse.
    case expectedChange = "expected change"
    /// Expected change times harm.
    case harm
  }

  /// What varies.
  public enum Variation: String, CaseIterable, Sendable, Hashable {
    /// Harm weights, each by a factor of its own.
    case weights
    /// The set of harm weights.
    case harmSet = "harm set"
    /// What comes: a future of the forecast instead of its mean.
    case forecasts
    /// What was recorded last year, as chance would have had it.
    case lastYear = "last year"
    /// All of these.
    case everything

    /// Those that move an order.
    public static func of(_ order: Order) -> [Variation] {
      order == .harm ? allCases : [.forecasts, .lastYear, .everything]
    }
  }

  /// What one kind of variation does to one order.
  public struct Share: Sendable, Hashable {
    /// The order.
    public let order: Order
    /// What varies.
    public let variation: Variation
    /// Share of the variations in which it is among the first five, and the first ten.
    public let top5: Double, top10: Double
    /// Share in which it is among the first five of its own place.
    public let placeTop5: Double
    /// The central 80 % of its ranks.
    public let lower80: Int, upper80: Int
  }

  /// One for each order and variation, in order; those by harm only with a harm weight.
  public let shares: [Share]

  /// Shares of a risk.
  public init(shares: [Share]) { self.shares = shares }

  /// What one variation does to an order; nil where the risk is not in it.
  public func share(_ order: Order, _ variation: Variation = .everything) -> Share? {
    shares.first { $0.order == order && $0.variation == variation }
  }
}

/// The risks of one ranking, ready to be ranked again and again.
///
/// A future is drawn from what an outlook keeps of its forecast (``LevelDistribution``), those of one measure together as far as they
/// share what moves it (``Outlook/sharedLoading``); last year's count is drawn about itself with the scatter of its periods
/// (``Growth/dispersion``, else as independent events), a share with that of its denominator; a harm weight is multiplied by the
/// exponential of a normal number of ``weightScatter``; a set of harm weights is as likely as another. Variations depend on the seed
/// and the risks alone, and every one of them sees the same random numbers.
public struct RankVariations: Sendable {
  /// Most risks of one ranking that are ranked again.
  public static let mostRisks = 5_000
  /// Standard deviation of the logarithm of a varied harm weight: two in three within a third.
  public static let weightScatter = 0.3

  private struct Entry {
    let distribution: LevelDistribution
    let mean: Double
    let lastYear: Double
    let scatter: Double
    let sign: Double
    let loading: Double
    let measure: Int
    let place: Int
    /// Weight in each set of harm weights, the run's first; NaN of none.
    let harm: [Double]
  }

  /// How often each variation ranks again.
  public let count: Int
  private let seed: UInt64
  private let entries: [Entry]
  private let measures: Int
  private let places: Int
  private let sets: Int

  /// Takes the ranked risks of one level and family.
  ///
  /// - Parameters:
  ///   - harmSets: the sets of harm weights that may be used, the run's own first.
  ///   - seed: of the variations.
  /// - Returns: nil of none, and of more than ``mostRisks``.
  public init?(_ risks: [Risk], harmSets: [HarmWeights], seed: UInt64) {
    guard !risks.isEmpty, risks.count <= RankVariations.mostRisks else { return nil }
    var (measures, places): ([MeasureID: Int], [String: Int]) = ([:], [:])
    var entries: [Entry] = []
    for risk in risks {
      guard let score = risk.score, let outlook = risk.outlook else { return nil }
      let measure = measures[risk.measure.id] ?? measures.count
      measures[risk.measure.id] = measure
      let place = places[risk.area.name] ?? places.count
      places[risk.area.name] = place
      entries.append(
        Entry(
          distribution: LevelDistribution(outlook), mean: outlook.mean, lastYear: outlook.lastYear,
          scatter: risk.evidence.scatterOfLastYear, sign: score.event.direction == .rise ? 1 : -1,
          loading: min(1, max(-1, outlook.sharedLoading)), measure: measure, place: place,
          harm: harmSets.map { risk.isGroup ? .nan : $0[risk.measure.name] ?? .nan }))
    }
    self.entries = entries
    (self.measures, self.places, sets) = (measures.count, places.count, harmSets.count)
    self.seed = seed
    count = max(100, min(500, 400_000 / entries.count))
  }

  /// Every order and variation that is made of them.
  public static let all: [(order: RankStability.Order, variation: RankStability.Variation)] =
    RankStability.Order.allCases.flatMap { order in RankStability.Variation.of(order).map { (order, $0) } }

  /// What one variation does to one order: a share a risk, nil of those that are never in it.
  ///
  /// Cost: `count` sorts of the risks.
  public func shares(
    _ order: RankStability.Order, _ variation: RankStability.Variation
  ) -> [RankStability.Share?] {
    let size = entries.count
    var (top5, top10, placeTop5, ranked) = (
      [Int](repeating: 0, count: size), [Int](repeating: 0, count: size), [Int](repeating: 0, count: size),
      [Int](repeating: 0, count: size)
    )
    var ranks = [Int32](repeating: 0, count: size * count)
    var values = [Double](repeating: 0, count: size)
    var inPlace = [Int](repeating: 0, count: places)
    for replicate in 0..<count {
      draw(replicate, order, variation, into: &values)
      let sorted = values.indices.filter { !values[$0].isNaN }.sorted {
        values[$0] != values[$1] ? values[$0] > values[$1] : $0 < $1
      }
      for place in inPlace.indices { inPlace[place] = 0 }
      for (at, i) in sorted.enumerated() {
        if at < 5 { top5[i] += 1 }
        if at < 10 { top10[i] += 1 }
        if inPlace[entries[i].place] < 5 { placeTop5[i] += 1 }
        inPlace[entries[i].place] += 1
        ranks[i * count + ranked[i]] = Int32(at + 1)
        ranked[i] += 1
      }
    }
    return (0..<size).map { i in
      guard ranked[i] > 0 else { return nil }
      let own = ranks[(i * count)..<(i * count + ranked[i])].sorted()
      func share(_ times: Int) -> Double { Double(times) / Double(ranked[i]) }
      func rank(_ p: Double) -> Int {
        Int(own[min(own.count - 1, max(0, Int((p * Double(own.count)).rounded(.up)) - 1))])
      }
      return RankStability.Share(
        order: order, variation: variation, top5: share(top5[i]), top10: share(top10[i]),
        placeTop5: share(placeTop5[i]), lower80: rank(0.1), upper80: rank(0.9))
    }
  }

  /// What the order goes by in one variation, a risk; NaN of one that is not in it.
  private func draw(
    _ replicate: Int, _ order: RankStability.Order, _ variation: RankStability.Variation, into values: inout [Double]
  ) {
    var random = RandomSource(seed: seed, stream: "rank variation \(replicate)")
    let shocks = (0..<measures).map { _ in random.normal() }
    let factors = (0..<measures).map { _ in exponential(RankVariations.weightScatter * random.normal()) }
    let set = min(sets - 1, Int(random.uniform() * Double(sets)))
    let varies = { (one: RankStability.Variation) in variation == one || variation == .everything }
    let (variesForecast, variesYear) = (varies(.forecasts), varies(.lastYear))
    let (variesWeights, chosen) = (varies(.weights), varies(.harmSet) ? set : 0)
    for (i, entry) in entries.enumerated() {
      let (own, noise) = (random.normal(), random.normal())
      let next =
        variesForecast
        ? entry.distribution.level(
          at: entry.loading * shocks[entry.measure] + (1 - entry.loading * entry.loading).squareRoot() * own)
        : entry.mean
      let last = variesYear ? max(0, entry.lastYear + entry.scatter * noise) : entry.lastYear
      var value = entry.sign * (next - last)
      if order == .harm {
        value *= sets > 0 ? entry.harm[chosen] * (variesWeights ? factors[entry.measure] : 1) : .nan
      }
      values[i] = value
    }
  }
}

extension RiskEvidence {
  /// Standard deviation of what chance alone makes of the last year's level.
  fileprivate var scatterOfLastYear: Double {
    guard let outlook else { return 0 }
    switch kind {
    case .count: return ((growth?.dispersion ?? 1) * max(0, outlook.lastYear)).squareRoot()
    case .proportion:
      guard let whole = past.lastYearRatio?.denominator, whole > 0 else { return 0 }
      let share = min(1, max(0, outlook.lastYear))
      return (share * (1 - share) / whole).squareRoot()
    case .value: return 0
    }
  }
}
