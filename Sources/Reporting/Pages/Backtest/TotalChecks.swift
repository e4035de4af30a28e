import Charts
import Evaluation
import TimeSeries
import Wording

/// Last year's forecasts of totals beside what happened: in words, then as a table.
struct TotalChecks {
  let checks: [TotalCheck]
  let periods: PeriodText
  /// Most rows of the table.
  var limit = 12
  /// What stands between a forecast and what was recorded, such as a change of recording, as a clause; nil for nothing.
  var obstacle: (TotalCheck) -> String? = { _ in nil }

  /// Most sentences.
  private static let sentences = 5

  /// The section of a page.
  func section() -> Markup {
    .section(id: "last-year", "Last year's forecast, and what happened", content())
  }

  /// Words and table, the largest totals first.
  func content() -> [Markup] {
    guard !checks.isEmpty else {
      return [
        .paragraph(
          "There is no series of counts whose every \(periods.frequency.noun) of the forecast was recorded: nothing to compare totals with."
        )
      ]
    }
    let within = checks.filter(\.isWithin).count
    let largest = checks.sorted { ($1.mean, $0.key) < ($0.mean, $1.key) }
    let missed = largest.filter { !$0.isWithin }.sorted { miss($0) > miss($1) }
    var told = largest.prefix(TotalChecks.sentences - 2).map { $0 }
    for check in missed.prefix(2) where !told.contains(check) { told.append(check) }
    return [
      .paragraph(
        "Of \(NumberText.grouped(checks.count)) totals, \(NumberText.grouped(within)) (\(Wording.percent(Double(within) / Double(checks.count)))) were within the 80\u{A0}% range of their forecast, which should hold four in five. Totals of many places rise and fall together, so a single year may hold more or fewer."
      ),
      .list(
        told.map { check in
          Markup(
            text: BacktestSummary.check(check, periods)
              + (obstacle(check).map {
                " Between the two lies a \($0): what was forecast and what was recorded are not alike."
              } ?? ""))
        }, className: "sentences"),
      table(Array(largest.prefix(limit))),
    ]
  }

  /// How far outside its range a total was, in widths of the range.
  private func miss(_ check: TotalCheck) -> Double {
    max(check.lower - check.actual, check.actual - check.upper) / max(check.upper - check.lower, 1)
  }

  private func table(_ shown: [TotalCheck]) -> Markup {
    let span = checks.first.map { periods.range($0.span.lowerBound, $0.span.upperBound) } ?? ""
    let part =
      shown.count < checks.count
      ? ", the \(NumberText.grouped(shown.count)) largest of \(NumberText.grouped(checks.count))" : ""
    return DataTable(
      id: "last-year-table", caption: "Totals of \(span)\(part)",
      columns: [
        .init("Series"), .init("Forecast (80\u{A0}% range)", isNumeric: true), .init("Recorded", isNumeric: true),
        .init("Year before", isNumeric: true), .init("Verdict"),
      ],
      rows: shown.map { check in
        DataTable.Row([
          Markup(text: BacktestSummary.name(check.key)),
          "\(Wording.foreseen(check.mean)) \(Markup.element("span", ["class": "interval"], "(\(Wording.foreseenInterval(check.lower, check.upper)))"))",
          Markup(text: Wording.count(check.actual)),
          Markup(text: check.lastYear.map(Wording.count) ?? "\u{2013}"),
          verdict(check),
        ])
      }, className: "comparison"
    ).markup()
  }

  private func verdict(_ check: TotalCheck) -> Markup {
    let word: Markup = check.isWithin ? "within" : .strong(check.actual > check.upper ? "above" : "below")
    return obstacle(check).map { word + .element("span", ["class": "aside"], " (across a \($0))") } ?? word
  }
}
