import NumericCore
import TimeSeries

/// The futures of a measure: which of its joint draws are good years for the measure as a whole, and which are bad.
///
/// Path 12 of one area and path 12 of another then are one future, and totals over areas are added up path by path. The
/// futures depend on the seed, the measure's name and nothing else, so that districts and forces share them.
struct SharedFutures: Sendable {
  /// The shock of each path in standard deviations.
  private let shocks: [Double]
  /// Standard deviation of the shock to a total, as a logarithm.
  private let deviation: Double

  /// The largest correlation of a series' total with the shock: what is left of its own.
  static let mostCorrelated = 0.95

  /// The futures of a pool; nil where it shares none.
  init?(pool: [Series], horizon: Int, pathCount: Int, seed: UInt64) {
    guard horizon > 0, pathCount > 1, let first = pool.first, let measure = first.key.measure,
      let shock = MeasureShock(pool: pool)
    else { return nil }
    var random = RandomSource(seed: seed, stream: "futures of \(measure)")
    var shocks = SamplePaths.deviates(pathCount)
    shocks.shuffle(using: &random)
    self.init(shocks: shocks, deviation: shock.deviation(horizon: horizon, frequency: first.start.frequency))
  }

  /// Futures with these shocks.
  init(shocks: [Double], deviation: Double) {
    self.shocks = shocks
    self.deviation = deviation
  }

  /// The same paths in another order, so that their totals hang together with the shocks as far as the shock makes up what
  /// the forecast leaves open, and by how much: the correlation of the total's normal score with the shock.
  ///
  /// Only the order changes: every number of the series alone is what it was. (A normal copula by ranks: Iman & Conover
  /// 1982, *Communications in Statistics B* 11, 311-334.)
  func ordered(_ paths: SamplePaths, _ random: inout RandomSource) -> (paths: SamplePaths, loading: Double) {
    let totals = paths.totals()
    guard paths.count == shocks.count, totals.allSatisfy(\.isFinite) else { return (paths, 0) }
    let byTotal = totals.indices.sorted { totals[$0] != totals[$1] ? totals[$0] < totals[$1] : $0 < $1 }
    let loading = loading(lower: totals[byTotal[totals.count / 10]], upper: totals[byTotal[totals.count * 9 / 10]])
    guard loading > 0 else { return (paths, 0) }
    let own = (1 - loading * loading).squareRoot()
    let scores = shocks.map { loading * $0 + own * random.normal() }
    let byScore = scores.indices.sorted { scores[$0] != scores[$1] ? scores[$0] < scores[$1] : $0 < $1 }
    let horizon = paths.horizon
    var values = paths.values
    for (from, to) in zip(byTotal, byScore) {
      for h in 0..<horizon { values[to * horizon + h] = paths.values[from * horizon + h] }
    }
    return (SamplePaths(horizon: horizon, count: paths.count, values: values), loading)
  }

  /// The shock's share of a total's spread: half a count is added, since logarithms of few counts scatter without bound.
  func loading(lower: Double, upper: Double) -> Double {
    guard lower >= 0, upper > lower else { return 0 }
    let spread = logarithm((upper + 0.5) / (lower + 0.5)) / (2 * SharedFutures.tenth)
    return spread > 0 ? min(SharedFutures.mostCorrelated, deviation / spread) : 0
  }

  /// Distance of the bound of a central 80 % interval from the middle, in standard deviations.
  private static let tenth = 1.281551565544600
}
