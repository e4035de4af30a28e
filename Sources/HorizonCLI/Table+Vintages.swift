import Reporting
import TimeSeries
import VintageStore

extension Table {
  /// What an ingest into a store did: one row per file.
  static func ingest(_ report: IngestReport) -> Table {
    var table = Table(columns: ["file", "vintage", "rows", "status", "previous_vintage"])
    for file in report.files {
      table.append([
        .text(file.label), .text(report.vintage), .integer(file.rows), .text(file.status.rawValue),
        .text(file.previous ?? ""),
      ])
    }
    return table
  }

  /// Totals by vintage: one row per source, measure, period and vintage.
  static func vintages(_ totals: [VintageTotal]) -> Table {
    var table = Table(columns: ["source", "measure", "period", "vintage", "total"])
    for total in totals {
      table.append([
        .text(total.source), .text(total.measure),
        .text(PeriodStyle.standard(for: total.period.frequency).format(total.period)), .text(total.vintage.label),
        .number(total.total),
      ])
    }
    return table
  }
}
