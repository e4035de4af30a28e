import Assessment
import Charts
import CommunitySafety
import RiskRanking
import TimeSeries

/// The evidence on one risk: the finding, the chart, the numbers, and what to do with them.
struct PriorityPage {
  let context: PackContext
  let risk: Risk

  private let root = "../"
  private var words: RiskWords { context.words(risk) }
  private var periods: PeriodText { context.periods }

  func page() -> PageShell.Page {
    let series = context.series(of: risk)
    return PageShell.Page(
      path: context.path(of: risk), title: words.headline, trail: trail, crumb: risk.title,
      content: [
        .paragraph("\(Wording.sentence(words.numbers)).", className: "lead"), summary(),
        .section(
          id: "chart", "The record and the forecast",
          [
            series.map {
              SeriesFigure(
                context: context, series: $0, id: "series", title: words.headline,
                description: "\(Wording.sentence(words.numbers))."
              ).markup()
            } ?? .paragraph("There is no series to draw.")
          ]),
        .section(id: "numbers", "Next year against last", PriorityNumbers(context: context, risk: risk).markup()),
        .section(id: "why", "Why it is ranked here", PriorityRank(context: context, risk: risk).markup()),
        .section(id: "exceptions", "Exceptions in the latest \(periods.frequency.noun)s", [exceptions()]),
        .section(id: "where", "Where", place()), .section(id: "when", "When", [season(series)]),
        .section(id: "mind", "What would change our mind", mind(series)),
        .section(id: "doubts", "Doubts about the data", [doubts()]),
        .section(id: "business-case", "For a business case", BusinessCase(context: context, risk: risk).markup()),
        .section(
          id: "actions", "For the partnership to fill in",
          [ResponseForm(context: context, priority: risk.priority, risks: [risk]).markup()]),
      ])
  }

  private var trail: [(path: String, name: String)] {
    context.hasPage(risk.area)
      ? [("partnerships/index.html", "Partnerships"), (context.path(of: risk.area), risk.area.name)] : []
  }

  private func summary() -> Markup {
    .list([
      "\(Markup.strong("Direction:")) \(Markup.direction(Direction(risk)))",
      "\(Markup.strong("Recommendation:")) \(Markup.element("span", ["class": "recommendation"], Markup(text: risk.recommendation.rawValue))). \(words.recommendation)",
      "\(Markup.strong("Confidence:")) \(risk.confidence.rating.rawValue). \(confidence)",
    ])
  }

  private var confidence: String {
    Wording.sentence(words.confidenceReasons.joined(separator: "; ")) + "."
  }

  private func exceptions() -> Markup {
    ExceptionTable(context: context, root: root).markup(
      risk.exceptions.filter(context.isShown), id: "exception",
      caption: "Periods unlike what was expected, newest first",
      empty: context.nothingExceptional(
        "None of the latest \(periods.count(context.assessment.configuration.judgedPeriods)) was higher or lower than expected by more than chance explains.",
        among: context.assessment.series(risk.key)?.tests ?? [])
    )
  }

  private func place() -> [Markup] {
    let tables = RiskTables(context: context, root: root)
    var parts: [Markup] = []
    let districts = context.districts(of: risk.area).compactMap { context.risk(in: $0, measure: risk.measure.id) }
    if districts.count > 1 {
      parts.append(
        tables.comparison(
          districts, id: "districts",
          caption:
            "\(risk.title) in the districts of \(risk.area.name).\(risk.evidence.kind == .count ? RiskTables.partsNote : "")",
          heading: "District", name: { Markup(text: $0.area.name) }))
      if let change = ChangeParts(context: context, total: risk).sentence(by: .places) {
        parts.append(.paragraph(Markup(text: change)))
      }
      if let share = share(of: districts) { parts.append(.paragraph("\(share)")) }
    }
    let everywhere = context.places.compactMap { context.risk(in: $0, measure: risk.measure.id) }
    let elsewhere = nearest(everywhere)
    if elsewhere.count > 1 {
      parts.append(
        tables.comparison(
          elsewhere, id: "elsewhere", caption: caption(elsewhere.count, of: everywhere.count), heading: "Place",
          name: { other in
            other.area.name != risk.area.name && context.hasPage(other)
              ? .link(to: root + context.path(of: other), Markup(text: other.area.name)) : Markup(text: other.area.name)
          }))
    }
    return parts.isEmpty ? [.paragraph("There is no finer or other place in this run to compare with.")] : parts
  }

  /// Most other places shown on a page: with hundreds of them, every page would repeat the whole theme.
  static let mostPlaces = 20

  /// The places to compare with: all, or this one and the highest ranked of many.
  private func nearest(_ places: [Risk]) -> [Risk] {
    guard places.count > PriorityPage.mostPlaces else { return places }
    let others = places.filter { $0.area.name != risk.area.name }
      .sorted { ($0.rank ?? .max, $0.key) < ($1.rank ?? .max, $1.key) }.prefix(PriorityPage.mostPlaces - 1)
    return places.filter { $0.area.name == risk.area.name } + others
  }

  private func caption(_ shown: Int, of all: Int) -> Markup {
    shown == all
      ? "\(risk.title) in every partnership of this pack."
      : "\(risk.title) here and in the \(shown - 1) highest-ranked of \(all - 1) other places."
  }

  /// Which district the expected rise or fall lies in, where all of them move the same way.
  private func share(of districts: [Risk]) -> String? {
    guard risk.evidence.kind == .count else { return nil }
    let changes = districts.compactMap { risk in
      risk.isTooFew ? nil : risk.outlook.map { (risk.area.name, $0.expectedChange) }
    }
    let total = changes.reduce(0) { $0 + $1.1 }
    guard changes.count == districts.count, total.magnitude >= Wording.smallestBase,
      changes.allSatisfy({ $0.1 * total >= 0 }), let most = changes.max(by: { $0.1.magnitude < $1.1.magnitude })
    else { return nil }
    return
      "\(Wording.percent(most.1 / total)) of the expected \(total > 0 ? "rise" : "fall") is in \(most.0)."
  }

  private func season(_ series: AssessedSeries?) -> Markup {
    SeasonTable(
      periods: periods, series: series?.observed, interventions: series?.interventions ?? [],
      outliers: (series?.forecast?.outliers ?? []).map(\.period)
    ).markup(label: risk.title, text: words.text)
  }

  private func mind(_ series: AssessedSeries?) -> [Markup] {
    guard let forecast = series?.forecast?.forecast, forecast.horizon > 0 else {
      return [.paragraph("More data: with a full year observed, next year could be compared with last.")]
    }
    return [
      .paragraph(
        "If the next \(periods.frequency.noun)s come in outside these ranges, more often than one in five, the forecast is wrong and this page should be read again."
      ),
      ForecastSteps(
        periods: periods, forecast: forecast, steps: 3, text: words.text,
        series: context.claims.series(risk.area.name, risk.measure.id)
      ).markup(
        caption: "What to expect of the next \(periods.count(min(3, forecast.horizon))), if past patterns continue"),
    ]
  }

  private func doubts() -> Markup {
    var items = words.doubts.map { Markup(text: $0) }
    if let reason = context.series(of: risk)?.forecast?.fallbackReason {
      items.append("A simpler model made this forecast because \(Wording.stopped(reason))")
    }
    items.append(
      "Recorded counts move with reporting and recording as well as with what happens. \(Markup.link(to: root + "data-quality.html", "See the state of the data"))."
    )
    return .list(items)
  }
}
