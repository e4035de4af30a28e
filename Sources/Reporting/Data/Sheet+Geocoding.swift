import Assessment
import CommunitySafety
import Tables
import TimeSeries

/// A comparison with how its data writes periods.
private struct GeocodingRow {
  let comparison: GeocodingComparison
  let style: PeriodStyle
}

extension Table where Row == GeocodingRow {
  fileprivate static var geocoding: Table {
    Table(
      "geocoding", title: "Geocoding drift",
      "One row a change in the share of records without a place, area and measure, and one for all measures that changed: records a month before and after, with those records set aside and with them shared out to places."
    ) {
      Column("force", .text, "Police force whose share of records without a place changed.") {
        $0.comparison.drift.forceName
      }
      Column("area", .text, "Name of the area.") { $0.comparison.area.name }
      Column("level", .choice(AreaLevel.self), "Level of geography.") { $0.comparison.area.level }
      Column("measure", .text, "The measure; blank for all that changed together.") { $0.comparison.measure }
      Column("before_from", .period, "First month compared before.") {
        $0.style.format($0.comparison.drift.before.lowerBound)
      }
      Column("before_to", .period, "Last month known before.") {
        $0.style.format($0.comparison.drift.before.upperBound)
      }
      Column("after_from", .period, "First month after.") { $0.style.format($0.comparison.drift.after.lowerBound) }
      Column("after_to", .period, "Last month compared after.") {
        $0.style.format($0.comparison.drift.after.upperBound)
      }
      Column("unallocated_share_before", .probability, "Share of the force's records without a place, before.") {
        $0.comparison.shares?.before
      }
      Column("unallocated_share_after", .probability, "The same, after.") { $0.comparison.shares?.after }
      levels("set_aside", "with records without a place set aside", \.setAside)
      levels("shared_out", "with them shared out to places", \.sharedOut)
      Column("sign_differs", .text, "yes where the one way shows a rise and the other a fall: neither is a trend.") {
        $0.comparison.isOpposed ? "yes" : "no"
      }
      Column(
        "calendar_months", .text,
        "Calendar months that both sides have, over which the means are taken; blank for all months of each side."
      ) {
        $0.comparison.calendarMonths.isEmpty
          ? nil : $0.comparison.calendarMonths.map(String.init).joined(separator: " ")
      }
    }
  }

  private static func levels(
    _ name: String, _ words: String, _ levels: @escaping @Sendable (GeocodingComparison) -> GeocodingComparison.Levels
  ) -> [Column<Row>] {
    [
      Column("before_\(name)", .number, unit: "records a month", "Records a month before, \(words).") {
        levels($0.comparison).before
      },
      Column("after_\(name)", .number, unit: "records a month", "Records a month after, \(words).") {
        levels($0.comparison).after
      },
    ]
  }
}

extension GeocodingComparison {
  /// The force's share of records without a place before and after: of the measure, or of all that changed.
  var shares: (before: Double, after: Double)? {
    guard let measure else { return (drift.shareBefore, drift.shareAfter) }
    return drift.shifts.first { $0.type == measure }.map { ($0.before.value, $0.after.value) }
  }
}

extension Sheet {
  /// Places before and after each change in the share of records without a place.
  static func geocoding(_ comparisons: [GeocodingComparison], style: PeriodStyle) -> Sheet {
    Sheet(.geocoding, rows: comparisons.map { GeocodingRow(comparison: $0, style: style) })
  }
}
