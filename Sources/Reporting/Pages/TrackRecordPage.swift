import Assessment
import Charts
import Evaluation
import TimeSeries
import Wording

/// Every year that can be looked back at: the forecast as it would have been made then, beside what was recorded.
struct TrackRecordPage {
  let context: PackContext
  static let path = "track-record.html"

  /// Most misses that are listed.
  private static let mostMisses = 20

  var periods: PeriodText { context.periods }

  func page() -> PageShell.Page {
    PageShell.Page(path: TrackRecordPage.path, title: title, crumb: "Track record", content: content())
  }

  private var report: BacktestReport? {
    guard case .scored(let report) = context.assessment.trackRecord, report.models.first != nil else { return nil }
    return report
  }

  private var title: String {
    guard let checks = report?.checks, !checks.isEmpty else { return "Track record of the forecasts" }
    let within = checks.count(where: \.isWithin)
    return
      "\(NumberText.grouped(within)) of \(NumberText.grouped(checks.count)) past totals were within the range of their forecast"
  }

  private func content() -> [Markup] {
    guard let report, let result = report.models.first else {
      var reason = "nothing that was forecast has been recorded since"
      if case .notPossible(let why) = context.assessment.trackRecord { reason = why }
      return [.paragraph("There is no forecast to look back at, because \(Wording.stopped(reason))", className: "lead")]
    }
    return [
      .paragraph(Markup(text: lead(report, result)), className: "lead"),
      .section(id: "years", "Year by year", [years(report, result), note(report)]),
      .section(id: "missed", "The widest misses", [missed(report)]),
      .section(id: "measures", "By measure", [measures(report, result)]),
      .section(id: "sizes", "By size of the counts", [bands(result)]),
      .section(id: "words", "Did what was called likely happen?", words()),
      .section(id: "ranking", "Does the ranking work?", ranking()),
    ]
  }

  private func lead(_ report: BacktestReport, _ result: ModelResult) -> String {
    let origins = report.origins.count
    return
      "\(NumberText.grouped(result.overall.forecasts)) forecasts of single places, made again as they would have been at the end of \(Wording.list(report.origins.suffix(3).map(periods.label)))\(origins > 3 ? " and \(NumberText.spelled(origins - 3)) year\(origins == 4 ? "" : "s") before" : ""), from what was known by then, and set beside what was recorded. An 80\u{A0}% range should hold four in five."
  }

  private func note(_ report: BacktestReport) -> Markup {
    var sentences = [
      "Totals of many places rise and fall together, so a single year may hold more or fewer. Forecasts knew nothing that came later: where the recording changed in the year ahead, they missed what the change brought in."
    ]
    let all = Set(context.assessment.data.panel.measures)
    let used = report.models.first?.byMeasure.map(\.group) ?? []
    if !used.isEmpty, used.count < all.count {
      sentences.append(
        "To keep the run short only the largest measures were looked back at; \u{201C}horizon backtest\u{201D} looks at all of them."
      )
    }
    sentences += BacktestSummary.skipped(report, periods)
    return .paragraph(Markup(text: sentences.joined(separator: " ")), className: "note")
  }

  // MARK: Tables

  private func checks(_ report: BacktestReport, _ origin: Period) -> [TotalCheck] {
    report.checks.filter { $0.span.lowerBound == origin + 1 }
  }

  private func years(_ report: BacktestReport, _ result: ModelResult) -> Markup {
    let noun = periods.frequency.noun
    return DataTable(
      id: "years-table",
      caption:
        "Totals of \(periods.count(report.horizon)), and single \(noun)s; the error is the mean distance of a \(noun)'s forecast from what was recorded",
      columns: [
        .init("Made at the end of"), .init("Totals", isNumeric: true),
        .init("Within the 80\u{A0}% range", isNumeric: true),
        .init("Above it", isNumeric: true), .init("Below it", isNumeric: true),
        .init("\(Wording.sentence(noun))s within theirs", isNumeric: true), .init("Error", isNumeric: true),
        .init("Error of \u{201C}the same as a year before\u{201D}", isNumeric: true),
      ],
      rows: result.byOrigin.map { group in
        let checks = checks(report, group.group)
        let within = checks.count(where: \.isWithin)
        let above = checks.count { $0.actual > $0.upper }
        let share = checks.isEmpty ? "" : " (\(Wording.percent(Double(within) / Double(checks.count))))"
        return DataTable.Row(
          [
            periods.label(group.group), NumberText.grouped(checks.count), "\(NumberText.grouped(within))\(share)",
            NumberText.grouped(above), NumberText.grouped(checks.count - within - above),
            group.scores.coverage(80).map(Wording.percent) ?? "\u{2013}", error(group.scores.meanAbsoluteError),
            error(group.scores.meanAbsoluteErrorOfLastYear),
          ].map { Markup(text: $0) })
      }, className: "comparison"
    ).markup()
  }

