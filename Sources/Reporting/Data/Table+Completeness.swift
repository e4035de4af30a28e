import Ingest
import TimeSeries

extension Table {
  /// The completeness calendar: one row per source and period.
  public static func completeness(_ calendar: CompletenessCalendar, style: PeriodStyle) -> Table {
    var table = Table(columns: ["source", "period", "status", "rows", "rows_without_location", "median_rows"])
    for cell in calendar.cells {
      table.append([
        .text(cell.source), .text(style.format(cell.period)), .text(cell.status.rawValue), .integer(cell.rows),
        .integer(cell.unlocated), .number(cell.medianRows),
      ])
    }
    return table
  }

  /// What became of every row: `fate,reason,rows`; the rows counted, in residual areas and set aside add up to those
  /// read.
  public static func accounting(_ accounting: RowAccounting) -> Table {
    var table = Table(columns: ["fate", "reason", "rows"])
    table.append([.text("read"), .text(""), .integer(accounting.read)])
    table.append([.text("counted"), .text(""), .integer(accounting.counted)])
    for (fate, reasons) in [("residual", accounting.residual), ("set aside", accounting.setAside)] {
      for reason in reasons.keys.sorted() {
        table.append([.text(fate), .text(reason), .integer(reasons[reason])])
      }
    }
    return table
  }
}
