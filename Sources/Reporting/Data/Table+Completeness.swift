import Ingest
import TimeSeries

extension Table {
  /// The completeness calendar with the account of every row: a row per source and period, and a last one, of source
  /// `all` and no period, for the run.
  ///
  /// `rows` are those in the period's series. `read` = `counted` + `residual` + `set_aside`, with the reasons of the last
  /// two in `reasons`; they are blank by period where the account is known for the run only.
  public static func completeness(_ data: IngestedData) -> Table {
    let account = ["read", "counted", "residual", "set_aside", "reasons"]
    var table = Table(
      columns: ["source", "period", "status", "rows", "rows_without_location", "median_rows"] + account)
    for cell in data.completeness.cells {
      table.append(
        [
          .text(cell.source), .text(data.panel.style.format(cell.period)), .text(cell.status.rawValue),
          .integer(cell.rows), .integer(cell.unlocated), .number(cell.medianRows),
        ] + (cell.account.map(cells) ?? account.map { _ in .text("") }))
    }
    let total: [Cell] = ["all", "", "", "", "", ""].map { .text($0) }
    table.append(total + cells(data.accounting))
    return table
  }

  private static func cells(_ account: RowAccounting) -> [Cell] {
    [
      .integer(account.read), .integer(account.counted), .integer(account.residual.values.reduce(0, +)),
      .integer(account.setAside.values.reduce(0, +)), .text(reasons(account)),
    ]
  }

  /// "no location: 30; superseded file: 120".
  private static func reasons(_ account: RowAccounting) -> String {
    [account.residual, account.setAside].flatMap { reasons in
      reasons.keys.sorted().map { "\($0): \(reasons[$0] ?? 0)" }
    }.joined(separator: "; ")
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
