/// The reference forecast of the M competitions' overall weighted average: the last value, of a seasonal series with its
/// season taken out and put back (Makridakis, Spiliotis & Assimakopoulos 2020, *International Journal of Forecasting* 36,
/// 54-74, Appendix A).
///
/// A series is seasonal if it has three seasons, all positive, and its autocorrelation at the season passes the 90 % test
/// with Bartlett's variance; its multiplicative indices are mean ratios to a centred moving average. Missing values (NaN)
/// are left out of every sum, and the last value is the last one observed.
///
/// - Returns: `horizon` values; all NaN if nothing was observed.
public func naive2(history: [Double], seasonLength m: Int, horizon: Int) -> [Double] {
  guard let last = history.lastIndex(where: { !$0.isNaN }) else {
    return [Double](repeating: .nan, count: max(0, horizon))
  }
  guard let index = seasonalIndices(history, m) else {
    return [Double](repeating: history[last], count: max(0, horizon))
  }
  let level = history[last] / index[last % m]
  return (0..<max(0, horizon)).map { level * index[(history.count + $0) % m] }
}

/// Multiplicative indices by position in the history modulo m, with mean 1; nil for a series that is not seasonal.
private func seasonalIndices(_ y: [Double], _ m: Int) -> [Double]? {
  let observed = y.filter { !$0.isNaN }
  guard m > 1, y.count >= 3 * m, observed.allSatisfy({ $0 > 0 }) else { return nil }
  let mean = observed.reduce(0, +) / Double(observed.count)
  let x = y.map { $0.isNaN ? 0 : $0 - mean }
  let variance = x.reduce(0) { $0 + $1 * $1 }
  guard variance > 0 else { return nil }
  let correlations = (1...m).map { lag in
    (lag..<x.count).reduce(0) { $0 + x[$1] * x[$1 - lag] } / variance
  }
  let bartlett = 1 + 2 * correlations.dropLast().reduce(0) { $0 + $1 * $1 }
  guard correlations[m - 1].magnitude > 1.645 * (bartlett / Double(observed.count)).squareRoot() else { return nil }

  // An even season needs half weights at both ends to be centred.
  let half = m / 2
  let ends = m % 2 == 0 ? 0.5 : 1
  var sums = [Double](repeating: 0, count: m)
  var counts = sums
  for t in half..<(y.count - half) {
    let inner = y[(t - half + 1)..<(t + half)].reduce(0, +)
    let average = (inner + ends * (y[t - half] + y[t + half])) / Double(m)
    let ratio = y[t] / average
    guard ratio.isFinite else { continue }
    sums[t % m] += ratio
    counts[t % m] += 1
  }
  guard counts.allSatisfy({ $0 > 0 }) else { return nil }
  let index = zip(sums, counts).map { $0 / $1 }
  let level = index.reduce(0, +) / Double(m)
  return index.map { $0 / level }
}
