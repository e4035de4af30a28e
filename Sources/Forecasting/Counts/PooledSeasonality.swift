import NumericCore

/// Multiplicative seasonal factors of a pool of series (one measure over areas), and how far single series stray.
///
/// Two shrinkages, both by evidence. The pool's log ratios of observed to expected events are shrunk towards no season
/// by tau² / (tau² + v_s), tau² being what their spread exceeds their sampling variance by (empirical Bayes; Efron &
/// Morris 1975). A series' factors are the gamma-Poisson posterior means around the pool's, with a prior worth
/// `priorEvents` events, estimated by moments from all series of the pool. Ouwehand, Hyndman et al. (2007), Withycombe
/// (1989) and Bunn & Vassilopoulos (1999) show why seasonality should be estimated in groups.
struct PooledSeasonality: Sendable {
  /// The pool's factors, one a season, mean 1.
  var factors: [Double]
  /// Relative variance of the pool's factors.
  var relativeVariance: [Double]
  /// Events that the pool's factor is worth in the estimate of a single series' factor; infinite in a pool of one.
  var priorEvents: Double

  /// No season.
  init(none seasonLength: Int) {
    factors = [Double](repeating: 1, count: seasonLength)
    relativeVariance = [Double](repeating: 0, count: seasonLength)
    priorEvents = .infinity
  }

  /// A series with what it says of its season.
  typealias Member = (history: CountHistory, evidence: SeasonalEvidence)

  /// Estimates a pool's factors from the evidence of its series, added by so many threads at once.
  init(_ members: [Member], seasonLength: Int, threads: Int = 1) {
    self.init(SharedMembers(members, threads: threads), seasonLength: seasonLength)
  }

  /// Estimates a pool's factors from the evidence of its series, wherever they are.
  init(_ members: some PoolMembers<Member>, seasonLength m: Int) {
    self.init(none: m)
    guard m > 1 else { return }
    let span = members.gather(SeasonalReach()).finished()
    guard span.count > 0 else { return }
    let pool = members.gather(SeasonalTotals(span)).finished()
    // The dispersion is that of the pool's totals over time, so that shocks common to its areas count as noise.
    let total = seasonalSummary(
      observed: pool.observed, expected: pool.expected, firstSeason: span.firstSeason, factors: nil, seasonLength: m)
    shrink(total.observed, total.expected, total.dispersion)
    if span.members > 1 { priorEvents = members.gather(SeasonalSpread(factors: factors)).finished() }
  }

  private mutating func shrink(_ observed: [Double], _ expected: [Double], _ dispersion: Double) {
    let m = factors.count
    let seen = (0..<m).filter { expected[$0] > 0 }
    guard seen.count > 1 else { return }
    var logRatio = [Double](repeating: 0, count: m)
    var variance = [Double](repeating: 0, count: m)
    for s in seen {
      logRatio[s] = logarithm((observed[s] + 0.5) / (expected[s] + 0.5))
      variance[s] = dispersion / (observed[s] + 0.5)
    }
    let center = seen.reduce(0) { $0 + logRatio[$1] } / Double(seen.count)
    let spread = seen.reduce(0) { $0 + (logRatio[$1] - center) * (logRatio[$1] - center) } / Double(seen.count - 1)
    let noise = seen.reduce(0) { $0 + variance[$1] } / Double(seen.count)
    let signal = max(0, spread - noise)
    for s in 0..<m {
      guard expected[s] > 0, signal > 0 else {
        relativeVariance[s] = signal
        continue
      }
      let kept = signal / (signal + variance[s])
      factors[s] = exponential(kept * (logRatio[s] - center))
      relativeVariance[s] = kept * variance[s]
    }
    let mean = factors.reduce(0, +) / Double(m)
    for s in 0..<m { factors[s] /= mean }
  }

  /// The factors of one series, mean 1, and their relative variances.
  func factors(of history: CountHistory, _ evidence: SeasonalEvidence) -> (factors: [Double], variance: [Double]) {
    guard factors.count > 1, priorEvents.isFinite else { return (factors, relativeVariance) }
    let own = evidence.summary(firstSeason: history.firstSeason, factors: factors)
    var result = factors
    var variance = relativeVariance
    for s in factors.indices {
      let mean = own.expected[s] * factors[s]
      let scale = (own.observed[s] / own.dispersion + priorEvents) / (mean / own.dispersion + priorEvents)
      result[s] *= scale
      variance[s] += scale / (mean / own.dispersion + priorEvents)
    }
    let mean = result.reduce(0, +) / Double(result.count)
    return (result.map { $0 / mean }, variance)
  }
}
