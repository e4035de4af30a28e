import ExceptionDetection
import TimeSeries

extension Table {
  /// `unique_id,start,end,periods,level,change,change_lower,change_upper,onset_from,onset_to,known_reason,reason`: one row a
  /// segment. `change` is the level over that of the segment before, in per cent; `reason` says why a series was not looked at.
  ///
  /// - Parameter changedOnly: leaves out first segments and series without a change.
  public static func changes(_ changes: [SeriesChanges], style: PeriodStyle, changedOnly: Bool = false) -> Table {
    var table = Table(
      columns: [
        "unique_id", "start", "end", "periods", "level", "change_percent", "change_lower", "change_upper", "onset_from",
        "onset_to", "known_reason", "reason",
      ])
    for series in changes {
      let id = Cell.text(series.key.uniqueID)
      for segment in series.segments where !changedOnly || segment.change != nil {
        let change = segment.change
        let percent = { (ratio: Double?) in Cell.number(ratio.map { 100 * ($0 - 1) }) }
        table.append([
          id, .text(style.format(segment.start)), .text(style.format(segment.end)), .integer(segment.periods),
          .number(segment.level), percent(change?.ratio), percent(change?.ratioInterval.lowerBound),
          percent(change?.ratioInterval.upperBound), .text(change.map { style.format($0.onset.lowerBound) } ?? ""),
          .text(change.map { style.format($0.onset.upperBound) } ?? ""), .text(change?.knownReason ?? ""), .text(""),
        ])
      }
      if let reason = series.reason, !changedOnly {
        table.append(
          [id] + [Cell](repeating: .text(""), count: 2) + [.integer(nil)] + [Cell](repeating: .number(nil), count: 4)
            + [Cell](repeating: .text(""), count: 3) + [.text(reason)])
      }
    }
    return table
  }
}
