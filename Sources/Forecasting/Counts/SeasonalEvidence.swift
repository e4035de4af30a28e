/// What one series says about its season: observed counts against those expected from a local level without season.
struct SeasonalEvidence: Sendable {
  /// Events observed in a period that has a local level; 0 elsewhere.
  var observed: [Double]
  /// Events expected there from the local level and the exposure alone; 0 elsewhere.
  var expected: [Double]
  /// The largest of either.
  private(set) var mostObserved = 0.0
  private(set) var mostExpected = 0.0

  /// Compares a series with its centred local level: the mean of y / (season x exposure) over one cycle centred on the
  /// period (half weights at both ends of an even cycle).
  ///
  /// - Parameters:
  ///   - season: the factors known so far, one a season; all 1 in a first round.
  ///   - coverage: the least share of the cycle that must be observed. Without known factors an incomplete cycle would
  ///     take a season for a level.
  init(_ history: CountHistory, season: [Double], coverage: Double) {
    let n = history.values.count
    let m = history.seasonLength
    var rate = [Double](repeating: 0, count: n)
    var weight = [Double](repeating: 0, count: n)
    var index = history.firstSeason
    for t in 0..<n {
      if !history.values[t].isNaN {
        rate[t] = history.values[t] / (season[index] * history.exposure[t])
        weight[t] = 1
      }
      index = index + 1 == m ? 0 : index + 1
    }
    observed = [Double](repeating: 0, count: n)
    expected = [Double](repeating: 0, count: n)
    // Rates of missing periods are 0.
    let sums = centredSums(rate, cycle: m)
    let totals = centredSums(weight, cycle: m)
    for t in 0..<n where weight[t] > 0 && totals[t] >= coverage * Double(m) && sums[t] > 0 {
      observed[t] = history.values[t]
      expected[t] = history.exposure[t] * sums[t] / totals[t]
      mostObserved = max(mostObserved, observed[t])
      mostExpected = max(mostExpected, expected[t])
    }
  }

  /// Totals by season, and the quasi-Poisson dispersion (at least 1) around `factors`.
  func summary(firstSeason: Int, factors: [Double]) -> (observed: [Double], expected: [Double], dispersion: Double) {
    seasonalSummary(observed: observed, expected: expected, firstSeason: firstSeason, factors: factors)
  }
}

/// Totals by season of events observed and expected, and their dispersion around `factors` (around the ratio of the
/// totals if nil).
func seasonalSummary(
  observed: [Double], expected: [Double], firstSeason: Int, factors: [Double]?, seasonLength: Int? = nil
) -> (observed: [Double], expected: [Double], dispersion: Double) {
  let m = factors?.count ?? seasonLength ?? 1
  var o = [Double](repeating: 0, count: m)
  var e = [Double](repeating: 0, count: m)
  var index = firstSeason
  for t in observed.indices {
    o[index] += observed[t]
    e[index] += expected[t]
    index = index + 1 == m ? 0 : index + 1
  }
  let ratio = factors ?? (0..<m).map { e[$0] > 0 ? max(o[$0], 0.5) / e[$0] : 1 }
  var chiSquare = 0.0
  var used = 0.0
  index = firstSeason
  for t in observed.indices {
    let mean = expected[t] * ratio[index]
    if mean > 0 {
      let residual = observed[t] - mean
      chiSquare += residual * residual / mean
      used += 1
    }
    index = index + 1 == m ? 0 : index + 1
  }
  // Each period is part of its own local level, which takes a cycle's share of the degrees of freedom; so does a ratio
  // estimated from the same periods.
  let freedom = used * (1 - 1 / Double(max(2, m))) - (factors == nil ? Double(m) : 0)
  let mean = used > 0 ? o.reduce(0, +) / used : 0
  // Without replication: what a size of 10 would give, at most 50.
  let fallback = 1 + min(mean / 10, 49)
  return (o, e, freedom >= 1 ? max(1, chiSquare / freedom) : fallback)
}

/// Sums over the cycle centred on each period, with half weights at both ends of an even one; 0 beyond the ends.
///
/// They are differences of running totals: a stretch of zeros sums to 0 exactly.
func centredSums(_ x: [Double], cycle: Int) -> [Double] {
  guard cycle > 1 else { return x }
  let n = x.count
  let half = cycle / 2
  let isEven = cycle % 2 == 0
  // The totals up to each period; the periods with a whole weight are those within `reach`.
  let reach = isEven ? half - 1 : half
  var total = 0.0
  var totals = [0.0]
  totals.reserveCapacity(n + 1)
  for value in x {
    total += value
    totals.append(total)
  }
  func sum(_ t: Int) -> Double {
    let whole = totals[min(n, t + reach + 1)] - totals[max(0, t - reach)]
    guard isEven else { return whole }
    return whole + 0.5 * ((t < half ? 0 : x[t - half]) + (t + half < n ? x[t + half] : 0))
  }
  return totals.withUnsafeBufferPointer { totals in
    x.withUnsafeBufferPointer { x in
      [Double](unsafeUninitializedCapacity: n) { sums, count in
        let inner = min(half, n)..<max(min(half, n), n - half)
        for t in 0..<inner.lowerBound { sums[t] = sum(t) }
        if isEven {
          for t in inner { sums[t] = totals[t &+ half] - totals[t &- half &+ 1] + 0.5 * (x[t &- half] + x[t &+ half]) }
        } else {
          for t in inner { sums[t] = totals[t &+ half &+ 1] - totals[t &- half] }
        }
        for t in inner.upperBound..<n { sums[t] = sum(t) }
        count = n
      }
    }
  }
}
