import Assessment
import Charts
import Evaluation
import TimeSeries
import Wording

/// How the forecast that would have been made a year ago has turned out, in words and a short table.
struct TrackRecordSection {
  let context: PackContext

  func content() -> [Markup] {
    let report: BacktestReport
    switch context.assessment.trackRecord {
    case .scored(let scored): report = scored
    case .notPossible(let reason):
      return [
        .paragraph("There is no forecast of a year ago to look back at, because \(Wording.stopped(reason))")
      ]
    }
    // The latest year here; the years before have a page of their own.
    guard let result = report.models.first, let origin = report.origins.last,
      let scores = result.byOrigin.last(where: { $0.group == origin })?.scores, scores.forecasts > 0
    else {
      return [.paragraph("Nothing that was forecast a year ago has been recorded since.")]
    }
    let periods = context.periods
    let made =
      "We made the forecast again as it would have been at the end of \(periods.label(origin)), from what was known by then, and set it beside what was recorded from \(periods.range(origin + 1, origin + report.horizon)): \(NumberText.grouped(scores.forecasts)) series of single places, \(NumberText.grouped(scores.observations)) recorded values.\(measures(result))"
    let findings = [coverage(scores), besideLastYear(scores)].compactMap { $0 }
    let checks = report.checks.filter { $0.span.lowerBound == origin + 1 }
    return [.paragraph(Markup(text: made)), .list(findings, className: "sentences")]
      + TotalChecks(
        checks: checks, periods: periods, limit: 10, obstacle: { recordingChange(before: $0, origin) }
      ).content()
      + [.paragraph("\(Markup.link(to: TrackRecordPage.path, "Every year that can be looked back at")).")]
  }

  /// The changes of recording between what a forecast knew and what it is set beside: "recording change in Apr 2025".
  private func recordingChange(before check: TotalCheck, _ origin: Period) -> String? {
    let steps = (context.assessment.series(check.key)?.interventions ?? []).filter {
      $0.effect == .step && $0.start > origin && $0.start <= check.span.upperBound
    }
    guard !steps.isEmpty else { return nil }
    var seen = Set<String>()
    return Wording.list(
      steps.map { "\($0.kind.words) in \(context.periods.label($0.start))" }.filter { seen.insert($0).inserted })
  }

  /// Which measures were looked at, where not all of them were.
  private func measures(_ result: ModelResult) -> String {
    let names = result.byMeasure.map(\.group)
    let all = Set(context.assessment.data.panel.measures)
    guard !names.isEmpty, names.count < all.count else { return "" }
    return
      " Of the measures, the largest: \(Wording.list(names)). \u{201C}horizon backtest\u{201D} looks at all of them."
  }

  private func coverage(_ scores: Scores) -> Markup? {
    guard let held = scores.coverage(80), held.isFinite else { return nil }
    let verdict =
      switch held {
      case ..<0.75: "fewer than it should: last year brought more surprises than the ranges allowed for"
      case 0.88...: "more than it should: the ranges were on the safe side, as those of small whole counts always are"
      default: "about what it should"
      }
    return
      "The 80\u{A0}% range held \(Wording.percent(held)) of the values by \(context.periods.frequency.noun), \(verdict)."
  }

  private func besideLastYear(_ scores: Scores) -> Markup? {
    let (own, other) = (scores.meanAbsoluteError, scores.meanAbsoluteErrorOfLastYear)
    guard own.isFinite, other.isFinite else { return nil }
    let comparison =
      other == 0
      ? ""
      : own < other
        ? ": the forecast's error was \(Wording.percent(1 - own / other)) smaller"
        : ": the forecast's error was \(Wording.percent(own / other - 1)) larger, so last year's figures were the better guide"
    return
      "A forecast for one \(context.periods.frequency.noun) was off by \(error(own)) on average; saying \u{201C}the same as a year before\u{201D} would have been off by \(error(other))\(comparison)."
  }

  private func error(_ value: Double) -> String { NumberText.grouped(value, decimals: value < 100 ? 1 : 0) }
}
