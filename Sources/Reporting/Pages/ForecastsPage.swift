import Assessment
import Charts
import CommunitySafety
import RiskRanking
import TimeSeries
import Wording

/// Every forecast in a line: the model, last year, next year.
struct ForecastsPage {
  let context: PackContext

  func page() -> PageShell.Page {
    let places = distinctPlaces
    return PageShell.Page(
      path: "forecasts.html", title: "Forecasts",
      content: [
        .paragraph(
          "What to expect of every series over the next \(context.periods.year), if past patterns continue: the middle of the possible futures, and the range that four in five of them fall in. A total's futures are the sums of its parts', but middles and ends of ranges do not add up. Below is how such ranges did last year.",
          className: "lead"),
        .section(id: "models", "Models used", [models()]),
        .section(
          id: "track-record", "How did last year's forecast do?", TrackRecordSection(context: context).content()),
        .section(
          id: "places", "Places",
          [
            context.placesLeftOut("listed are the widest"),
            .list(
              places.map {
                .link(to: "#area-\(context.slug(area: context.anchorName($0.name)))", Markup(text: name($0)))
              },
              className: "inline"),
          ]),
      ] + places.map(section) + [.dataFile("forecasts.csv", root: "")])
  }

  private var distinctPlaces: [Area] {
    var names = Set<String>()
    return context.assessment.series.map(\.area).filter { names.insert($0.name).inserted && context.isListed($0) }
  }

  private func name(_ place: Area) -> String { context.displayName(place.name) }

  private func models() -> Markup {
    var counts: [String: Int] = [:]
    var fallbacks = 0
    for series in context.assessment.series {
      counts[series.forecast?.forecast.model ?? "no forecast", default: 0] += 1
      if series.forecast?.fallbackReason != nil { fallbacks += 1 }
    }
    let table = DataTable(
      id: "models-table", caption: "How many series each model forecast",
      columns: [.init("Model"), .init("Series", isNumeric: true)],
      rows: counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
        DataTable.Row([Markup(text: $0.key), Markup(text: NumberText.grouped($0.value))])
      }, className: "compact"
    ).markup()
    let note =
      fallbacks == 0
      ? "No series needed a fallback."
      : "\(NumberText.grouped(fallbacks)) series were forecast by a simpler model than asked for; each says why."
    return .joined([table, .paragraph("\(note) \(Markup.link(to: "method.html#forecasts", "How the models work")).")])
  }

  private func section(_ place: Area) -> Markup {
    let tables = RiskTables(context: context, root: "")
    let own = context.assessment.series.filter { $0.area.name == place.name }
    let shared = tables.sharedPeriods(own.compactMap(risk))
    let rows = own.map { row($0, shared: shared) }
    return .section(
      id: "area-\(context.slug(area: context.anchorName(place.name)))", Markup(text: name(place)),
      [
        DataTable(
          caption: "Forecasts for \(context.place(place.name).described).\(tables.sharedNote(shared))",
          columns: [
            .init("Measure"), .init("Model"), .init(tables.lastYearTitle(shared), isNumeric: true),
            .init(tables.forecastTitle(shared), isNumeric: true),
            .init("Next \(context.periods.frequency.noun) (80\u{A0}% interval)", isNumeric: true), .init("Note"),
          ], rows: rows, className: "comparison"
        ).markup()
      ])
  }

  private func risk(_ series: AssessedSeries) -> Risk? {
    context.risk(in: series.area, measure: series.measure.id)
  }

  private func row(_ series: AssessedSeries, shared: Int?) -> DataTable.Row {
    let tables = RiskTables(context: context, root: "")
    let risk = risk(series)
    return DataTable.Row([
      risk.map { tables.name($0, withPlace: false) } ?? Markup(text: Wording.name(series.label)),
      Markup(text: series.forecast?.forecast.model ?? "none"),
      risk.map { tables.lastYear($0, shared: shared) } ?? "\u{2013}",
      risk.map { tables.forecast($0, shared: shared) } ?? "\u{2013}", next(series), Markup(text: note(series)),
    ])
  }

  private func next(_ series: AssessedSeries) -> Markup {
    guard let forecast = series.forecast?.forecast, let mean = forecast.mean.first else { return "\u{2013}" }
    let figures = Figures(context, area: series.area.name, measure: series.measure)
    let at = Claim.Window.period(forecast.start)
    let value = figures.level(mean, .forecast, at)
    guard let interval = forecast.interval(80), let low = interval.lower.first, let high = interval.upper.first else {
      return value
    }
    return
      "\(value) \(Markup.element("span", ["class": "interval"], "(\(figures.interval(low, high, .interval80, at)))"))"
  }

  private func note(_ series: AssessedSeries) -> String {
    guard let forecast = series.forecast else { return "There is nothing to forecast from." }
    if let reason = forecast.fallbackReason { return "Simpler model, because \(Wording.stopped(reason))" }
    return forecast.choice.map { Wording.stopped(Wording.sentence($0)) } ?? ""
  }
}
