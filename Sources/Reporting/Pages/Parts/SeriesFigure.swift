import Assessment
import Charts
import ExceptionDetection
import RiskRanking
import TimeSeries
import Wording

/// The chart of one series with its caption, the breaks it names, and its numbers as tables.
struct SeriesFigure {
  let context: PackContext
  let series: AssessedSeries
  /// Prefix of the identifiers.
  let id: String
  /// The finding.
  let title: String
  /// The finding at more length, with the last value.
  let description: String

  private var text: MeasureText { MeasureText(series.measure) }
  private var observed: Series { series.observed }
  private var periods: PeriodText { context.periods }

  /// What the forecasting model fitted to the observed periods, at the level of recording of each: it learnt them all at today's. In a gap nothing is drawn: a line across years of no data would claim
  /// what nobody knows.
  private var fitted: [Double] {
    guard let forecast = series.forecast else { return [] }
    let history = ComparableHistory(observed, forecast: forecast)
    return forecast.fitted.enumerated().map { i, value in
      observed.values.indices.contains(i) && observed.values[i].isFinite
        ? value / history.scale(at: observed.start + i) : .nan
    }
  }

  /// The breaks to show: not a window in which nothing was observed.
  private var breaks: [Intervention] {
    series.interventions.filter { item in
      guard case .window(let end) = item.effect else { return true }
      let first = max(item.start - observed.start, 0)
      let last = min(end - observed.start, observed.count - 1)
      return first <= last && observed.values[first...last].contains { $0.isFinite }
    }
  }

  /// The drawing alone, wide and narrow.
  func drawing() -> Markup {
    guard observed.count > 0 else { return .empty }
    let wide = chart(width: 760, height: 300, suffix: "chart")
    let narrow = chart(width: 340, height: 260, suffix: "chart-narrow")
    return .element(
      "div", ["class": "picture"], .element("div", ["class": "wide"], wide.svg()),
      .element("div", ["class": "narrow"], narrow.svg()))
  }

  func markup() -> Markup {
    guard observed.count > 0 else { return .paragraph("There is no history to draw.") }
    let wide = chart(width: 760, height: 360, suffix: "chart")
    let narrow = chart(width: 340, height: 280, suffix: "chart-narrow")
    return .joined([
      .element(
        "figure", ["id": id],
        .element(
          "figcaption", [:], .element("span", ["class": "finding"], Markup(text: title)),
          .element("span", ["class": "subtitle"], Markup(text: subtitle))),
        .element("div", ["class": "wide"], wide.svg()), .element("div", ["class": "narrow"], narrow.svg()), notes()),
      .details("Numbers behind this chart", [history(), future()]),
    ])
  }

  private var subtitle: String {
    let unit =
      switch observed.kind {
      case .count: "Recorded a \(periods.frequency.noun)"
      case .proportion: "Share of each \(periods.frequency.noun)"
      case .value: "\(series.measure.unit.map(Wording.sentence) ?? "Value"), by \(periods.frequency.noun)"
      }
    var text =
      "\(unit), \(Wording.name(series.label)), \(context.displayName(series.area.name)), \(periods.range(observed.start, observed.end))"
    if let forecast = series.forecast?.forecast, forecast.horizon > 0 {
      text += "; forecast to \(periods.label(forecast.start + (forecast.horizon - 1))) with 80 and 95\u{A0}% intervals"
    }
    return text
  }

  private func chart(width: Double, height: Double, suffix: String) -> TimeSeriesChart {
    var chart = TimeSeriesChart(
      id: "\(id)-\(suffix)",
      title: "\(series.label), \(context.displayName(series.area.name)), by \(periods.frequency.noun)",
      description: description, history: observed.values)
    chart.width = width
    chart.height = height
    if let result = series.forecast {
      chart.fitted = fitted
      chart.fittedName = "fitted"
      let forecast = result.forecast
      func band(_ level: Double) -> (lower: [Double], upper: [Double]) {
        forecast.interval(level).map { ($0.lower, $0.upper) } ?? ([], [])
      }
      if forecast.horizon > 0 {
        chart.future = .init(
          start: forecast.start - observed.start, middle: forecast.mean, inner: band(80), outer: band(95))
      }
    }
    chart.breaks = breaks.enumerated().map { i, item in
      var through: Int?
      if case .window(let end) = item.effect { through = end - observed.start }
      return .init(position: item.start - observed.start, through: through, label: SeriesFigure.letter(i))
    }
    let judged = series.tests.filter {
      $0.kind != .notTested && observed.values.indices.contains($0.period - observed.start)
    }
    chart.expectedRanges = judged.map {
      .init(position: $0.period - observed.start, lower: $0.lower, upper: $0.upper)
    }
    chart.exceptions = judged.filter(context.isShown).map {
      .init(position: $0.period - observed.start, isHigher: $0.kind.isHigher)
    }
    chart.timeTicks = ticks(upTo: max(observed.count, (chart.future?.start ?? 0) + (chart.future?.middle.count ?? 0)))
    return chart
  }

