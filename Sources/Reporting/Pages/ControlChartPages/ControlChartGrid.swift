import Assessment
import Charts
import CommunitySafety
import ControlCharts
import RiskRanking
import Scorecard
import TimeSeries
import Wording

/// Control charts of every measure: a grid of icons, each of which leads to its chart, and a page of charts for each measure.
struct ControlChartGrid {
  let context: PackContext
  static let path = "control-charts/index.html"
  private let root = "../"

  /// Most places across the grid; with more each measure has a line of counts, and its page the places.
  private static let mostPlaces = 8

  var makers: [PageShell.Maker] {
    [{ grid() }] + context.themes.map { theme -> PageShell.Maker in { page(theme) } }
  }

  // MARK: Charts

  /// The places of a measure: the widest, then those with pages.
  private func series(_ theme: PackContext.Theme) -> [AssessedSeries] {
    var seen = Set<String>()
    let widest = context.assessment.widest(theme.measure).map { [$0] } ?? []
    let own = context.partnerships.compactMap { place in
      context.risk(in: place, measure: theme.measure.id).flatMap { context.series(of: $0) }
    }
    return (widest + own).filter { seen.insert($0.area.name).inserted }
  }

  /// The charts that a measure's page shows: all, or with many places that of the widest and those that stand out.
  private func charts(_ theme: PackContext.Theme) -> [(AssessedSeries, ControlChart)] {
    let all = series(theme).map { ($0, $0.controlChart()) }
    guard context.partnerships.count > ControlChartGrid.mostPlaces else { return all }
    return all.enumerated().filter { i, one in
      i == 0 || ![.commonCause, .notJudged].contains(one.1.variation)
    }.map(\.element)
  }

  private func path(_ theme: PackContext.Theme) -> String {
    "control-charts/\(context.slug(measure: theme.measure.label)).html"
  }

  private func anchor(_ series: AssessedSeries) -> String { "chart-\(context.slug(area: series.area.name))" }

  // MARK: The grid

  private func grid() -> PageShell.Page {
    let rows = context.themes.map { theme in (theme, series(theme).map { ($0, $0.controlChart()) }) }
    let judged = rows.flatMap(\.1).filter { $0.1.variation != .notJudged }
    let standing = judged.count { $0.1.variation != .commonCause }
    return PageShell.Page(
      path: ControlChartGrid.path, title: "Control charts",
      content: [
        .paragraph(
          "The latest \(context.periods.frequency.noun) of each series against its own last \(context.periods.count(AssessedSeries.chartLength)), by the rules of Making Data Count: \(NumberText.grouped(standing)) of \(NumberText.grouped(judged.count)) that could be judged show special cause.",
          className: "lead"),
        context.placesLeftOut("the charts are of the widest"), table(rows), legend(),
        .paragraph(
          "Control charts know nothing of season or trend, and so stand out more often than the \(Markup.link(to: root + "exceptions.html", "exceptions")), which do. Where the two differ, the exceptions are the better guide.",
          className: "note"),
      ])
  }

  private func table(_ rows: [(PackContext.Theme, [(AssessedSeries, ControlChart)])]) -> Markup {
    let widest = rows.compactMap(\.1.first?.0.area.name).first.map(context.displayName) ?? ""
    let places = context.partnerships
    guard places.count <= ControlChartGrid.mostPlaces else { return counts(rows) }
    return DataTable(
      id: "grid", caption: "An icon for each measure and place, which leads to its chart",
      columns: [.init("Measure"), .init(widest)]
        + places.filter { context.displayName($0.name) != widest }.map { .init($0.name) },
      rows: rows.map { theme, charts in
        let others = places.filter { context.displayName($0.name) != widest }
        let cells = others.map { place -> Markup in
          charts.dropFirst().first { context.displayName($0.0.area.name) == context.displayName(place.name) }
            .map { cell(theme, $0.0, $0.1) } ?? "\u{2013}"
        }
        return DataTable.Row([name(theme), charts.first.map { cell(theme, $0.0, $0.1) } ?? "\u{2013}"] + cells)
      }, className: "icons"
    ).markup()
  }

