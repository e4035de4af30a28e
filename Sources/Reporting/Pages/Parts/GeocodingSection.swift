import Assessment
import Charts
import CommunitySafety
import Ingest
import TimeSeries
import Wording

/// Changes in the share of records without a place: what they are, and what they do to counts of places.
struct GeocodingSection {
  let context: PackContext

  private var drifts: [GeocodingDrift] { context.assessment.data.geocodingDrifts }
  private var isShared: Bool { context.assessment.data.unallocated?.isShared ?? false }
  private var comparisons: [GeocodingComparison] { context.assessment.geocoding }

  /// The section of the data-quality page; none where no share changed.
  var sections: [Markup] {
    drifts.isEmpty ? [] : [.section(id: "geocoding", "Records without a place", content)]
  }

  private var content: [Markup] {
    [
      .paragraph(
        "A record without a place is in no district. Where their share changes, counts of districts change for no other reason. \(isShared ? "In this pack these records are shared out to the districts of their force, within month and crime type, in proportion to the records that have a place." : "In this pack these records are set aside from districts.") Each share was tested month by month (\(Markup.link(to: "method.html", "method")))."
      ),
      shares(), places(),
    ] + (comparisons.isEmpty ? [] : [.dataFile("geocoding.csv", root: "")])
  }

  private func shares() -> Markup {
    let rows = drifts.flatMap { drift in
      drift.shifts.map { shift in
        DataTable.Row([
          Markup(text: drift.forceName), Markup(text: shift.type),
          Markup(text: context.periods.label(drift.after.lowerBound)),
          Markup(text: Wording.precisePercent(shift.before.value)),
          Markup(text: Wording.precisePercent(shift.after.value)),
          Markup(text: NumberText.grouped(shift.before.rows)), Markup(text: NumberText.grouped(shift.after.rows)),
        ])
      }
    }
    return DataTable(
      id: "geocoding-shares", caption: "Shares of records without a place that changed",
      columns: [
        .init("Force"), .init("Measure"), .init("From"), .init("Share before", isNumeric: true),
        .init("Share after", isNumeric: true), .init("Records before", isNumeric: true),
        .init("Records after", isNumeric: true),
      ], rows: rows, heading: 1, className: "dense"
    ).markup()
  }

  private func places() -> Markup {
    DataTable(
      id: "geocoding-places",
      caption:
        "Records a month before and after, of the measures that changed together, and of each whose change is a rise or a fall by what becomes of records without a place.\(basis)",
      columns: [
        .init("Place"), .init("Measure"), .init("From"), .init("Before, set aside", isNumeric: true),
        .init("After, set aside", isNumeric: true), .init("Change", isNumeric: true),
        .init("Before, shared out", isNumeric: true), .init("After, shared out", isNumeric: true),
        .init("Change", isNumeric: true), .init("A trend?"),
      ],
      rows: comparisons.filter { $0.measure == nil || $0.isOpposed }.map { item in
        DataTable.Row([
          Markup(text: item.area.name), Markup(text: item.measure ?? "all that changed"),
          Markup(text: context.periods.label(item.drift.after.lowerBound)),
          Markup(text: Wording.count(item.setAside.before)),
          Markup(text: Wording.count(item.setAside.after)), Markup(text: item.setAside.changeText),
          Markup(text: Wording.count(item.sharedOut.before)), Markup(text: Wording.count(item.sharedOut.after)),
          Markup(text: item.sharedOut.changeText),
          item.isOpposed ? "no: it depends on these records" : "the same way with and without them",
        ])
      }, className: "dense"
    ).markup()
  }

  /// Which months the levels are means over, so that their season does not pass for a change.
  private var basis: String {
    let months = Set(comparisons.map(\.calendarMonths))
    guard let only = months.first, months.count == 1, !only.isEmpty, only.count < 12 else {
      return comparisons.contains { !$0.calendarMonths.isEmpty }
        ? " Each is the mean of the calendar months that are known on both sides (geocoding.csv)" : ""
    }
    let names = only.map { String(PeriodText.label(of: .month(2001, $0)).prefix(3)) }
    return " Each is the mean of the calendar months that are known on both sides: \(Wording.list(names))"
  }

  /// What the page of a place must say before anything is compared; nothing where no share changed.
  func note(on place: Area, root: String) -> Markup {
    // A partnership of one district is compared under the district's name.
    let districts = context.districts(of: place)
    let names = Set([place.name] + (districts.count == 1 ? districts.map(\.name) : []))
    let own = comparisons.filter { $0.measure == nil && names.contains($0.area.name) }
    let latest = own.max { $0.drift.after.lowerBound < $1.drift.after.lowerBound }
    guard let latest else { return .empty }
    let others =
      comparisons.filter {
        $0.drift == latest.drift && $0.measure != nil && $0.isOpposed && $0.area.name == latest.area.name
          && $0.area.level == latest.area.level
      }.compactMap(\.measure)
    let opposed =
      others.isEmpty
      ? "" : " A rise or a fall by what becomes of these records, and so no trend: \(Wording.list(others))."
    return .paragraph(
      "\(Markup.strong("Not comparable as they stand:")) \(Markup(text: latest.drift.shareText)). \(Markup(text: latest.figures.text))\(Markup(text: opposed)) \(Markup.link(to: root + "data-quality.html#geocoding", "All places")).",
      className: "note")
  }
}
