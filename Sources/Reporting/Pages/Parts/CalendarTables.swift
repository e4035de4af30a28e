import Charts
import Ingest
import TimeSeries

/// The completeness calendar: a table per source, a row per year, a column per month or quarter; a shape and a word in
/// every cell. Finer data gets a row of counts per year instead.
struct CalendarTables {
  let context: PackContext
  let cells: [CompletenessCalendar.Cell]

  /// A shape and a word.
  static func sign(_ status: CompletenessCalendar.Status) -> String {
    switch status {
    case .present: "\u{25CF} there"
    case .partial: "\u{25CB} part"
    case .strayRowsOnly: "\u{25C7} stray"
    case .absent: "\u{2715} none"
    }
  }

  func markup() -> [Markup] {
    var sources: [String] = []
    var bySource: [String: [CompletenessCalendar.Cell]] = [:]
    for cell in cells {
      if bySource[cell.source] == nil { sources.append(cell.source) }
      bySource[cell.source, default: []].append(cell)
    }
    guard !sources.isEmpty else { return [.paragraph("There is no calendar: nothing was read.")] }
    let slugs = Slugs(sources)
    return sources.map { source in
      let own = bySource[source] ?? []
      return isPlain ? plain(source, own, id: slugs[source]) : counted(source, own, id: slugs[source])
    }
  }

  private var isPlain: Bool { context.periods.frequency == .monthly || context.periods.frequency == .quarterly }

  private func years(_ cells: [CompletenessCalendar.Cell]) -> [(year: Int, cells: [CompletenessCalendar.Cell])] {
    var years: [(year: Int, cells: [CompletenessCalendar.Cell])] = []
    for cell in cells.sorted(by: { $0.period < $1.period }) {
      let year = cell.period.year
      if years.last?.year == year { years[years.count - 1].cells.append(cell) } else { years.append((year, [cell])) }
    }
    return years
  }

  private func plain(_ source: String, _ cells: [CompletenessCalendar.Cell], id: String) -> Markup {
    let length = context.periods.frequency.seasonLength
    let names = (0..<length).map { context.periods.season($0) }
    return DataTable(
      id: "completeness-\(id)", caption: "\(source): each \(context.periods.frequency.noun) of the run",
      columns: [.init("Year")] + names.map { .init($0) },
      rows: years(cells).map { year, cells in
        DataTable.Row(
          [Markup(text: String(year))]
            + (0..<length).map { season in
              guard let cell = cells.first(where: { $0.period.seasonIndex == season }) else {
                return .element("span", ["class": "aside"], "not asked")
              }
              let sign = CalendarTables.sign(cell.status)
              return cell.status == .present
                ? Markup(text: sign) : .element("span", ["class": "doubtful"], Markup(text: sign))
            })
      }, className: "calendar"
    ).markup()
  }

  private func counted(_ source: String, _ cells: [CompletenessCalendar.Cell], id: String) -> Markup {
    let states: [CompletenessCalendar.Status] = [.present, .partial, .strayRowsOnly, .absent]
    return DataTable(
      id: "completeness-\(id)", caption: "\(source): \(context.periods.frequency.noun)s of each year by state",
      columns: [.init("Year")] + states.map { .init(CalendarTables.sign($0), isNumeric: true) },
      rows: years(cells).map { year, cells in
        DataTable.Row(
          [Markup(text: String(year))]
            + states.map { state in Markup(text: String(cells.filter { $0.status == state }.count)) })
      }, className: "compact"
    ).markup()
  }
}
