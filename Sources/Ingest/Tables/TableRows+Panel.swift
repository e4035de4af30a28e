import CommunitySafety
import TimeSeries

extension IngestedUnits {
  /// The counts of inputs that only make sense together, as tables of what was understood of them: one for each kind of
  /// measure. Residual areas are areas like others in them.
  package func understood(as data: IngestedData) -> IngestedUnits {
    guard let first = units.first else { return self }
    let kinds: [(kind: MeasureKind, suffix: String)] = [
      (.count, ""), (.proportion, " (shares)"), (.value, " (values)"),
    ]
    let tables = kinds.compactMap { kind, suffix -> IngestedUnit? in
      let panel = data.panel.filterMap { $0.kind == kind && $0.observedCount > 0 ? $0 : nil }
      guard !panel.series.isEmpty else { return nil }
      return IngestedUnit(
        location: first.location, label: first.label + suffix, name: first.name + suffix, source: first.source,
        contentHash: first.contentHash, content: TableRows(panel, kind: kind, units: data.units))
    }
    return IngestedUnits(units: tables, sources: sources, skipped: skipped, notes: notes)
  }
}

extension TableRows {
  /// Series of one kind as a table of a row for each area, measure and period that has a value.
  init(_ panel: Panel, kind: MeasureKind, units: [String: String]) {
    self.init()
    self.kind = kind
    self.units = units
    keys = panel.series.map(\.key)
    var positionOf: [Period: Int32] = [:]
    // Read again without options, dates with the month first would be others.
    let style: PeriodStyle =
      if case .days(.monthFirst, let day, let suffix) = panel.style { .date(day, suffix: suffix) } else { panel.style }
    for (index, series) in panel.series.enumerated() {
      let values = series.numerators ?? series.values
      for (offset, value) in values.enumerated() where !value.isNaN {
        let period = series.start + offset
        let position = positionOf[period] ?? Int32(periods.count)
        if positionOf[period] == nil {
          positionOf[period] = position
          periods.append(style.format(period))
          periodPlaces.append((line: rows.count + 2, column: 1))
        }
        rows.append(
          Row(value: value, series: Int32(index), period: position, line: Int32(rows.count + 2), state: .value))
        if let denominators = series.denominators { self.denominators.append(denominators[offset]) }
      }
    }
  }
}

extension InputReader {
  /// Makes sure that tables agree with each other, as far as they must to be read together.
  ///
  /// - Throws: what ``read(_:)`` throws of them.
  package func checkTables(_ input: IngestedUnits) throws {
    _ = try TableAssembly(files: input.units.map(TableFile.init), options: options, registry: registry)
      .data(sources: [], notes: [])
  }
}
