import NumericCore

/// Where a place stands among its peers by rate, and where a further year may put it.
public struct PeerRank: Sendable, Hashable, Codable {
  /// How many there are, itself one of them.
  public let peers: Int
  /// Its rank by the rate as recorded: 1 is the lowest rate. Equal rates share the lower rank.
  public let rank: Int
  /// The central 80 % of its ranks in a further year.
  public let lower80: Int, upper80: Int
  /// Probability that it is in each quarter of the peers in a further year, the lowest first.
  public let quartiles: [Double]

  /// A rank from its parts.
  public init(peers: Int, rank: Int, lower80: Int, upper80: Int, quartiles: [Double]) {
    self.peers = peers
    self.rank = rank
    self.lower80 = lower80
    self.upper80 = upper80
    self.quartiles = quartiles
  }

  /// The quarter that its recorded rate is in, from 1: the quarter with the lowest rates.
  public var quartile: Int { PeerRanks.quartile(ofRank: rank, among: peers) }
}

/// Ranks of places by rate with their uncertainty, after Goldstein and Spiegelhalter 1996 (League tables and their limitations, Journal
/// of the Royal Statistical Society A 159, 385-443): what each place may record in a further year is drawn again and again, and what its rank
/// then is makes the interval. Ranks of places whose counts are small or close overlap, and a league table that hides it misleads.
///
/// The rate behind a count has a gamma distribution about it, wider by the dispersion of the count's own periods: Jeffreys' of a
/// Poisson rate where they scatter as independent events would. Until the next year it strays, log-normally, as far as the rates of the places
/// have strayed from their common course (``Wander``), and the next count scatters about it as the last did.
public enum PeerRanks {
  /// What a place has.
  public struct Entry: Sendable, Hashable {
    /// What was counted.
    public let count: Double
    /// Residents, more than none.
    public let residents: Double
    /// How much more its periods scatter than independent events; 1 or more.
    public let dispersion: Double
    /// Standard deviation of the logarithm of its rate from a year to the next, chance apart.
    public let wander: Double

    /// An entry.
    public init(count: Double, residents: Double, dispersion: Double = 1, wander: Double = 0) {
      (self.count, self.residents, self.dispersion, self.wander) = (count, residents, dispersion, wander)
    }
  }

  /// Least peers of which ranks are told.
  public static let leastPeers = 4
  private static let draws = 1000

  /// Ranks of some places, in their order.
  ///
  /// - Parameters:
  ///   - seed: of the draws.
  ///   - stream: what is ranked, so that no two rankings share their draws.
  /// - Returns: empty of fewer than ``leastPeers``, and where a place has no residents or no count.
  public static func ranks(_ entries: [Entry], seed: UInt64, stream: String) -> [PeerRank] {
    guard entries.count >= leastPeers, entries.allSatisfy({ $0.residents > 0 && $0.count >= 0 && $0.count.isFinite })
    else { return [] }
    let rates = entries.map { $0.count / $0.residents }
    var random = RandomSource(seed: seed, stream: "peers \(stream)")
    var drawn = [Double](repeating: 0, count: entries.count)
    var ranks = [[Int]](repeating: [], count: entries.count)
    for _ in 0..<draws {
      for (i, entry) in entries.enumerated() {
        let scale = max(1, entry.dispersion)
        let rate =
          scale * random.gamma(shape: entry.count / scale + 0.5)
          * exponential(entry.wander * random.normal() - entry.wander * entry.wander / 2)
        drawn[i] = scale * random.gamma(shape: max(rate / scale, 1e-6)) / entry.residents
      }
      let order = drawn.indices.sorted { drawn[$0] != drawn[$1] ? drawn[$0] < drawn[$1] : $0 < $1 }
      for (at, i) in order.enumerated() { ranks[i].append(at + 1) }
    }
    return entries.indices.map { i in
      let sorted = ranks[i].sorted()
      let quartiles = (1...4).map { quarter in
        Double(sorted.count { quartile(ofRank: $0, among: entries.count) == quarter }) / Double(draws)
      }
      return PeerRank(
        peers: entries.count, rank: 1 + rates.count { $0 < rates[i] },
        lower80: sorted[draws / 10 - 1], upper80: sorted[draws * 9 / 10 - 1], quartiles: quartiles)
    }
  }

  /// The quarter of a rank, from 1 to 4.
  public static func quartile(ofRank rank: Int, among count: Int) -> Int { min(4, 1 + 4 * (rank - 1) / max(1, count)) }
}

/// How far the rates of places stray from their common course from a year to the next, chance apart: the variance of the changes of their
/// logarithms about the changes' mean, less what counts of that size scatter by.
public struct Wander: Sendable {
  private var (squares, changes) = (0.0, 0.0)

  /// Nothing known yet.
  public init() {}

  /// Takes in two years next to each other.
  ///
  /// - Parameters:
  ///   - earlier: the count of each place.
  ///   - later: the same of the next year.
  ///   - dispersions: of each place, as ``PeerRanks/Entry/dispersion``.
  public mutating func add(_ earlier: [Double], _ later: [Double], dispersions: [Double]) {
    let count = Double(earlier.count)
    guard earlier.count > 1, earlier.count == later.count, earlier.count == dispersions.count else { return }
    let logs = zip(earlier, later).map { logarithm(($1 + 0.5) / ($0 + 0.5)) }
    let mean = logs.reduce(0, +) / count
    for (i, log) in logs.enumerated() {
      let chance = dispersions[i] * (1 / (earlier[i] + 0.5) + 1 / (later[i] + 0.5))
      squares += (log - mean) * (log - mean) * count / (count - 1) - chance
      changes += 1
    }
  }

  /// What is usual of recorded crime in areas of a city, and how many changes it counts as.
  private static let prior = (deviation: 0.1, changes: 4.0)

  /// The standard deviation.
  public var deviation: Double {
    let usual = Wander.prior.deviation * Wander.prior.deviation * Wander.prior.changes
    return (max(0, squares + usual) / (changes + Wander.prior.changes)).squareRoot()
  }
}
