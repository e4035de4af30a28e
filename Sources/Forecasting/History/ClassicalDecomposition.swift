/// Seasonal figures by classical decomposition: means, season by season, of the values against their centred moving
/// average over one cycle (Hyndman & Athanasopoulos 2021, Forecasting: Principles and Practice, 3rd ed., 3.4).
struct ClassicalDecomposition {
  /// One figure a season from that of the first value; they sum to 0, or (multiplicative) have the mean 1.
  let figures: [Double]
  /// Squared standard error of a figure, averaged over the seasons; NaN where no season was seen twice.
  let variance: Double
  private let centre: Double

  /// - Parameters:
  ///   - y: values without gaps.
  ///   - m: season length.
  ///   - multiplicative: whether values are compared with the moving average by their ratio; else by their difference.
  ///   - least: multiplicative figures are at least this much of the moving average.
  init(_ y: [Double], m: Int, multiplicative: Bool, least: Double = 0) {
    let n = y.count
    let half = m / 2
    centre = multiplicative ? 1 : 0
    var mean = [Double](repeating: centre, count: m)
    var squares = [Double](repeating: 0, count: m)
    var count = squares
    if n > 2 * half {
      for t in half..<n - half {
        var average = m % 2 == 0 ? -0.5 * (y[t - half] + y[t + half]) : 0
        for j in t - half...t + half { average += y[j] }
        average /= Double(m)
        guard !multiplicative || average > 1e-8 else { continue }
        let value = multiplicative ? y[t] / average : y[t] - average
        let s = t % m
        count[s] += 1
        let difference = value - mean[s]
        mean[s] = count[s] == 1 ? value : mean[s] + difference / count[s]
        if count[s] > 1 { squares[s] += difference * (value - mean[s]) }
      }
    }
    var variance = 0.0
    var repeated = 0.0
    for s in 0..<m where count[s] > 1 {
      variance += squares[s] / ((count[s] - 1) * count[s])
      repeated += 1
    }
    self.variance = repeated > 0 ? variance / repeated : .nan
    if multiplicative { for s in 0..<m { mean[s] = max(mean[s], least) } }
    let overall = mean.reduce(0, +) / Double(m)
    figures = multiplicative ? mean.map { overall > 0 ? $0 / overall : 1 } : mean.map { $0 - overall }
  }

  /// The figures drawn towards no season by the James-Stein estimator, the more so the larger their error beside their
  /// spread: the share taken away is (m - 3) / (m - 1) x V / (V + max(0, S - V)), with V the ``variance`` of a figure and
  /// S the mean square of the figures about the centre, by m - 1 (Miller & Williams 2003, International Journal of
  /// Forecasting 19, 669-684).
  var shrunken: [Double] {
    let m = Double(figures.count)
    guard m > 3, variance > 0 else { return figures }
    let spread = figures.reduce(0) { $0 + ($1 - centre) * ($1 - centre) } / (m - 1)
    let share = (m - 3) / (m - 1) * variance / max(variance, spread)
    return figures.map { centre + (1 - share) * ($0 - centre) }
  }
}
