import Assessment
import Charts
import CommunitySafety
import RiskRanking
import TimeSeries
import Wording

/// What is not to be decided on now and may be later: problems that are no current priority, with what would show first that they
/// get worse.
struct WatchListPage {
  let context: PackContext
  static let path = "watch-list.html"

  /// Most rows.
  private static let mostRows = 25

  /// Problems to watch: advised to be, with at least an unlikely change for the worse, the likeliest first.
  var risks: [Risk] {
    context.assessment.risks(level: context.rankedLevel, groups: false)
      .filter { $0.recommendation == .watch && ($0.chances?.worse ?? 0) >= ProbabilityYardstick.unlikely.start }
      .sorted { a, b in
        let (x, y) = (a.chances?.worse ?? 0, b.chances?.worse ?? 0)
        return x != y ? x > y : a.key < b.key
      }
  }

  func page() -> PageShell.Page {
    let all = risks
    let shown = Array(all.prefix(WatchListPage.mostRows))
    let rest = all.count - shown.count
    return PageShell.Page(
      path: WatchListPage.path, title: "Watch-list",
      content: [
        .paragraph(
          "Nothing here needs a decision now. Each is no current priority and may get worse; the last column says what would show it first.",
          className: "lead"),
        table(shown),
        rest > 0
          ? .paragraph(
            "\(NumberText.grouped(rest)) more are in \(Markup.link(to: "priorities.csv", "priorities.csv")).")
          : .empty,
      ])
  }

  private func table(_ risks: [Risk]) -> Markup {
    let tables = RiskTables(context: context, root: "")
    return DataTable(
      id: "watch",
      caption:
        "Problems to watch, by their chance of a material change for the worse over the next \(context.periods.year), if past patterns continue and recording stays as it is",
      columns: [
        .init("Problem and place"), .init("Last \(context.periods.year)", isNumeric: true),
        .init("Forecast \(context.periods.year) (80\u{A0}% interval)", isNumeric: true),
        .init("Chance of getting worse"), .init("Confidence"), .init("Look again if"),
      ],
      rows: risks.map { risk in
        DataTable.Row([
          tables.name(risk, withPlace: true), tables.lastYear(risk), tables.forecast(risk), tables.chance(risk),
          Markup(text: risk.confidence.rating.rawValue), signal(risk),
        ])
      }, className: "comparison",
      emptyText: "There is nothing to watch: no problem that could be assessed is likely enough to get worse."
    ).markup()
  }

  /// The first bound that would be passed: one period in ten is beyond it if past patterns continue.
  private func signal(_ risk: Risk) -> Markup {
    guard let series = context.series(of: risk), let forecast = series.forecast?.forecast,
      let interval = forecast.interval(80), let low = interval.lower.first, let high = interval.upper.first,
      let worse = risk.polarity.worse
    else { return "\u{2013}" }
    let figures = Figures(context, risk)
    let at = Claim.Window.period(forecast.start)
    let bound =
      worse == .rise ? figures.level(high, .upper80, at) : figures.level(low, .lower80, at)
    return
      "\(context.periods.label(forecast.start)) is \(worse == .rise ? "above" : "below") \(bound), and the \(context.periods.frequency.noun) after it too"
  }
}
