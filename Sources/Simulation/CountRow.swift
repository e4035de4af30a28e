import Tables
import TimeSeries

/// A row of `counts.csv`: what the simulation made of a district, type and month.
struct CountRow {
  let key: SeriesKey
  let period: Period
  let count: Int

  static let path = "counts.csv"

  static let table = Table<CountRow>("counts", title: "Counts", "One row a district, type and month.") {
    Column("area", .text, "District.") { $0.key.area }
    Column("measure", .text, "Crime type as on data.police.uk.") { $0.key.measure ?? "" }
    Column("period", .month, "Month.") { PeriodStyle.yearMonth.format($0.period) }
    Column("count", .integer, unit: "records", "Offences or incidents recorded.") { $0.count }
  }

  /// Series after series, and in each month after month.
  static func sheet(_ panel: Panel) -> Sheet {
    Sheet(table) { add in
      for series in panel.series {
        for (t, value) in series.values.enumerated() {
          try add(CountRow(key: series.key, period: series.start + t, count: Int(value)))
        }
      }
    }
  }
}
