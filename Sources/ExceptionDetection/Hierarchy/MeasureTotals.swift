import TimeSeries

/// The totals of a run: each measure over all areas.
struct MeasureTotals: Sendable {
  /// A total series and the positions in the panel of its parts.
  struct Total: Sendable {
    let series: Series
    let parts: [Int]
  }

  let totals: [Total]

  /// Totals of the measures that at least two areas count, over the span of the panel.
  ///
  /// None for a measure where an area is the sum of the others already, or is named as the total: it would count
  /// everything twice.
  ///
  /// - Parameter name: the area of the totals.
  init(_ panel: Panel, name: String) {
    guard let span = panel.span else {
      totals = []
      return
    }
    var order: [String] = []
    var parts: [String: [Int]] = [:]
    for (index, series) in panel.series.enumerated() {
      guard let measure = series.key.measure, series.kind == .count, series.count > 0 else { continue }
      if parts[measure] == nil { order.append(measure) }
      parts[measure, default: []].append(index)
    }
    totals = order.compactMap { measure in
      let members = parts[measure] ?? []
      let series = members.map { panel.series[$0] }
      guard members.count >= 2, !series.contains(where: { $0.key.area == name }),
        let sum = Series.sum(series, key: SeriesKey(area: name, measure: measure)),
        !series.contains(where: { MeasureTotals.isWhole($0, of: sum) })
      else { return nil }
      return Total(series: sum.padded(to: span), parts: members)
    }
  }

  /// Whether a series is half of a total everywhere, and so the sum of all its other parts.
  private static func isWhole(_ series: Series, of sum: Series) -> Bool {
    var compared = 0
    var counted = false
    for (offset, total) in sum.values.enumerated() where total.isFinite {
      guard let value = series[sum.start + offset], 2 * value == total else { return false }
      compared += 1
      if value > 0 { counted = true }
    }
    return compared >= 3 && counted
  }
}

extension Series {
  /// The same series with missing values before and after it, as far as the span reaches.
  fileprivate func padded(to span: ClosedRange<Period>) -> Series {
    let before = max(0, start - span.lowerBound)
    let missing = { (count: Int) in [Double](repeating: .nan, count: max(0, count)) }
    return Series(
      key: key, start: start - before, values: missing(before) + values + missing(span.upperBound - end), kind: kind,
      partial: partial.map { $0 + before })
  }
}
