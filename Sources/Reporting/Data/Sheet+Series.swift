import CommunitySafety
import Tables
import TimeSeries

/// What a series holds, before any model.
private struct SeriesSummary {
  let series: Series
  let area: Area?
  let style: PeriodStyle
  /// Known breaks within its span, oldest first.
  let breaks: [Intervention]
  private(set) var observed = 0
  private(set) var zeros = 0
  private(set) var sum = 0.0

  init(_ series: Series, area: Area?, style: PeriodStyle, breaks: [Intervention]) {
    self.series = series
    self.area = area
    self.style = style
    self.breaks = breaks.filter { $0.start <= series.end && $0.start >= series.start }
    for value in series.values where !value.isNaN {
      observed += 1
      zeros += value == 0 ? 1 : 0
      sum += value
    }
  }
}

extension Table where Row == SeriesSummary {
  fileprivate static var series: Table {
    Table("series", title: "Series", "One row a series: what was understood of the input, before any model.") {
      Column("unique_id", .text, CommonColumns.uniqueID) { $0.series.key.uniqueID }
      Column("area", .text, "Name of the area.") { $0.series.key.area }
      Column("measure", .text, "What is counted or measured; blank where a series stands alone.") {
        $0.series.key.measure
      }
      Column("level", .choice(AreaLevel.self), "Level of geography.") { $0.area?.level }
      Column("kind", .choice(MeasureKind.self), "Whether the series holds counts, shares of a known whole, or values.")
      {
        $0.series.kind
      }
      Column("from", .period, "First period.") { $0.style.format($0.series.start) }
      Column("to", .period, "Last period.") { $0.style.format($0.series.end) }
      Column("periods", .integer, unit: "periods", "Periods from the first to the last.") { $0.series.count }
      Column("observed", .integer, unit: "periods", "Periods with a figure.") { $0.observed }
      Column("missing", .integer, unit: "periods", "Periods without one: missing, never zero.") {
        $0.series.count - $0.observed
      }
      Column("zeros", .integer, unit: "periods", "Periods whose figure is zero.") { $0.zeros }
      Column("mean", .number, unit: CommonColumns.measureUnit, "Mean over the observed periods.") {
        $0.observed == 0 ? nil : $0.sum / Double($0.observed)
      }
      Column("last", .number, unit: CommonColumns.measureUnit, "Figure of the last period.") { $0.series.values.last }
      Column("breaks", .text, "Known breaks within the series: when each begins, and what it is.") { summary in
        summary.breaks.isEmpty
          ? nil : summary.breaks.map { "\(summary.style.format($0.start)) \($0.label)" }.joined(separator: "; ")
      }
      Column<Area?>.area.map { $0.of { (summary: SeriesSummary) in summary.area } }
    }
  }
}

extension Sheet {
  /// One row a series: what a panel holds, before any model.
  public static func series(
    _ panel: Panel, areas: [String: Area], breaks: Interventions
  ) -> Sheet {
    Sheet(.series) { add in
      for series in panel.series {
        try add(
          SeriesSummary(series, area: areas[series.key.area], style: panel.style, breaks: breaks[series.key]))
      }
    }
  }
}
