import NumericCore
import TimeSeries

/// A process of proportions, values or yearly counts in which nothing is new: the level and scatter that a series has had since its last rebase,
/// for measuring how often a control chart of it would raise an alarm all the same. Counts within years have ``CountStretches``,
/// which drift and have seasons; nothing is known here of how proportions, values and yearly counts drift.
struct StableSeries: Sendable {
  private let kind: MeasureKind
  /// Expected values, one a point.
  private let means: [Double]
  /// Of proportions alpha + beta of the beta, of counts the size of the negative binomial; infinite for no more than chance.
  private let sizes: [Double]
  private let denominators: [Double]?

  /// The process behind a stretch of a series; nil for counts within years and for fewer points than limits need.
  ///
  /// - Parameter used: offsets of the points of the stretch.
  init?(_ series: Series, used: [Int]) {
    guard used.count >= ControlChart.leastPoints else { return nil }
    let values = used.map { series.values[$0] }
    kind = series.kind
    switch series.kind {
    case .count:
      guard series.start.frequency.seasonLength == 1 else { return nil }
      let mean = values.reduce(0, +) / Double(values.count)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
      means = values.map { _ in mean }
      sizes = values.map { _ in variance > mean ? mean * mean / (variance - mean) : .infinity }
      denominators = nil
    case .proportion:
      guard let denominators = series.denominators else { return nil }
      let wholes = used.map { denominators[$0] }
      guard let limits = ProportionLimits(values, denominators: wholes) else { return nil }
      means = [Double](repeating: limits.mean, count: values.count)
      // A beta-binomial's variance is binomial times 1 + (n - 1) / (size + 1); its scatter here the same at every n.
      let excess = limits.scatter * limits.scatter - 1
      sizes = wholes.map { excess > 0 ? max(1e-3, ($0 - 1) / excess - 1) : .infinity }
      self.denominators = wholes
    case .value:
      means = [Double](repeating: 0, count: values.count)
      sizes = means
      denominators = nil
    }
  }

  /// How often the last points of simulated stretches would stand out.
  func falseAlarms(_ key: SeriesKey, simulations: Int, seed: UInt64) -> FalseAlarmRates {
    var random = RandomSource(seed: seed, stream: key.uniqueID)
    return FalseAlarmRates(of: simulations, denominators: denominators) { _ in
      means.indices.map { draw($0, &random) }
    }
  }

  private func draw(_ i: Int, _ random: inout RandomSource) -> Double {
    switch kind {
    case .count: return random.negativeBinomial(mean: means[i], size: sizes[i])
    case .value: return random.normal()
    case .proportion:
      let whole = denominators?[i] ?? 0
      return whole > 0 ? random.betaBinomial(trials: whole, mean: means[i], size: sizes[i]) / whole : 0
    }
  }
}
