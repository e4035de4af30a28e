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
  /// - Parameters:
  ///   - name: the area of the totals.
  ///   - known: areas of which it is known when they began or ended.
  init(_ panel: Panel, name: String, known: HierarchyDimension = HierarchyDimension()) {
    guard let span = panel.span else {
      totals = []
      return
    }
    var positions: [SeriesKey: Int] = [:]
    for (index, series) in panel.series.enumerated()
    where series.key.measure != nil && series.kind == .count && series.count > 0 && positions[series.key] == nil {
      positions[series.key] = index
    }
    let counted = positions.values.sorted().map { panel.series[$0] }
    let hierarchy = MeasureTotals.hierarchy(of: counted.map(\.key), total: name, known)
    let all = hierarchy.series(panel)
    totals = hierarchy.sums.compactMap { sum in
      let parts = sum.parts.compactMap { positions[hierarchy.nodes[$0].key] }.sorted()
      let series = parts.map { panel.series[$0] }
      guard parts.count >= 2, let total = all[sum.total], !series.contains(where: { $0.key.area == name }),
        !series.contains(where: { MeasureTotals.isWhole($0, of: total) })
      else { return nil }
      return Total(series: total.padded(to: span), parts: parts)
    }
  }

  /// All areas together, whatever they lie in.
  private static func hierarchy(
    of keys: [SeriesKey], total name: String, _ known: HierarchyDimension
  ) -> Hierarchy {
    func members(_ names: [String?], _ level: String) -> [HierarchyDimension.Member] {
      var seen = Set<String>()
      return names.compactMap { $0 }.filter { seen.insert($0).inserted }.map { name in
        let area = level == "area" ? known.member(named: name) : nil
        return .init(.init(name, level), first: area?.first, last: area?.last)
      }
    }
    let areas = members(keys.map(\.area), "area")
    let total = HierarchyDimension.Member(.init(name, "total"), parts: areas.map(\.name))
    guard let places = try? HierarchyDimension(areas + [total]),
      let measures = try? HierarchyDimension(members(keys.map(\.measure), "measure"))
    else { return Hierarchy() }
    return Hierarchy(areas: places, measures: measures, counted: keys)
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
