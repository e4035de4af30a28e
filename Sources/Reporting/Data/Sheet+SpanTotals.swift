import Forecasting
import Tables
import TimeSeries

/// One quarter or year of one series.
private struct SpanRow {
  let id: String
  let model: String
  let total: SpanTotals.Total
  let intervals: [PredictionInterval?]
  let style: PeriodStyle
  var hierarchyLevel: String?
}

extension Table where Row == SpanRow {
  fileprivate static func spanTotals(levels: [Double], withHierarchy: Bool) -> Table {
    Table(
      "span-totals", title: "Totals of quarters or years",
      "One row a series and quarter or year, in the order of the series: what is known of it and the rest foreseen."
    ) {
      Column("unique_id", .text, CommonColumns.uniqueID) { $0.id }
      Column("ds", .period, "Its first period.") { $0.style.format($0.total.periods.lowerBound) }
      Column("through", .period, "Its last period.") { $0.style.format($0.total.periods.upperBound) }
      Column("known_periods", .integer, unit: "periods", "Periods of it that are past.") { $0.total.knownPeriods }
      Column("known", .number, unit: CommonColumns.measureUnit, "What was recorded in them.") { $0.total.known }
      Column("model", .text, "What made the forecast.") { $0.model }
      Column(
        "mean", .number, unit: CommonColumns.measureUnit,
        "What is known and the means of the rest: those of parts add up."
      ) { $0.total.mean }
      Column("median", .number, unit: CommonColumns.measureUnit, "Median of the draws.") { $0.total.median }
      for (index, level) in levels.enumerated() {
        Column(
          CommonColumns.bounds(level).lower, .number, unit: CommonColumns.measureUnit,
          "Lower end of the central \(plainNumber(level)) % interval, of the draws."
        ) { $0.intervals[index]?.lower.first }
        Column(
          CommonColumns.bounds(level).upper, .number, unit: CommonColumns.measureUnit,
          "Upper end of the central \(plainNumber(level)) % interval."
        ) { $0.intervals[index]?.upper.first }
      }
      if withHierarchy {
        Column(
          "level", .text, "Level in the hierarchy, of the area and of the measure; blank of what is part of no total."
        ) { $0.hierarchyLevel }
      }
    }
  }
}

extension Sheet {
  /// `unique_id,ds,through,known_periods,known,model,mean,median,lo-80,hi-80,...`: a row per series and quarter or year, in series order.
  ///
  /// - Parameters:
  ///   - series: each with its totals, and its level in a hierarchy if it is of one.
  ///   - levels: of the intervals, in per cent.
  ///   - withHierarchy: whether there is a column `level`.
  public static func spanTotals(
    _ series: [(id: SeriesKey, model: String, totals: SpanTotals, level: String?)], levels: [Double],
    withHierarchy: Bool, style: PeriodStyle
  ) -> Sheet {
    Sheet(.spanTotals(levels: levels, withHierarchy: withHierarchy)) { add in
      for one in series {
        for total in one.totals.totals {
          try add(
            SpanRow(
              id: one.id.uniqueID, model: one.model, total: total,
              intervals: levels.map { level in total.intervals.first { $0.level == level } }, style: style,
              hierarchyLevel: one.level))
        }
      }
    }
  }
}
