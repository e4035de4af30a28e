import ExceptionDetection
import TimeSeries

extension Table {
  /// For each series the smallest lasting rise that would be found within some periods: one row a series and number of
  /// periods, one with a reason where nothing can be said.
  public static func detectability(_ results: [Detectability], style: PeriodStyle) -> Table {
    var table = Table(columns: ["unique_id", "ds", "within", "expected", "rise", "rise_percent", "reason"])
    for result in results {
      let period = Cell.text(result.period.map(style.format) ?? "")
      let id = Cell.text(result.key.uniqueID)
      if result.rises.isEmpty {
        table.append([id, period, .integer(nil), .number(nil), .number(nil), .number(nil), .text(result.reason ?? "")])
      }
      for rise in result.rises {
        table.append([
          id, period, .integer(rise.within), .number(rise.expected), .number(rise.count), .number(rise.percent),
          .text(rise.count == nil ? "no rise of any size would be found that soon" : ""),
        ])
      }
    }
    return table
  }
}
