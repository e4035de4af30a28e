import Assessment
import Charts
import CommunitySafety
import RiskRanking
import TimeSeries
import Wording

/// The quarterly scorecard: every measure of the widest place by quarter, year to date and rolling year, then where a measure went
/// up or down by more than chance explains.
struct ScorecardPage {
  let context: PackContext
  static let path = "scorecard.html"

  /// Most places across the table of directions; with more it would not fit a page.
  private static let mostPlaces = 8

  func page() -> PageShell.Page {
    PageShell.Page(
      path: ScorecardPage.path, title: "Scorecard",
      content: [
        .paragraph(
          "What was recorded, by financial quarter and year to date. By exception: only what chance does not explain is called up or down.",
          className: "lead"),
        .section(id: "direction", "Direction of travel, by place", [directions()]),
        .section(id: "measures", "Every measure", [measures()]),
      ])
  }

  private var widest: [AssessedSeries] { context.themes.compactMap { context.assessment.widest($0.measure) } }

  private func measures() -> Markup {
    ScorecardTable(context: context, series: widest).markup(
      id: "scorecard", caption: "Groups, then single measures, each in the widest place that has it.",
      heading: "Measure",
      name: { theme($0.measure) + place($0.area) })
  }

  private func theme(_ measure: Measure) -> Markup {
    context.themes.first { $0.measure.id == measure.id }.map {
      Markup.link(to: context.path(of: $0), Markup(text: measure.label))
    } ?? Markup(text: measure.label)
  }

  private func place(_ area: Area) -> Markup {
    .element("span", ["class": "place"], " \(context.displayName(area.name))")
  }

  // MARK: Up or down

  private var windows: FinancialWindows? { context.span.flatMap { FinancialWindows(end: $0.upperBound) } }

  private func directions() -> Markup {
    let places = context.partnerships
    guard let windows else {
      return .paragraph("There are no financial quarters in data by \(context.periods.frequency.noun).")
    }
    guard !places.isEmpty else { return context.placesLeftOut("the table below is of the widest") }
    guard places.count <= ScorecardPage.mostPlaces else {
      return .paragraph(
        "With \(places.count) places the table would not fit a page: \(Markup.link(to: "partnerships/index.html", "each place")) has its own scorecard."
      )
    }
    let span = context.periods.range(windows.yearToDate.lowerBound, windows.yearToDate.upperBound)
    let rows = context.themes.compactMap { theme -> DataTable.Row? in
      let cells = places.map { cell(context.risk(in: $0, measure: theme.measure.id), windows) }
      guard cells.contains(where: { $0 != nil }) else { return nil }
      return DataTable.Row([link(theme)] + cells.map { $0 ?? "\u{2013}" })
    }
    return DataTable(
      id: "directions",
      caption:
        "\(span) against the same \(context.periods.frequency.noun)s of last year. \u{2191} up and \u{2193} down: by more than chance explains (under 1\u{A0}%), like for like where the recording changed; \u{201C}no clear change\u{201D}: chance may explain it.",
      columns: [.init("Measure")] + places.map { .init($0.name) }, rows: rows, className: "directions"
    ).markup()
  }

  private func link(_ theme: PackContext.Theme) -> Markup {
    Markup.link(to: context.path(of: theme), Markup(text: theme.label))
  }

  private func cell(_ risk: Risk?, _ windows: FinancialWindows) -> Markup? {
    guard let risk, let series = context.series(of: risk),
      let comparison = series.compared(windows.yearToDate, yearsBack: 1)
    else { return nil }
    var words = ComparisonWords(context: context, series: series)
    words.window = { .from(windows.yearToDate.lowerBound, back: $1, periods: $0.periods.count) }
    let (later, earlier) = words.levels(comparison)
    guard comparison.isReal == true else {
      return .element("span", ["class": "on"], Markup(text: words.verdict(comparison).lowercased()))
    }
    let kind: Claim.Kind = comparison.isLikeForLike ? .change : .comparableChange
    let change = Figures(context, risk).change(from: earlier, to: later, kind, words.window(comparison, 1))
    let isUp = later > earlier
    return .element(
      "span", ["class": "direction"],
      .element("span", ["aria-hidden": "true", "class": "arrow"], isUp ? "\u{2191}" : "\u{2193}"),
      " \(Markup.strong(isUp ? "up" : "down"))")
      + .element("span", ["class": "aside"], " " + change + (comparison.isLikeForLike ? "" : ", like for like"))
  }
}
