import NumericCore

/// How often a series is differenced before an ARMA process is fitted to it, by the tests of R's `auto.arima`.
enum DifferencingTests {
  /// Differences at lag 1 (at most 2): as long as the hypothesis of a steady level is rejected at 5 %. Missing values are left
  /// out, and those next to them follow each other.
  static func differences(_ y: [Double]) -> Int {
    var x = y.filter { !$0.isNaN }
    var d = 0
    while d < 2, x.count > 2, !isConstant(x), levelStatistic(x) > criticalValue {
      d += 1
      x = (1..<x.count).map { x[$0] - x[$0 - 1] }
    }
    return d
  }

  /// The 5 % point of the test for a steady level: Kwiatkowski, Phillips, Schmidt & Shin 1992, table 1.
  static let criticalValue = 0.463

  /// The statistic of Kwiatkowski, Phillips, Schmidt & Shin (1992, Journal of Econometrics 54, 159-178) for a steady level,
  /// with trunc(3 sqrt(n) / 13) lags under Bartlett's window.
  static func levelStatistic(_ x: [Double]) -> Double {
    let n = Double(x.count)
    let mean = x.reduce(0, +) / n
    let e = x.map { $0 - mean }
    var (sum, squares) = (0.0, 0.0)
    for value in e {
      sum += value
      squares += sum * sum
    }
    let lags = Int(3 * n.squareRoot() / 13)
    var variance = e.reduce(0) { $0 + $1 * $1 } / n
    for k in 1..<max(1, lags) + 1 where k <= lags {
      var cross = 0.0
      for t in k..<e.count { cross += e[t] * e[t - k] }
      variance += 2 / n * (1 - Double(k) / Double(lags + 1)) * cross
    }
    return variance > 0 ? squares / (n * n) / variance : 0
  }

  /// Whether a seasonal difference is taken: where the season makes up more than 0.64 of the variance of season and
  /// remainder together.
  static func takesSeasonalDifference(_ y: [Double], m: Int) -> Bool {
    seasonalStrength(y, m: m) > criticalStrength
  }

  static let criticalStrength = 0.64

  /// 1 - var(remainder) / var(season + remainder) of the decomposition by loess, at least 0 (Wang, Smith & Hyndman 2006, Data
  /// Mining and Knowledge Discovery 13, 335-364).
  ///
  /// - Parameter y: values, NaN where missing, the first and the last observed, of more than two cycles.
  static func seasonalStrength(_ y: [Double], m: Int) -> Double {
    let parts = STL(period: m).decompose(y)
    func variance(_ value: (Int) -> Double) -> Double {
      let seen = y.indices.filter { !y[$0].isNaN }
      let values = seen.map(value)
      let mean = values.reduce(0, +) / Double(values.count)
      return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
    }
    let together = variance { y[$0] - parts.trend[$0] }
    guard together > 0 else { return 0 }
    return max(0, 1 - variance { y[$0] - parts.trend[$0] - parts.seasonal[$0] } / together)
  }

  /// Whether all values are the same but for rounding.
  static func isConstant(_ x: [Double]) -> Bool {
    guard let low = x.min(), let high = x.max() else { return true }
    return high - low <= 1e-9 * max(low.magnitude, high.magnitude)
  }
}
