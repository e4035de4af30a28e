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

  /// Estimates a pool's factors from the evidence of its series, given in a fixed order.
  init(_ members: [(history: CountHistory, evidence: SeasonalEvidence)], seasonLength m: Int) {
    self.init(none: m)
    guard m > 1, let first = members.map({ $0.history.series.start.ordinal }).min(),
      let last = members.map({ $0.history.series.end.ordinal }).max(), last >= first,
      let firstSeason = members.first(where: { $0.history.series.start.ordinal == first })?.history.firstSeason
    else { return }
    var observed = [Double](repeating: 0, count: last - first + 1)
    var expected = observed
    for (history, evidence) in members {
      let offset = history.series.start.ordinal - first
      for t in evidence.observed.indices {
        observed[offset + t] += evidence.observed[t]
        expected[offset + t] += evidence.expected[t]
      }
    }
    // The dispersion is that of the pool's totals over time, so that shocks common to its areas count as noise.
    let total = seasonalSummary(
      observed: observed, expected: expected, firstSeason: firstSeason, factors: nil, seasonLength: m)
    shrink(total.observed, total.expected, total.dispersion)
    if members.count > 1 { priorEvents = PooledSeasonality.priorEvents(members, factors) }
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

  /// 1 / (variance between series of the relative factor), by weighted moments with a prior guess worth a few terms.
  private static func priorEvents(
    _ members: [(history: CountHistory, evidence: SeasonalEvidence)], _ factors: [Double]
  ) -> Double {
    let guess = 0.004
    let guessWeight = 6.0
    var sum = guess * guessWeight
    var weights = guessWeight
    for (history, evidence) in members {
      let own = evidence.summary(firstSeason: history.firstSeason, factors: factors)
      for s in factors.indices {
        let mean = own.expected[s] * factors[s]
        guard mean > 0 else { continue }
        let noise = own.dispersion / mean
        let residual = own.observed[s] / mean - 1
        let weight = (0.01 / (noise + 0.01)) * (0.01 / (noise + 0.01))
        sum += weight * (residual * residual - noise)
        weights += weight
      }
    }
    return 1 / min(max(sum / weights, 1e-5), 0.2)
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
