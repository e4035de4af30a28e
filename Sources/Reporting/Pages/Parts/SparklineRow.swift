import Assessment
import Charts
import RiskRanking
import TimeSeries

/// Small charts of several risks on one time axis, with their numbers behind them.
struct SparklineRow {
  let context: PackContext
  let root: String
  let risks: [Risk]
  /// Prefix of the identifiers.
  let id: String
  let withPlace: Bool

  /// Years of history shown.
  private static let years = 5

  func markup() -> Markup {
    let items = risks.enumerated().compactMap { i, risk in context.series(of: risk).map { (i, risk, $0) } }
    guard let window = window(items.map(\.2)) else { return .empty }
    let tables = RiskTables(context: context, root: root)
    let cells = items.map { i, risk, series -> Markup in
      let words = context.words(risk)
      let chart = sparkline(series, in: window, id: "\(id)-\(i + 1)", title: words.headline, description: words.numbers)
      return .element(
        "li", [:],
        .element(
          "p", ["class": "spark-title"], "\(i + 1). ", tables.name(risk, withPlace: withPlace)), chart.svg(),
        .element("p", ["class": "spark-note"], Markup(text: lastValue(series))))
    }
    return .element(
      "div", ["class": "sparks"],
      .element("ul", [:], cells),
      .paragraph(
        "Each runs from \(context.periods.range(window.lowerBound, window.upperBound)) and from zero to its own highest value. Grey line: recorded; a break in it is missing data. Dashed line and band: forecast and its 80\u{A0}% interval. \u{25B2} higher than expected, \u{25BD} lower than expected.",
        className: "note"),
      .details("Numbers behind these charts", [table(items.map { ($0.1, $0.2) }, window: window)]))
  }

  private func window(_ series: [AssessedSeries]) -> ClosedRange<Period>? {
    let filled = series.filter { $0.observed.count > 0 }
    guard let last = filled.map(\.observed.end).max(), let first = filled.map(\.observed.start).min() else {
      return nil
    }
    let start = max(first, last - (SparklineRow.years * last.frequency.periodsPerYear - 1))
    let end = filled.compactMap { $0.forecast?.forecast }.map { $0.start + ($0.horizon - 1) }.max() ?? last
    return start...max(end, last)
  }

  private func sparkline(
    _ series: AssessedSeries, in window: ClosedRange<Period>, id: String, title: String, description: String
  ) -> Sparkline {
    let observed = series.observed
    let shown = max(0, observed.end - window.lowerBound + 1)
    var chart = Sparkline(
      id: id, title: title, description: description, positions: window.upperBound - window.lowerBound + 1,
      history: (0..<shown).map { observed[window.lowerBound + $0] ?? .nan })
    if let forecast = series.forecast?.forecast {
      chart.forecastStart = forecast.start - window.lowerBound
      chart.middle = forecast.mean
      if let interval = forecast.interval(80) ?? forecast.intervals.first {
        chart.lower = interval.lower
        chart.upper = interval.upper
      }
    }
    chart.exceptions = series.tests.filter(context.isShown).map {
      .init(position: $0.period - window.lowerBound, isHigher: $0.kind.isHigher)
    }
    return chart
  }

  private func lastValue(_ series: AssessedSeries) -> String {
    let observed = series.observed
    guard let i = observed.values.lastIndex(where: \.isFinite) else { return "nothing recorded" }
    return "\(MeasureText(series.measure).level(observed.values[i])) in \(context.periods.label(observed.start + i))"
  }

  private func table(_ items: [(Risk, AssessedSeries)], window: ClosedRange<Period>) -> Markup {
    let count = window.upperBound - window.lowerBound + 1
    let noun = Wording.sentence(context.periods.frequency.noun)
    return DataTable(
      caption: "Recorded values and, after the last of them, forecasts with 80\u{A0}% intervals",
      columns: [.init(noun)]
        + items.map {
          DataTable.Column(
            withPlace ? "\($0.0.title), \($0.0.area.name)" : $0.0.title, isNumeric: true,
            series: context.claims.series($0.0.area.name, $0.0.measure.id))
        },
      rows: (0..<count).map { offset in
        let period = window.lowerBound + offset
        return DataTable.Row([Markup(text: context.periods.label(period))] + items.map { value($0.1, period) })
      }, className: "dense"
    ).markup()
  }

  private func value(_ series: AssessedSeries, _ period: Period) -> Markup {
    let text = MeasureText(series.measure)
    if let value = series.observed[period] { return Markup(text: text.level(value)) }
    if let forecast = series.forecast?.forecast, forecast.mean.indices.contains(period - forecast.start) {
      let step = period - forecast.start
      let mean = text.foreseen(forecast.mean[step])
      guard let interval = forecast.interval(80), interval.lower.indices.contains(step),
        interval.upper.indices.contains(step)
      else { return Markup(text: mean) }
      return "\(mean) (\(text.foreseenInterval(interval.lower[step], interval.upper[step])))"
    }
    return period <= series.observed.end && period >= series.observed.start ? "missing" : "\u{2013}"
  }
}
