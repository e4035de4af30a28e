import Tables
import TimeSeries
import VintageStore

extension Table where Row == IngestReport.File {
  fileprivate static func ingest(vintage: String) -> Table {
    Table("ingest", title: "Files of an ingest", "One row a file: what an ingest into a store did with it.") {
      Column("file", .text, "Its name below the input it came from.") { $0.label }
      Column("vintage", .text, "The vintage it is part of.") { _ in vintage }
      Column("rows", .integer, unit: "rows", "Data rows.") { $0.rows }
      Column("status", .choice(IngestReport.Status.self), "What became of it.") { $0.status }
      Column("previous_vintage", .text, "The vintage before, if one has a file of its name.") { $0.previous }
    }
  }
}

extension Table where Row == VintageTotal {
  fileprivate static var vintages: Table {
    Table("vintages", title: "Totals by vintage", "One row a source, measure, period and vintage that has it.") {
      Column("source", .text, "The source: a police force's slug, or table.") { $0.source }
      Column("measure", .text, "What is counted or measured.") { $0.measure }
      Column("period", .period, "The period.") {
        PeriodStyle.standard(for: $0.period.frequency).format($0.period)
      }
      Column("vintage", .text, "Which vintage says so.") { $0.vintage.label }
      Column("total", .number, "Rows of police.uk files; the sum of a table's values over its areas.") { $0.total }
    }
  }
}

extension Sheet {
  /// What an ingest into a store did: one row per file.
  static func ingest(_ report: IngestReport) -> Sheet {
    Sheet(.ingest(vintage: report.vintage), rows: report.files)
  }

  /// Totals by vintage: one row per source, measure, period and vintage.
  static func vintages(_ totals: [VintageTotal]) -> Sheet { Sheet(.vintages, rows: totals) }
}
