import NumericCore
import TimeSeries

/// What the members would have forecast for the last periods of a series from the periods before them.
struct HeldOutForecasts: Sendable {
  /// Mean count of the periods before.
  let mean: Double
  /// Mean absolute difference of those from the same season a cycle before, which losses are divided by; > 0.
  let scale: Double
  /// The values held out; NaN where missing.
  let actual: [Double]
  /// Quantiles by step at ``grid``: of the counts model, and the average of the classical members.
  let counts: [[Double]]
  let classical: [[Double]]

  /// Where forecasts are compared with what came.
  static let grid = QuantileLevels([50, 80, 95])
  /// Periods held out.
  static let periods = 12

  /// Splits a series before its last `periods` periods; nil where too little is left for a season of its own, or there is
  /// no difference to divide by.
  static func split(_ series: Series, periods: Int) -> (history: Series, actual: [Double], scale: Double)? {
    guard periods > 0, series.count > periods else { return nil }
    let history = series.replacing(values: Array(series.values.dropLast(periods)))
    guard !CountHistory(history).isShort else { return nil }
    let m = history.start.frequency.seasonLength
    var sum = 0.0
    var n = 0.0
    for t in history.values.indices.dropFirst(m) {
      let difference = abs(history.values[t] - history.values[t - m])
      guard difference.isFinite else { continue }
      sum += difference
      n += 1
    }
    return sum > 0 ? (history, Array(series.values.suffix(periods)), sum / n) : nil
  }

  /// Forecasts that were made.
  init(mean: Double, scale: Double, actual: [Double], counts: [[Double]], classical: [[Double]]) {
    self.mean = mean
    self.scale = scale
    self.actual = actual
    self.counts = counts
    self.classical = classical
  }

  /// Forecasts from `history`, which `model` was fitted to; nil where no classical member can be.
  init?(history: Series, actual: [Double], scale: Double, model: CountsModel) {
    // The two quick members speak for all classical ones.
    guard let combined = try? Combination.fit(history, counts: nil, blend: .classicalOnly, size: .small) else {
      return nil
    }
    let grid = HeldOutForecasts.grid
    let alone = CombinationModel(history, members: [.init(weight: 1, model: model)], stretch: 1)
    self.init(
      mean: history.observedMean, scale: scale, actual: actual,
      counts: alone.average(horizon: actual.count, grid).quantiles,
      classical: combined.average(horizon: actual.count, grid).quantiles)
  }

  /// Quantiles of a blend at a step, whole.
  private func quantiles(_ h: Int, _ share: Double) -> [Double] {
    zip(counts[h], classical[h]).map { ((1 - share) * $0 + share * $1).rounded() }
  }

  /// Mean pinball loss of a blend over steps and levels in units of ``scale``; 0 where nothing was seen.
  func loss(classical share: Double) -> Double {
    let probabilities = HeldOutForecasts.grid.probabilities
    var sum = 0.0
    var n = 0.0
    for (h, y) in actual.enumerated() where y.isFinite {
      for (p, q) in zip(probabilities, quantiles(h, share)) {
        sum += y >= q ? p * (y - q) : (1 - p) * (q - y)
        n += 1
      }
    }
    return n > 0 ? sum / (n * scale) : 0
  }

  /// How far values fell from the median of a blend, in units of the distance of the bound of a level on their side: an
  /// interval stretched by the score's quantile would have held that share. A count falls anywhere within half of it.
  func conformalScores(classical share: Double, level: Int) -> [Double] {
    let middle = HeldOutForecasts.grid.levels.count
    return actual.indices.filter { actual[$0].isFinite }.map { h in
      let q = zip(counts[h], classical[h]).map { (1 - share) * $0 + share * $1 }
      let y = actual[h]
      let bound = y >= q[middle] ? q[middle + 1 + level] : q[middle - 1 - level]
      return max(0, abs(y - q[middle]) - 0.25) / max(abs(bound - q[middle]), 0.5)
    }
  }
}
