import NumericCore

/// First round of ``PooledSeasonality``: events observed and expected of a pool, period by period.
struct SeasonalTotals: PoolStatistic {
  private var members = 0
  private var observed = CalendarSums()
  private var expected = CalendarSums()
  /// Season of the first period.
  private var firstSeason = 0

  mutating func add(_ member: PooledSeasonality.Member) {
    let start = member.history.series.start.ordinal
    members += 1
    guard !member.evidence.observed.isEmpty else { return }
    if observed.count == 0 || start < observed.first { firstSeason = member.history.firstSeason }
    observed.add(member.evidence.observed, from: start)
    expected.add(member.evidence.expected, from: start)
  }

  mutating func combine(with other: SeasonalTotals) {
    if observed.count == 0 || (other.observed.count > 0 && other.observed.first < observed.first) {
      firstSeason = other.firstSeason
    }
    members += other.members
    observed.add(other.observed)
    expected.add(other.expected)
  }

  func finished() -> (members: Int, observed: [Double], expected: [Double], firstSeason: Int) {
    (members, observed.values, expected.values, firstSeason)
  }
}

/// Second round of ``PooledSeasonality``: how far series stray from the pool's factors, as the number of events that these
/// are worth in the estimate of a series' own.
struct SeasonalSpread: PoolStatistic {
  /// The pool's factors, one a season.
  let factors: [Double]
  /// Weighted variances of the relative factors beyond chance, and the weights.
  private var sums = ExactSums(count: 2)

  init(factors: [Double]) { self.factors = factors }

  mutating func add(_ member: PooledSeasonality.Member) {
    let own = member.evidence.summary(firstSeason: member.history.firstSeason, factors: factors)
    var (sum, weights) = (0.0, 0.0)
    for s in factors.indices {
      let mean = own.expected[s] * factors[s]
      guard mean > 0 else { continue }
      let noise = own.dispersion / mean
      let residual = own.observed[s] / mean - 1
      let weight = (0.01 / (noise + 0.01)) * (0.01 / (noise + 0.01))
      sum += weight * (residual * residual - noise)
      weights += weight
    }
    sums.add([sum, weights])
  }

  mutating func combine(with other: SeasonalSpread) { sums.add(other.sums) }

  /// 1 / (variance between series of the relative factor), by weighted moments with a prior guess worth a few terms.
  func finished() -> Double {
    let (guess, guessWeight) = (0.004, 6.0)
    let totals = sums.values
    return 1 / min(max((totals[0] + guess * guessWeight) / (totals[1] + guessWeight), 1e-5), 0.2)
  }
}