  private func counts(_ rows: [(PackContext.Theme, [(AssessedSeries, ControlChart)])]) -> Markup {
    let kinds = SPCVariation.allCases
    return DataTable(
      id: "grid", caption: "How many places of each measure show what; its page has the charts",
      columns: [.init("Measure")] + kinds.map { .init(Wording.sentence($0.rawValue), isNumeric: true) },
      rows: rows.map { theme, charts in
        DataTable.Row(
          [Markup.link(to: root + path(theme), Markup(text: theme.label))]
            + kinds.map { kind in Markup(text: String(charts.count { $0.1.variation == kind })) })
      }, className: "comparison"
    ).markup()
  }

  private func name(_ theme: PackContext.Theme) -> Markup {
    .link(to: root + path(theme), Markup(text: theme.label))
  }

  private func cell(_ theme: PackContext.Theme, _ series: AssessedSeries, _ chart: ControlChart) -> Markup {
    let place = context.displayName(series.area.name)
    return .element(
      "a",
      [
        "href": "\(root)\(path(theme))#\(anchor(series))", "class": "icon",
        "aria-label": "\(theme.label), \(place): \(chart.variation.rawValue)",
      ], ControlChartGrid.icon(chart.variation))
  }

  /// A letter in a ring: filled for concern, open for improvement, a wave for common cause; never by colour alone.
  static func icon(_ variation: SPCVariation) -> Markup {
    let kind =
      switch variation {
      case .concernHigh, .concernLow: "concern"
      case .improvementHigh, .improvementLow: "improvement"
      case .neitherHigh, .neitherLow: "neither"
      case .commonCause, .notJudged: "plain"
      }
    let letter = variation == .commonCause ? "\u{223F}" : variation == .notJudged ? "?" : variation.letter
    return .element("span", ["class": "ring \(kind)", "aria-hidden": "true"], Markup(text: letter))
  }

  private func legend() -> Markup {
    .list(
      SPCVariation.allCases.map { "\(ControlChartGrid.icon($0)) \($0.rawValue)" }, className: "inline legend")
  }

  // MARK: Charts of a measure

  private func page(_ theme: PackContext.Theme) -> PageShell.Page {
    let drawn = charts(theme)
    let all = drawn.map(\.0)
    let charts = drawn.map(\.1)
    let pictures = ControlChartPictures(charts)
    let sections = zip(all, charts).map { series, chart -> Markup in
      let place = context.displayName(series.area.name)
      return .section(
        id: anchor(series), "\(place): \(chart.variation.rawValue)",
        [
          .paragraph(Markup(text: pictures.words(chart))),
          chart.latest == nil
            ? .empty : pictures.framed(chart, label: "Control chart, \(theme.label), \(place)"),
          chart.latest == nil ? .empty : .details("Numbers behind this chart", [numbers(chart, series)]),
        ])
    }
    return PageShell.Page(
      path: path(theme), title: "Control charts: \(theme.label)", trail: [(ControlChartGrid.path, "Control charts")],
      crumb: theme.label,
      content: [
        .paragraph(Markup(text: ControlChartPictures.note), className: "note"),
        context.partnerships.count > ControlChartGrid.mostPlaces
          ? .paragraph("With \(context.partnerships.count) places only the widest and those that stand out are drawn.")
          : .empty,
      ] + sections)
  }

  /// Mean and limits stand in the words: here what was recorded, and which rules a point is part of.
  private func numbers(_ chart: ControlChart, _ series: AssessedSeries) -> Markup {
    let text = MeasureText(series.measure)
    return DataTable(
      caption: "Recorded, and the rules that a point is part of",
      columns: [
        .init(Wording.sentence(context.periods.frequency.noun)), .init("Recorded", isNumeric: true, claim: .recorded),
        .init("Rules"),
      ],
      rows: chart.points.map { point in
        DataTable.Row([
          Markup(text: context.periods.label(point.period)),
          point.value.isFinite ? Markup(text: text.level(point.value)) : "missing",
          Markup(text: point.signal.rules.map(\.rawValue).joined(separator: ", ")),
        ])
      }, className: "dense compact", series: context.claims.series(series.area.name, series.measure.id)
    ).markup()
  }
}
