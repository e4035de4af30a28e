/// States to begin the search for initial states from: classical decomposition for the season, then a line through the
/// first seasonally adjusted values (Hyndman et al. 2008, section 2.6.1).
struct ETSStartingValues: Sendable {
  var level: Double
  var trend: Double
  /// In order of time from the first period; empty without a season.
  var season: [Double]
  /// Typical size of a one-step change of the adjusted series.
  var noise: Double

  init(_ basis: ETSStartingBasis, form: ETSForm) {
    season = basis.season
    noise = basis.noise
    trend = form.trend == .none ? 0 : basis.slope
    level = form.trend == .none ? basis.mean : basis.mean - basis.slope * basis.center
    // A multiplicative model needs a positive start.
    if form.error == .multiplicative || form.season == .multiplicative, !(level + trend > 0.1 * abs(basis.mean)) {
      level = basis.mean
      trend = 0
    }
    if !(noise > 1e-6) { noise = max(1e-6, 1e-3 * abs(level)) }
  }
}

/// What the starting values of all models with one kind of season have in common.
struct ETSStartingBasis: Sendable {
  /// In order of time from the first period; empty without a season.
  let season: [Double]
  /// Mean and slope of the first seasonally adjusted values, and the period the mean belongs to, counted from 1.
  let mean: Double
  let slope: Double
  let center: Double
  /// Mean size of a one-step change of the adjusted series.
  let noise: Double

  /// - Parameters:
  ///   - y: values without gaps at either end (NaN inside is bridged by a line for this purpose).
  ///   - kind: the season to take out.
  ///   - m: season length; 1 for none.
  init(_ y: [Double], season kind: ETSForm.SeasonKind, m: Int) {
    var adjusted = ObservedStretch.bridged(y)
    let n = adjusted.count
    var figures: [Double] = []
    if kind != .none, m > 1 {
      let multiplicative = kind == .multiplicative
      figures = ClassicalDecomposition(adjusted, m: m, multiplicative: multiplicative, least: 0.01).figures
      for t in 0..<n { adjusted[t] = multiplicative ? adjusted[t] / figures[t % m] : adjusted[t] - figures[t % m] }
    }
    season = figures
    let used = min(max(10, 2 * (kind == .none ? 1 : m)), n)
    let head = adjusted[0..<used]
    mean = head.reduce(0, +) / Double(used)
    center = Double(used + 1) / 2
    var cross = 0.0
    var square = 0.0
    for (i, v) in head.enumerated() {
      cross += (Double(i + 1) - center) * v
      square += (Double(i + 1) - center) * (Double(i + 1) - center)
    }
    slope = square > 0 ? cross / square : 0
    var change = 0.0
    for t in 1..<max(2, n) where t < n { change += abs(adjusted[t] - adjusted[t - 1]) }
    noise = n > 1 ? change / Double(n - 1) : 0
  }
}
