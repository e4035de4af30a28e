import TimeSeries

/// The points that a chart's latest limits rest on, as a series of their own.
struct LatestStretch: Sendable {
  /// From the first point to the last; periods that are in no limit are missing.
  let series: Series
  /// Offsets of the points within it.
  let used: [Int]

  /// - Parameter excluded: whether a period is known not to be typical.
  ///
  /// Nil where the chart judges nothing: no limits, or too few points.
  init?(_ chart: ControlChart, _ whole: Series, excluded: (Period) -> Bool) {
    guard chart.overlap == nil, let stretch = chart.latestStretch, stretch.points >= ControlChart.judgedPoints else {
      return nil
    }
    let usable = ControlChart.usable(whole, excluded: excluded)
    let points = stretch.range.filter { usable[$0] }
    guard let first = points.first, let last = points.last else { return nil }
    let range = first...last
    series = Series(
      key: whole.key, start: whole.start + first, values: range.map { usable[$0] ? whole.values[$0] : .nan },
      kind: whole.kind, denominators: whole.denominators.map { Array($0[range]) })
    used = points.map { $0 - first }
  }
}
