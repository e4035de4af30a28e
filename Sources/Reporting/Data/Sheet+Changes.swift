import ExceptionDetection
import Tables
import TimeSeries

/// A stretch of one series, or why it has none.
private struct ChangeRow {
  let key: SeriesKey
  let series: SeriesChanges
  let segment: SeriesChanges.Segment?
  let reason: String?

  var change: SeriesChanges.Change? { segment?.change }
}

extension Table where Row == ChangeRow {
  fileprivate static func changes(_ style: PeriodStyle) -> Table {
    Table(
      "changes", title: "Changes of level",
      "One row a stretch in which a series kept its level, season and lengths of periods taken out; one with a reason for a series that was not looked at."
    ) {
      Column("unique_id", .text, CommonColumns.uniqueID) { $0.key.uniqueID }
      Column("start", .period, "First period of the stretch.") { $0.segment.map { style.format($0.start) } }
      Column("end", .period, "Last period of it.") { $0.segment.map { style.format($0.end) } }
      Column("periods", .integer, unit: "periods", "Periods of it with a figure.") { $0.segment?.periods }
      Column(
        "level", .number, unit: CommonColumns.measureUnit, "Mean of a period of mean length and season in the stretch."
      ) { $0.segment?.level }
      Column(
        "change_percent", .number, unit: "per cent",
        "Change of the level at its start, beside any trend; blank for the first, and after a level of nought."
      ) { $0.change.map { 100 * ($0.ratio - 1) } }
      Column("change_lower", .number, unit: "per cent", "Lower end of its 95 % interval.") {
        $0.change.map { 100 * ($0.ratioInterval.lowerBound - 1) }
      }
      Column("change_upper", .number, unit: "per cent", "Upper end of its 95 % interval.") {
        $0.change.map { 100 * ($0.ratioInterval.upperBound - 1) }
      }
      Column("onset_from", .period, "Earliest period in which the stretch probably began.") {
        $0.change.map { style.format($0.onset.lowerBound) }
      }
      Column("onset_to", .period, "Latest such period.") { $0.change.map { style.format($0.onset.upperBound) } }
      Column("known_reason", .text, "Known break that begins between these; blank for none.") {
        $0.change?.knownReason
      }
      Column("reason", .text, "Why the series was not looked at; blank if it was.") { $0.reason }
      Column(
        "shape", .choice(SeriesChanges.Shape.self),
        "What the level of the whole series does, beside its ordinary wander."
      ) { $0.series.shape }
      Column(
        "trend_percent", .number, unit: "per cent",
        "Steady change of the level in a year, beside the steps; blank without a trend."
      ) { $0.series.trend.map { 100 * $0 } }
      Column(
        "wander_percent", .number, unit: "per cent",
        "How far the level wanders in a month: the standard deviation of a random walk."
      ) { $0.series.wander.isNaN ? nil : 100 * $0.series.wander }
    }
  }
}

extension Sheet {
  /// `unique_id,start,end,periods,level,change_percent,change_lower,change_upper,onset_from,onset_to,known_reason,reason,
  /// shape,trend_percent,wander_percent`: one row a segment, in series order. `reason` says why a series was not looked at.
  ///
  /// - Parameter changedOnly: leaves out first segments and series without a change.
  public static func changes(_ changes: [SeriesChanges], style: PeriodStyle, changedOnly: Bool = false) -> Sheet {
    Sheet(.changes(style)) { add in
      for series in changes {
        for segment in series.segments where !changedOnly || segment.change != nil {
          try add(ChangeRow(key: series.key, series: series, segment: segment, reason: nil))
        }
        if let reason = series.reason, !changedOnly {
          try add(ChangeRow(key: series.key, series: series, segment: nil, reason: reason))
        }
      }
    }
  }
}
