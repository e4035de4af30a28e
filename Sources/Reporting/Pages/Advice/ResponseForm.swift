import Charts
import CommunitySafety
import RiskRanking
import TimeSeries
import Wording

/// What the partnership writes in, with what the file of priorities and the figures have of it already.
struct ResponseForm {
  let context: PackContext
  /// The priority it is about; nil of a problem that is none.
  let priority: LocalPriorities.Priority?
  /// What gives evidence on it.
  let risks: [Risk]

  func markup() -> Markup {
    let fields: [(String, String)] = [
      ("Owner", priority?.owner ?? ""), ("Response", ""), ("What has been tried", ""),
      ("Success would look like", ""), ("Baseline for evaluation", ""),
      ("Victim", "no source of this pack says who; from partners"),
      ("Offender", "no source of this pack says who; from partners"), ("Location", location), ("Time", time),
      (
        "Drivers (political, economic, social, technological, environmental, legal, organisational)",
        Wording.list(priority?.drivers.map(\.rawValue) ?? [])
      ), ("Capacity", ""), ("Review date", priority?.review.map(PeriodText.date) ?? ""),
    ]
    return DataTable(
      caption:
        "Owner, response, victims, offenders, location, time, drivers and review, for the partnership to write in",
      columns: [.init("Field"), .init("Entry")],
      rows: fields.map { DataTable.Row([Markup(text: $0.0), Markup(text: $0.1)]) }, className: "forms"
    ).markup()
  }

  /// The districts that it is counted in; the source knows no finer place here.
  private var location: String {
    guard let place = risks.first?.area else { return "" }
    let districts = context.districts(of: place).map(\.name)
    return districts.count > 1
      ? "\(Wording.list(districts)); where within them, from partners" : "\(place.name); where within it, from partners"
  }

  private var time: String {
    risks.isEmpty
      ? "" : "by \(context.periods.frequency.noun) on the page of each series; days and hours, from partners"
  }
}
