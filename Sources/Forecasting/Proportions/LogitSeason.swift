import NumericCore
import TimeSeries

/// What a series says of its season: numerators against those expected of a local share, the share of the cycle centred on
/// each period.
struct LogitSeasonEvidence: Sendable {
  /// Numerators, denominators and logits of the local share of the periods that have one; one array a season.
  private let periods: [[(x: Double, n: Double, logit: Double)]]

  init(_ history: ProportionHistory) {
    let m = history.seasonLength
    var periods = [[(x: Double, n: Double, logit: Double)]](repeating: [], count: m)
    let seen = history.denominators.map { $0 > 0 ? 1.0 : 0 }
    let (x, n) = (centredSums(history.numerators, cycle: m), centredSums(history.denominators, cycle: m))
    let weights = centredSums(seen, cycle: m)
    for t in seen.indices where seen[t] > 0 && weights[t] >= 0.8 * Double(m) && x[t] > 0 && x[t] < n[t] {
      let season = (history.series.start.seasonIndex + t) % m
      periods[season].append((history.numerators[t], history.denominators[t], logarithm(x[t] / (n[t] - x[t]))))
    }
    self.periods = periods
  }

  /// Score and information of a season's offset at `offset`, and Pearson's chi-square there with the periods it has.
  func summary(
    _ season: Int, at offset: Double
  ) -> (score: Double, information: Double, chiSquare: Double, used: Double) {
    var (score, information, chiSquare) = (0.0, 0.0, 0.0)
    for (x, n, logit) in periods[season] {
      let p = 1 / (1 + exponential(-logit - offset))
      let variance = n * p * (1 - p)
      score += x - n * p
      information += variance
      chiSquare += (x - n * p) * (x - n * p) / max(variance, 1e-9)
    }
    return (score, information, chiSquare, Double(periods[season].count))
  }

  /// How far the series' own offsets lie from those of its pool, and the variance of that; infinite where nothing is known.
  func deviations(from offsets: [Double]) -> [(deviation: Double, noise: Double)] {
    let parts = offsets.indices.map { summary($0, at: offsets[$0]) }
    let used = parts.reduce(0) { $0 + $1.used }
    let freedom = used * (1 - 1 / Double(max(2, offsets.count)))
    let dispersion = freedom >= 1 ? max(1, parts.reduce(0) { $0 + $1.chiSquare } / freedom) : 1
    return parts.map { part in
      part.information > 0
        ? (min(max(part.score / part.information, -2), 2), dispersion / part.information) : (0, .infinity)
    }
  }
}

/// Seasonal offsets of a measure's proportions on the logit's scale, pooled over its areas and shrunk twice by evidence, as
/// the counts model's factors are (``PooledSeasonality``): the pool's towards none, a series' towards the pool's.
struct LogitSeason: Sendable {
  /// Mean 0, one a season, with their variances.
  private(set) var offsets: [Double]
  private(set) var variances: [Double]
  /// Variance of a series' offset around the pool's; 0 in a pool of one.
  private(set) var between = 0.0

  /// Estimates a pool's offsets.
  init(_ members: [LogitSeasonEvidence], seasonLength: Int) {
    self.init(LocalMembers(members), seasonLength: seasonLength)
  }

  /// Estimates a pool's offsets from its series, wherever they are.
  init(_ members: some PoolMembers<LogitSeasonEvidence>, seasonLength m: Int) {
    offsets = [Double](repeating: 0, count: max(1, m))
    variances = offsets
    guard m > 1 else { return }
    var raw = offsets
    var at = LogitSeasonScores.Finding()
    // Newton's steps of the offsets: the second ends within a thousandth for any season met with.
    for _ in 0..<2 {
      at = members.gather(LogitSeasonScores(offsets: raw)).finished()
      for s in 0..<m where at.information[s] > 0 {
        raw[s] = min(max(raw[s] + at.scores[s] / at.information[s], -2), 2)
      }
    }
    let information = at.information
    let seen = (0..<m).filter { information[$0] > 0 }
    guard seen.count > 1 else { return }
    let freedom = at.used * (1 - 1 / Double(m)) - Double(m)
    let dispersion = freedom >= 1 ? max(1, at.chiSquare / freedom) : 2
    let noise = seen.map { dispersion / information[$0] }
    let centre = seen.reduce(0) { $0 + raw[$1] } / Double(seen.count)
    let spread = seen.reduce(0) { $0 + (raw[$1] - centre) * (raw[$1] - centre) } / Double(seen.count - 1)
    let signal = max(0, spread - noise.reduce(0, +) / Double(noise.count))
    for (s, v) in zip(seen, noise) where signal > 0 {
      let kept = signal / (signal + v)
      offsets[s] = kept * (raw[s] - centre)
      variances[s] = kept * v
    }
    for s in 0..<m where information[s] == 0 { variances[s] = signal }
    if at.members > 1 { between = members.gather(LogitSeasonSpread(offsets: offsets)).finished() }
  }

  /// The offsets of one series and their variances.
  func offsets(of member: LogitSeasonEvidence) -> (offsets: [Double], variances: [Double]) {
    guard offsets.count > 1, between > 0 else { return (offsets, variances) }
    var (result, spread) = (offsets, variances)
    for (s, (deviation, noise)) in member.deviations(from: offsets).enumerated() {
      let kept = noise.isFinite ? between / (between + noise) : 0
      result[s] += kept * deviation
      spread[s] += between * (1 - kept)
    }
    let centre = result.reduce(0, +) / Double(result.count)
    return (result.map { $0 - centre }, spread)
  }
}
