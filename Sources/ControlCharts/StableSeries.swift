import ExceptionDetection
import NumericCore
import TimeSeries

/// A process in which nothing is new: the level, scatter and season that a series has had since its last rebase, for measuring how often
/// a control chart of it would raise an alarm all the same.
struct StableSeries: Sendable {
  private let start: Period
  private let kind: MeasureKind
  /// Expected values, one a period.
  private let means: [Double]
  /// Of counts the negative binomial's size, of proportions alpha + beta of the beta; infinite for no more than chance.
  private let sizes: [Double]
  private let denominators: [Double]?

  /// The process behind a stretch of a series.
  ///
  /// - Parameter range: offsets of the stretch; its missing and partial periods are left out.
  init?(_ series: Series, range: Range<Int>, settings: BaselineSettings = BaselineSettings()) {
    let trusted = series.trusted
    let used = range.filter { trusted.values[$0].isFinite && (series.denominators?[$0] ?? 1) > 0 }
    guard used.count >= ControlChart.leastPoints else { return nil }
    let values = used.map { series.values[$0] }
    start = series.start
    kind = series.kind
    switch series.kind {
    case .count:
      guard !values.contains(where: { $0 < 0 }) else { return nil }
      let frequency = series.start.frequency
      let dayAdjusted = frequency == .monthly || frequency == .quarterly
      var counts = ExposedCounts(
        ordinals: used.map { series.start.ordinal + $0 }, counts: values,
        exposures: used.map { dayAdjusted ? Double((series.start + $0).days) : 1 })
      let season = SeasonFit(
        counts, frequency: frequency, stretch: [Int](repeating: 0, count: values.count), prior: nil, settings: settings)
      counts.exposures = season.exposures(counts, frequency: frequency, settings: settings)
      let size = pairedSize(counts: values, exposures: counts.exposures)
      let level = values.reduce(0, +) / Double(values.count)
      means = counts.exposures.map { level * $0 }
      sizes = counts.exposures.map { size * $0 }
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

  /// Share of simulated stretches whose last point shows special cause.
  func falseAlarmRate(_ key: SeriesKey, simulations: Int, seed: UInt64) -> Double {
    var random = RandomSource(seed: seed, stream: key.uniqueID)
    var alarms = 0
    for _ in 0..<simulations {
      let values = means.indices.map { draw($0, &random) }
      guard let limits = ControlChart.Limits(values, denominators: denominators) else { continue }
      let signals = spcSignals(
        deviations: values.map { $0 - limits.mean }, reaches: limits.reaches, values: values)
      if let last = signals.last, !last.rules.isEmpty { alarms += 1 }
    }
    return Double(alarms) / Double(max(simulations, 1))
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
