import Ingest
import Tables
import TimeSeries

/// A source in a period, or the whole run.
private struct CompletenessRow {
  let cell: CompletenessCalendar.Cell?
  let account: RowAccounting?
  var remarks: [ArchiveRemark] = []
  var recorded: RecordedShare?
}

extension Table where Row == CompletenessRow {
  fileprivate static func completeness(_ style: PeriodStyle) -> Table {
    Table(
      "completeness", title: "Completeness",
      "One row a source and period, and a last one, of the source all and no period, for the run. read = counted + residual + set_aside; these are blank by period where the account is known for the run only."
    ) {
      Column("source", .text, "The source: a police force, a table; all for the whole run.") {
        $0.cell?.source ?? "all"
      }
      Column("period", .period, CommonColumns.period) { $0.cell.map { style.format($0.period) } }
      Column("status", .choice(CompletenessCalendar.Status.self), "Whether the source was there.") { $0.cell?.status }
      Column("rows", .integer, unit: "rows", "Rows in the series of the period.") { $0.cell?.rows }
      Column("rows_without_location", .integer, unit: "rows", "Of them, rows without a location.") {
        $0.cell?.unlocated
      }
      Column("median_rows", .number, unit: "rows", "The source's median number of rows a period.") {
        $0.cell?.medianRows
      }
      Column("read", .integer, unit: "rows", "Rows read from the source's own files.") { $0.account?.read }
      Column("counted", .integer, unit: "rows", "Rows counted in areas.") { $0.account?.counted }
      Column("residual", .integer, unit: "rows", "Rows counted in totals only, for want of an area.") {
        $0.account.map { $0.residual.values.reduce(0, +) }
      }
      Column("set_aside", .integer, unit: "rows", "Rows not counted.") {
        $0.account.map { $0.setAside.values.reduce(0, +) }
      }
      Column("reasons", .text, "Why rows are residual or set aside, with the number for each reason.") {
        $0.account.map(reasons)
      }
      Column("archive", .text, "What is known of the source and period beyond these files; blank where nothing is.") {
        $0.remarks.isEmpty ? nil : $0.remarks.map(\.text).joined(separator: "; ")
      }
      Column(
        "recorded_crime_held", .choice(RecordedShare.State.self),
        "Whether the archive holds the recorded crime of the source's financial year; blank without figures of it."
      ) { $0.recorded?.state }
      Column(
        "recorded_crime_share", .number, unit: "share",
        "Crimes of that year in the archive over those recorded, in the quarters that both have."
      ) { $0.recorded?.share }
    }
  }

  /// "no location: 30; superseded file: 120".
  private static func reasons(_ account: RowAccounting) -> String {
    [account.residual, account.setAside].flatMap { reasons in
      reasons.keys.sorted().map { "\($0): \(reasons[$0] ?? 0)" }
    }.joined(separator: "; ")
  }
}

/// Rows that shared a fate.
private struct FateRow {
  let fate: String
  let reason: String?
  let rows: Int
}

extension Table where Row == FateRow {
  fileprivate static var accounting: Table {
    Table(
      "accounting", title: "What became of every row",
      "One row a fate and reason. The rows counted, residual and set aside add up to those read."
    ) {
      Column("fate", .choice(["read", "counted", "residual", "set aside"]), "What became of the rows.") { $0.fate }
      Column("reason", .text, "Why; blank for rows read and counted.") { $0.reason }
      Column("rows", .integer, unit: "rows", "How many rows.") { $0.rows }
    }
  }
}

extension Sheet {
  /// The completeness calendar with the account of every row: a row per source and period, and a last one, of source
  /// `all` and no period, for the run.
  ///
  /// `rows` are those in the period's series. `read` = `counted` + `residual` + `set_aside`, with the reasons of the last
  /// two in `reasons`; they are blank by period where the account is known for the run only.
  public static func completeness(_ data: IngestedData) -> Sheet {
    let (cells, whole) = (data.completeness.cells, data.accounting)
    return Sheet(.completeness(data.panel.style)) { add in
      for cell in cells {
        try add(
          CompletenessRow(
            cell: cell, account: cell.account, remarks: data.completeness.remarks(on: cell),
            recorded: data.completeness.recorded(in: cell)))
      }
      try add(CompletenessRow(cell: nil, account: whole))
    }
  }

  /// What became of every row: `fate,reason,rows`; the rows counted, in residual areas and set aside add up to those
  /// read.
  public static func accounting(_ accounting: RowAccounting) -> Sheet {
    Sheet(.accounting) { add in
      try add(FateRow(fate: "read", reason: nil, rows: accounting.read))
      try add(FateRow(fate: "counted", reason: nil, rows: accounting.counted))
      for (fate, reasons) in [("residual", accounting.residual), ("set aside", accounting.setAside)] {
        for (reason, rows) in reasons.sorted(by: { $0.key < $1.key }) {
          try add(FateRow(fate: fate, reason: reason, rows: rows))
        }
      }
    }
  }
}
