import Assessment
import Charts
import CommunitySafety
import ControlCharts
import RiskRanking
import Scorecard
import TimeSeries
import Wording

/// Every measure of a scorecard: which way it goes in each place, then its windows in the widest.
struct MeasuresPage {
  let report: ScorecardReport
  static let path = "measures/index.html"
  private let root = "../"
  private var context: PackContext { report.context }
  private var words: ScorecardWords { ScorecardWords(report: report) }

  /// Most places across the table of directions; with more it would not fit a page.
  private static let mostPlaces = 8

  func page() -> PageShell.Page {
    PageShell.Page(
      path: MeasuresPage.path, title: "Every measure",
      content: [
        .paragraph(words.tally, className: "lead"),
        words.incomplete.map { .paragraph(Markup(text: $0)) } ?? .empty,
        words.withheld.map { .paragraph($0) } ?? .empty,
        .section(id: "direction", "Direction of travel, by place", [directions()]),
        .section(
          id: "measures", "The windows of each measure, in the widest place that has it",
          [
            ScorecardRows(
              report: report, rows: report.measures.compactMap { report.rows(of: $0).first }, id: "measures-table"
            ).markup(
              heading: "Measure",
              name: { row in
                link(row.measure) + .element("span", ["class": "place"], " \(context.displayName(row.area.name))")
              })
          ]),
      ])
  }

  private func link(_ measure: Measure) -> Markup {
    .link(to: root + report.path(of: measure), Markup(text: Wording.name(measure.label)))
  }

  private func directions() -> Markup {
    let places = report.places
    guard places.count <= MeasuresPage.mostPlaces else { return counts() }
    return DataTable(
      id: "directions",
      caption:
        "The last \(context.periods.year) against the year before, or the nearest that was typical and recorded alike. \u{2191} up and \u{2193} down: by more than chance explains. A letter: the control chart's icon.",
      columns: [.init("Measure")] + places.map { .init(context.displayName($0)) },
      rows: report.measures.map { measure in
        let rows = report.rows(of: measure)
        return DataTable.Row(
          [link(measure)]
            + places.map { place in
              rows.first { $0.area.name == place }.map { row in
                words.direction(row) + " " + ControlChartGrid.icon(row.chart.variation)
                  + .element("span", ["class": "visually-hidden"], Markup(text: row.chart.variation.rawValue))
              } ?? (report.withheld(of: measure).contains { $0.area.name == place } ? "withheld" : "\u{2013}")
            })
      }, className: "directions"
    ).markup()
  }

  private func counts() -> Markup {
    DataTable(
      id: "directions", caption: "In how many places each measure goes which way; its page has the places",
      columns: [.init("Measure")]
        + DirectionOfTravel.Way.allCases.map { .init(Wording.sentence($0.rawValue), isNumeric: true) },
      rows: report.measures.map { measure in
        let rows = report.rows(of: measure)
        return DataTable.Row(
          [link(measure)]
            + DirectionOfTravel.Way.allCases.map { way in
              Markup(text: String(rows.count { $0.direction.way == way }))
            })
      }, className: "comparison"
    ).markup()
  }
}

/// Rows of a scorecard by its windows: the quarter and the year to date beside the same periods of last year, the last year beside the
/// one before and beside the nearest, two or more back, that was not broken. Every change is over the periods that both sides have.
struct ScorecardRows {
  let report: ScorecardReport
  let rows: [ScorecardRow]
  let id: String
  private var context: PackContext { report.context }
  private var words: ScorecardWords { ScorecardWords(report: report) }

  func markup(heading: String, name: (ScorecardRow) -> Markup) -> Markup {
    let periods = context.periods
    let windows = report.windows
    let toDate = periods.range(windows.yearToDate.lowerBound, windows.yearToDate.upperBound)
    let table = DataTable(
      id: id, caption: "Recorded. \u{201C}On\u{201D} gives the figure that a change is measured from.",
      columns: [
        .init(heading), .init("Direction of travel"), .init("Quarter, \(words.quarter)", isNumeric: true),
        .init("on the same quarter last year", isNumeric: true), .init("Year to date, \(toDate)", isNumeric: true),
        .init("on the same \(periods.frequency.noun)s last year", isNumeric: true),
        .init("\(Wording.sentence(periods.year)) to \(periods.label(windows.end))", isNumeric: true),
        .init("on the year before", isNumeric: true), .init("on an earlier year, skipping one", isNumeric: true),
        .init("Control chart"),
      ],
      rows: rows.map { DataTable.Row([name($0)] + cells($0)) }, className: "comparison scorecard"
    ).markup()
    return table
      + .paragraph(
        "The comparison that skips a year goes two years back, or further where that year was not typical or was recorded in another way by nobody knows how much; it says how far. A \(periods.frequency.noun) that one side lacks is left out of both, and said.",
        className: "note")
  }

  private func cells(_ row: ScorecardRow) -> [Markup] {
    func words(_ window: ClosedRange<Period>) -> ComparisonWords {
      var words = ComparisonWords(context: context, series: row.series)
      words.window = { .from(window.lowerBound, back: $1, periods: $0.periods.count) }
      return words
    }
    let windows = report.windows
    let (quarter, toDate) = (words(windows.known), words(windows.yearToDate))
    let year = ComparisonWords(context: context, series: row.series)
    let level = row.series.compared(windows.yearToDate, yearsBack: 0)
    return [
      self.words.directionCell(row), row.quarter.map(quarter.levelCell) ?? "none recorded",
      quarter.changeCell(row.quarterOnYear), level.map(toDate.levelCell) ?? "none recorded",
      toDate.changeCell(row.yearToDate), row.year.map(year.levelCell) ?? "none recorded",
      year.changeCell(row.yearOnYear), skipping(row, year), self.words.variation(row),
    ]
  }

  private func skipping(_ row: ScorecardRow, _ words: ComparisonWords) -> Markup {
    guard let skipping = row.skipping else { return "no earlier year" }
    return words.changeCell(skipping)
      + .element("span", ["class": "aside"], " \(NumberText.spelled(skipping.yearsBack)) years before")
  }
}