  private func missed(_ report: BacktestReport) -> Markup {
    func miss(_ check: TotalCheck) -> Double {
      max(check.lower - check.actual, check.actual - check.upper) / max(check.upper - check.lower, 1)
    }
    let missed = report.checks.filter { !$0.isWithin }
      .sorted { (miss($1), $0.key, $0.span.lowerBound) < (miss($0), $1.key, $1.span.lowerBound) }
    let shown = missed.prefix(TrackRecordPage.mostMisses)
    let part =
      shown.count < missed.count
      ? ", the \(shown.count) widest of \(NumberText.grouped(missed.count)), in widths of their range"
      : ", widest first, in widths of their range"
    return DataTable(
      id: "missed-table", caption: "Totals outside the 80\u{A0}% range of their forecast\(part)",
      columns: [
        .init("Series"), .init("Year"), .init("Forecast (80\u{A0}% range)", isNumeric: true),
        .init("Recorded", isNumeric: true), .init("Year before", isNumeric: true), .init("Verdict"),
        .init("What is known"),
      ],
      rows: shown.map { check in
        DataTable.Row([
          Markup(text: BacktestSummary.name(check.key)),
          Markup(text: periods.range(check.span.lowerBound, check.span.upperBound)),
          "\(Wording.foreseen(check.mean)) \(Markup.element("span", ["class": "interval"], "(\(Wording.foreseenInterval(check.lower, check.upper)))"))",
          Markup(text: Wording.count(check.actual)), Markup(text: check.lastYear.map(Wording.count) ?? "\u{2013}"),
          .strong(check.actual > check.upper ? "above" : "below"), Markup(text: known(check)),
        ])
      }, className: "comparison", emptyText: "No total was outside the range of its forecast."
    ).markup()
  }

  /// The known changes that fell into the year ahead.
  private func known(_ check: TotalCheck) -> String {
    let items = context.assessment.series(check.key)?.interventions ?? []
    let within = items.filter { item in
      switch item.effect {
      case .step:
        item.start > check.span.lowerBound - periods.frequency.periodsPerYear && item.start <= check.span.upperBound
      case .window(let end): item.start <= check.span.upperBound && end >= check.span.lowerBound
      }
    }
    return within.isEmpty
      ? "\u{2013}"
      : Wording.sentence(
        Wording.list(within.prefix(2).map { "\($0.kind?.rawValue ?? "change of level"), \(periods.label($0.start))" }))
  }

  private func measures(_ report: BacktestReport, _ result: ModelResult) -> Markup {
    table(
      "measures-table", "Single \(periods.frequency.noun)s of each measure, all years", "Measure",
      result.byMeasure.map { group in
        let own = report.checks.filter { $0.key.measure == group.group }
        return (group.group, group.scores, own)
      })
  }

  private func bands(_ result: ModelResult) -> Markup {
    table(
      "bands-table", "Single \(periods.frequency.noun)s by the size of their series' counts, all years",
      "Recorded a \(periods.frequency.noun)", result.byBand.map { ($0.group.label, $0.scores, []) })
  }

  private func table(_ id: String, _ caption: String, _ heading: String, _ rows: [(String, Scores, [TotalCheck])])
    -> Markup
  {
    let hasTotals = rows.contains { !$0.2.isEmpty }
    return DataTable(
      id: id, caption: Markup(text: caption),
      columns: [.init(heading), .init("Forecasts", isNumeric: true)]
        + (hasTotals ? [.init("Totals within the 80\u{A0}% range", isNumeric: true)] : [])
        + [
          .init("\(Wording.sentence(periods.frequency.noun))s within theirs", isNumeric: true),
          .init("Error", isNumeric: true), .init("Error of \u{201C}the same as a year before\u{201D}", isNumeric: true),
        ],
      rows: rows.map { name, scores, checks in
        let totals = checks.isEmpty ? "\u{2013}" : "\(checks.count(where: \.isWithin)) of \(checks.count)"
        return DataTable.Row(
          ([name, NumberText.grouped(scores.forecasts)] + (hasTotals ? [totals] : [])
            + [
              scores.coverage(80).map(Wording.percent) ?? "\u{2013}", error(scores.meanAbsoluteError),
              error(scores.meanAbsoluteErrorOfLastYear),
            ]).map { Markup(text: $0) })
      }, className: "compact"
    ).markup()
  }

  private func error(_ value: Double) -> String {
    value.isFinite ? NumberText.grouped(value, decimals: value < 100 ? 1 : 0) : "\u{2013}"
  }
}