  /// A tick where each year begins, or, in a short series, at even distances.
  private func ticks(upTo count: Int) -> [TimeSeriesChart.TimeTick] {
    let years = (0..<count).filter { i in
      i > 0 && (observed.start + i).year != (observed.start + (i - 1)).year || i == 0 && startsYear(observed.start)
    }
    if years.count >= 3 { return years.map { .init(position: $0, label: String((observed.start + $0).year)) } }
    let step = max(1, count / 5)
    return stride(from: 0, to: count, by: step).map { .init(position: $0, label: periods.label(observed.start + $0)) }
  }

  private func startsYear(_ period: Period) -> Bool { period.firstDay.month == 1 && period.firstDay.day <= 7 }

  static func letter(_ i: Int) -> String {
    i < 26 ? String(Character(Unicode.Scalar(UInt8(65 + max(i, 0))))) : "\(letter(i / 26 - 1))\(letter(i % 26))"
  }

  /// What the picture cannot say for itself: gaps, breaks by letter, expected ranges.
  private func notes() -> Markup {
    var notes: [Markup] = []
    let gaps = missingRuns
    if !gaps.isEmpty { notes.append("No data, shown as gaps: \(Wording.list(gaps)).") }
    for (i, item) in breaks.enumerated() {
      var when = periods.label(item.start)
      if case .window(let end) = item.effect { when = periods.range(item.start, end) }
      var text = "\(SeriesFigure.letter(i)) (\(when)): \(Wording.stopped(item.label))"
      if let adjustment = series.forecast?.adjustments.first(where: { $0.intervention == item }) {
        if let factor = adjustment.factor, factor.isFinite {
          text +=
            " Earlier values were multiplied by \(NumberText.grouped(factor, decimals: 2)) before forecasting."
        } else if case .window = item.effect {
          text += " These \(periods.frequency.noun)s were left out of the forecast."
        }
      }
      notes.append(.strong(Markup(text: text.prefixLetter)) + Markup(text: text.afterLetter))
    }
    for sentence in series.lifespan.sentences(periods.frequency.noun, periods.label) {
      notes.append(Markup(text: sentence))
    }
    for outlier in series.forecast?.outliers ?? [] {
      notes.append(
        Markup(text: "\(periods.label(outlier.period)): \(outlier.text(periods.frequency.noun))."))
    }
    if series.tests.contains(where: { $0.kind != .notTested }) {
      notes.append(
        "Upright bars over the latest \(periods.frequency.noun)s: the range expected of each, before it was seen.")
    }
    return .list(notes, className: "note")
  }

  /// Missing stretches in words, the latest six.
  private var missingRuns: [String] {
    var runs: [String] = []
    var start: Int?
    for i in 0...observed.count {
      let isMissing = i < observed.count && !observed.values[i].isFinite
      if isMissing, start == nil { start = i }
      if !isMissing, let begun = start {
        runs.append(periods.range(observed.start + begun, observed.start + (i - 1)))
        start = nil
      }
    }
    return runs.count > 6 ? ["\(runs.count - 6) earlier stretches"] + runs.suffix(6) : runs
  }

  private func history() -> Markup {
    let fitted = fitted
    return DataTable(
      caption:
        "Recorded, and as the forecasting model fits it with hindsight, by \(periods.frequency.noun). What was expected of a \(periods.frequency.noun) before it was seen stands with the exceptions.",
      columns: [
        .init(Wording.sentence(periods.frequency.noun)), .init("Recorded", isNumeric: true, claim: .recorded),
        .init("Fitted", isNumeric: true, claim: .fitted), .init("Note"),
      ],
      rows: observed.values.indices.map { i in
        let period = observed.start + i
        let expected = fitted.indices.contains(i) && fitted[i].isFinite ? text.level(fitted[i]) : "\u{2013}"
        let mark = series.tests.first { $0.period == period && context.isShown($0) }
        return DataTable.Row([
          Markup(text: periods.label(period)),
          Markup(text: observed.values[i].isFinite ? text.level(observed.values[i]) : "missing"),
          Markup(text: expected), Markup(text: mark.map { context.words($0).kind } ?? ""),
        ])
      }, className: "dense compact", series: context.claims.series(series.area.name, series.measure.id)
    ).markup()
  }

  private func future() -> Markup {
    guard let forecast = series.forecast?.forecast, forecast.horizon > 0 else { return .empty }
    return ForecastSteps(
      periods: periods, forecast: forecast, steps: forecast.horizon, text: text,
      series: context.claims.series(series.area.name, series.measure.id)
    ).markup(
      caption: "Forecast, if past patterns continue (model: \(forecast.model))")
  }
}

extension String {
  fileprivate var prefixLetter: String { String(prefix { $0 != " " }) }
  fileprivate var afterLetter: String { String(drop { $0 != " " }) }
}
