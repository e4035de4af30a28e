import NumericCore

/// First round of ``PooledSeasonality``: the span of a pool, and bounds of its events observed and expected.
struct SeasonalReach: PoolStatistic {
  private var span = PoolSpan()

  mutating func add(_ member: PooledSeasonality.Member) {
    span.add(
      first: member.history.series.start.ordinal, count: member.evidence.observed.count,
      season: member.history.firstSeason, peaks: [member.evidence.mostObserved, member.evidence.mostExpected])
  }

  mutating func combine(with other: SeasonalReach) { span.combine(with: other.span) }

  func finished() -> PoolSpan { span }
}

/// Second round of ``PooledSeasonality``: events observed and expected of a pool, period by period.
struct SeasonalTotals: PoolStatistic {
  private let first: Int
  private var observed: GridSums
  private var expected: GridSums

  init(_ span: PoolSpan) {
    let bounds = span.bounds
    first = span.first
    observed = GridSums(count: span.count, bound: bounds[0])
    expected = GridSums(count: span.count, bound: bounds[1])
  }

  mutating func add(_ member: PooledSeasonality.Member) {
    let offset = member.history.series.start.ordinal - first
    observed.add(member.evidence.observed, at: offset)
    expected.add(member.evidence.expected, at: offset)
  }

  mutating func combine(with other: SeasonalTotals) {
    observed.add(other.observed)
    expected.add(other.expected)
  }

  func finished() -> (observed: [Double], expected: [Double]) { (observed.values, expected.values) }
}

/// Third round of ``PooledSeasonality``: how far series stray from the pool's factors, as the number of events that these
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
