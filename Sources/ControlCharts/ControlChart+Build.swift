import TimeSeries

extension ControlChart {
  /// Draws up the chart of a series.
  ///
  /// Limits are those of each stretch between rebases, from all its points; runs do not cross a rebase, and a stretch of fewer
  /// than ``judgedPoints`` points has limits but no rules. Partial figures and periods known not to be typical are on the
  /// chart, but neither in the limits nor judged. Sums that overlap have neither limits nor rules.
  ///
  /// - Parameters:
  ///   - rebases: first periods of new stretches, with the reason in words. A rebase before the first figure changes nothing.
  ///   - excluded: whether a period is known not to be typical.
  public init(
    _ series: Series, direction: SPCDirection, target: Double? = nil, rebases: [(period: Period, reason: String)] = [],
    excluded: (Period) -> Bool = { _ in false }
  ) {
    let values = series.values
    let usable = ControlChart.usable(series, excluded: excluded)
    let overlap = OverlappingFigures(series)
    let first = usable.firstIndex(of: true) ?? 0
    let starts = rebases.sorted { ($0.period, $0.reason) < ($1.period, $1.reason) }
      .map { (offset: $0.period - series.start, reason: $0.reason) }
      .filter { $0.offset > first && $0.offset < values.count }
    var bounds: [(start: Int, reason: String?)] = [(0, nil)]
    for start in starts where start.offset > bounds[bounds.count - 1].start {
      bounds.append((start.offset, start.reason))
    }

    var points = values.indices.map { i in
      Point(period: series.start + i, value: values[i], mean: .nan, lower: .nan, upper: .nan, signal: SPCSignal())
    }
    var stretches: [Stretch] = []
    var isScattered = false
    for (k, bound) in bounds.enumerated() {
      let end = k + 1 < bounds.count ? bounds[k + 1].start : values.count
      let range = bound.start..<end
      let used = range.filter { usable[$0] }
      stretches.append(Stretch(range: range, reason: bound.reason, points: used.count))
      guard used.count >= ControlChart.leastPoints, overlap == nil else { continue }
      guard
        let limits = Limits(used.map { values[$0] }, denominators: series.denominators.map { d in used.map { d[$0] } })
      else { continue }
      isScattered = isScattered || limits.isScattered
      let signals =
        used.count >= ControlChart.judgedPoints
        ? spcSignals(
          deviations: used.map { values[$0] - limits.mean }, reaches: limits.reaches, values: used.map { values[$0] })
        : [SPCSignal](repeating: SPCSignal(), count: used.count)
      let held = ControlChart.bounds(series.kind)
      for (position, i) in used.enumerated() {
        points[i] = Point(
          period: series.start + i, value: values[i], mean: limits.mean,
          lower: max(held.lowerBound, limits.mean - limits.reaches[position]),
          upper: min(held.upperBound, limits.mean + limits.reaches[position]), signal: signals[position])
      }
    }
    self.init(
      key: series.key, kind: series.kind == .proportion ? (isScattered ? .pPrime : .p) : .xmr, points: points,
      stretches: stretches, direction: direction, target: target, overlap: overlap)
  }

  /// Which figures limits rest on and rules judge.
  static func usable(_ series: Series, excluded: (Period) -> Bool) -> [Bool] {
    series.values.indices.map { i in
      series.values[i].isFinite && !series.isPartial(series.start + i) && !excluded(series.start + i)
        && (series.denominators?[i] ?? 1) > 0
    }
  }

  /// What a measure of a kind can be.
  private static func bounds(_ kind: MeasureKind) -> ClosedRange<Double> {
    switch kind {
    case .count: 0 ... .infinity
    case .proportion: 0...1
    case .value: -.infinity ... .infinity
    }
  }

  /// Mean and reach of one stretch, whatever the chart.
  struct Limits {
    let mean: Double
    let reaches: [Double]
    let isScattered: Bool

    init?(_ values: [Double], denominators: [Double]?) {
      if let denominators {
        guard let limits = ProportionLimits(values, denominators: denominators) else { return nil }
        (mean, reaches, isScattered) = (limits.mean, limits.reaches, limits.scatter > 1)
      } else {
        guard let limits = XmRLimits(values) else { return nil }
        (mean, isScattered) = (limits.mean, false)
        reaches = [Double](repeating: limits.reach, count: values.count)
      }
    }
  }
}
