import ExceptionDetection
import Tables
import TimeSeries

/// A rise of a series that would be found, or why nothing can be said.
private struct DetectabilityRow {
  let result: Detectability
  let rise: Detectability.Rise?

  var reason: String? {
    guard let rise else { return result.reason }
    return rise.count == nil ? "no rise of any size would be found that soon" : nil
  }
}

extension Table where Row == DetectabilityRow {
  fileprivate static func detectability(_ style: PeriodStyle) -> Table {
    Table(
      "detectability", title: "What would be found",
      "One row a series and number of periods: the smallest lasting rise that would be found within them, four times in five. What is smaller goes unseen."
    ) {
      Column("unique_id", .text, CommonColumns.uniqueID) { $0.result.key.uniqueID }
      Column("ds", .period, "The last period with a verdict, in which the rise ends.") {
        $0.result.period.map(style.format)
      }
      Column("within", .integer, unit: "periods", "Periods from its beginning within which it would be found.") {
        $0.rise?.within
      }
      Column("expected", .number, unit: CommonColumns.measureUnit, "What was expected of one of them, on average.") {
        $0.rise?.expected
      }
      Column("rise", .number, unit: CommonColumns.measureUnit, "The smallest addition a period that would be found.") {
        $0.rise?.count
      }
      Column("rise_percent", .number, unit: "per cent", "The same in per cent of what was expected.") {
        $0.rise?.percent
      }
      Column("reason", .text, "Why there is no answer; blank if there is one.") { $0.reason }
    }
  }
}

extension Sheet {
  /// For each series the smallest lasting rise that would be found within some periods: one row a series and number of
  /// periods, one with a reason where nothing can be said.
  public static func detectability(_ results: [Detectability], style: PeriodStyle) -> Sheet {
    Sheet(.detectability(style)) { add in
      for result in results {
        if result.rises.isEmpty { try add(DetectabilityRow(result: result, rise: nil)) }
        for rise in result.rises { try add(DetectabilityRow(result: result, rise: rise)) }
      }
    }
  }
}
