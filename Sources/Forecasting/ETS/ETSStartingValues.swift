/// States to begin the search for initial states from: classical decomposition for the season, then a line through the
/// first seasonally adjusted values (Hyndman et al. 2008, section 2.6.1).
struct ETSStartingValues: Sendable {
  var level: Double
  var trend: Double
  /// In order of time from the first period; empty without a season.
  var season: [Double]
  /// Typical size of a one-step change of the adjusted series.
  var noise: Double

  /// - Parameters:
  ///   - y: values without gaps at either end (NaN inside is bridged by a line for this purpose).
  ///   - m: season length; 1 for none.
  init(_ y: [Double], form: ETSForm, m: Int) {
    let filled = ObservedStretch.bridged(y)
    let n = filled.count
    var adjusted = filled
    season = []
    if form.season != .none, m > 1 {
      let multiplicative = form.season == .multiplicative
      season = ClassicalDecomposition(filled, m: m, multiplicative: multiplicative, least: 0.01).figures
      for t in 0..<n { adjusted[t] = multiplicative ? filled[t] / season[t % m] : filled[t] - season[t % m] }
    }
    let used = min(max(10, 2 * m), n)
    let head = adjusted[0..<used]
    let mean = head.reduce(0, +) / Double(used)
    let center = Double(used + 1) / 2
    var cross = 0.0
    var square = 0.0
    for (i, v) in head.enumerated() {
      cross += (Double(i + 1) - center) * v
      square += (Double(i + 1) - center) * (Double(i + 1) - center)
    }
    let slope = square > 0 ? cross / square : 0
    trend = form.trend == .none ? 0 : slope
    level = form.trend == .none ? mean : mean - slope * center
    // A multiplicative model needs a positive start.
    if form.error == .multiplicative || form.season == .multiplicative, !(level + trend > 0.1 * abs(mean)) {
      level = mean
      trend = 0
    }
    var change = 0.0
    for t in 1..<max(2, n) where t < n { change += abs(adjusted[t] - adjusted[t - 1]) }
    noise = n > 1 ? change / Double(n - 1) : 0
    if !(noise > 1e-6) { noise = max(1e-6, 1e-3 * abs(level)) }
  }
}
