import NumericCore

/// A round of Newton's steps of ``LogitSeason``: scores and information of every season's offset, and how far what was seen
/// lies from what is expected there.
struct LogitSeasonScores: PoolStatistic {
  /// What a pool says at given offsets.
  struct Finding: Sendable {
    /// Series.
    var members = 0
    /// Score and information, one a season.
    var scores: [Double] = []
    var information: [Double] = []
    /// Pearson's chi-square, and the periods it is of.
    var chiSquare = 0.0
    var used = 0.0
  }

  /// Offsets on the logit's scale as the steps before have left them, one a season.
  let offsets: [Double]
  private var members = 0
  /// Scores, then information, one a season each; then chi-square and its periods.
  private var sums: ExactSums

  init(offsets: [Double]) {
    self.offsets = offsets
    sums = ExactSums(count: 2 * offsets.count + 2)
  }

  mutating func add(_ member: LogitSeasonEvidence) {
    let parts = offsets.indices.map { member.summary($0, at: offsets[$0]) }
    members += 1
    sums.add(
      parts.map(\.score) + parts.map(\.information)
        + [parts.reduce(0) { $0 + $1.chiSquare }, parts.reduce(0) { $0 + $1.used }])
  }

  mutating func combine(with other: LogitSeasonScores) {
    members += other.members
    sums.add(other.sums)
  }

  func finished() -> Finding {
    let (m, totals) = (offsets.count, sums.values)
    return Finding(
      members: members, scores: Array(totals[..<m]), information: Array(totals[m..<2 * m]), chiSquare: totals[2 * m],
      used: totals[2 * m + 1])
  }
}

/// Last round of ``LogitSeason``: the variance of the series' offsets around the pool's beyond chance, by weighted moments
/// with a guess worth a few terms.
struct LogitSeasonSpread: PoolStatistic {
  /// The pool's offsets, one a season.
  let offsets: [Double]
  /// Weighted variances and the weights.
  private var sums = ExactSums(count: 2)

  init(offsets: [Double]) { self.offsets = offsets }

  mutating func add(_ member: LogitSeasonEvidence) {
    var (sum, weights) = (0.0, 0.0)
    for (deviation, noise) in member.deviations(from: offsets) where noise.isFinite {
      let weight = (0.01 / (noise + 0.01)) * (0.01 / (noise + 0.01))
      sum += weight * (deviation * deviation - noise)
      weights += weight
    }
    sums.add([sum, weights])
  }

  mutating func combine(with other: LogitSeasonSpread) { sums.add(other.sums) }

  func finished() -> Double {
    let (guess, guessWeight) = (0.005, 6.0)
    let totals = sums.values
    return min(max((totals[0] + guess * guessWeight) / (totals[1] + guessWeight), 1e-5), 0.2)
  }
}
