import NumericCore

/// Where a place stands among its peers by rate, with how sure that is.
public struct PeerRank: Sendable, Hashable, Codable {
  /// How many there are, itself one of them.
  public let peers: Int
  /// Its rank by the rate as recorded: 1 is the lowest rate. Equal rates share the lower rank.
  public let rank: Int
  /// The central 80 % of the ranks of the rate behind what was recorded.
  public let lower80: Int, upper80: Int
  /// Probability that the rate behind it is in each quarter of the peers, the lowest first.
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
/// of the Royal Statistical Society A 159, 385-443): the rate behind each place's count is drawn again and again, and what its rank
/// then is makes the interval. Ranks of places whose counts are small or close overlap, and a league table that hides it misleads.
///
/// The rate behind a count has a gamma distribution about it, wider by the dispersion of the count's own periods: Jeffreys' of a
/// Poisson rate where they scatter as independent events would.
public enum PeerRanks {
  /// What a place has.
  public struct Entry: Sendable, Hashable {
    /// What was counted.
    public let count: Double
    /// Residents, more than none.
    public let residents: Double
    /// How much more its periods scatter than independent events; 1 or more.
    public let dispersion: Double

    /// An entry.
    public init(count: Double, residents: Double, dispersion: Double = 1) {
      (self.count, self.residents, self.dispersion) = (count, residents, dispersion)
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
        drawn[i] = scale * random.gamma(shape: entry.count / scale + 0.5) / entry.residents
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
