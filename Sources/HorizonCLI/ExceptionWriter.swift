import ExceptionDetection
import Reporting
import Tables
import TimeSeries
import Wording

/// Writes what `horizon exceptions` found, and says how much that is.
struct ExceptionWriter {
  let panel: Panel
  let style: PeriodStyle
  /// What counts as an exception; of verdicts only those that are higher than expected are written without --all.
  let rule: ExceptionRule
  let alpha: Double
  let interventions: Interventions
  let all: Bool
  let explain: Bool
  let output: OutputOptions
  let quiet: Bool

  /// The stories to tell: rises, and with --all falls too.
  func told(_ report: EpisodeReport) -> [Story] { report.stories.filter { all || $0.lead.isHigher } }

  /// Writes stories.
  ///
  /// - Returns: whether any is new.
  func write(_ report: EpisodeReport) throws -> Bool {
    let stories = told(report)
    let evidence = self.evidence
    try output.write(
      .stories(stories, style: style, explain: explain) { test, rate in
        evidence(test, rate, report.traces[test.key]?.series)
      })
    let new = stories.count { $0.lead.state == .new }
    let open = stories.count { $0.lead.state.isOpen }
    let tally = VerdictTally(report.tests)
    note(
      tally,
      stories.isEmpty
        ? "Nothing exceptional: \(NumberText.counted(tally.judged, "period")) judged, no episode"
        : "\(NumberText.counted(stories.count, "episode")): \(new) new, \(open - new) continuing, "
          + "\(stories.count - open) over or the new normal")
    return new > 0
  }

  /// Writes verdicts: all of those tallied, or those of them that are flagged.
  ///
  /// - Returns: whether any is an exception.
  func write(_ tests: [PeriodTest], of tally: VerdictTally) throws -> Bool {
    let filters = rule.filters
    // Of a large panel's verdicts few are written: what is written of one is made for those alone.
    let isException = { (test: PeriodTest) in test.flagged && rule.holds(test) }
    let shown = (all ? tests : tests.filter(isException)).map {
      JudgedPeriod($0, rate: $0.rate, isException: isException($0))
    }
    var columns = ExceptionColumns()
    columns.filters = filters
    columns.explains = explain
    let (evidence, panel, rated) = (evidence, panel, filters)
    columns.evidence = { evidence($0.test, rated ? $0.rate : nil, panel[$0.test.key]) }
    try output.write(.exceptions(shown, style: style, columns: columns))
    let flagged = tests.count(where: \.flagged)
    let found = shown.count(where: \.isException)
    note(
      tally,
      found == 0 && flagged == 0
        ? "Nothing exceptional: \(NumberText.counted(tally.judged, "period")) judged, none flagged"
        : "\(flagged) of \(tally.judged) judged periods flagged"
          + (filters ? ", \(found) of them exceptions at the rate and size asked for" : ""))
    return found > 0
  }

  /// Says what was found, and what was not judged; that nothing was is said even when quiet.
  private func note(_ tally: VerdictTally, _ found: String) {
    guard tally.unjudged > 0, let because = tally.because else { return Console.note("\(found).", quiet: quiet) }
    if tally.judged == 0 {
      // Quiet is for what is in order.
      Console.note(
        "horizon: warning: none of \(NumberText.counted(tally.total, "period")) could be judged, \(because): no verdict does not mean that nothing was unusual",
        quiet: false)
    } else {
      Console.note(
        "\(found). \(NumberText.grouped(tally.unjudged)) more could not be judged, \(because): no verdict does not mean that nothing was unusual.",
        quiet: quiet)
    }
  }

  /// The evidence of a verdict on a series.
  private var evidence: @Sendable (PeriodTest, Double?, Series?) -> Evidence {
    let (alpha, interventions, last) = (alpha, interventions, panel.span?.upperBound)
    return { test, rate, series in
      Evidence(
        test, alpha: alpha, rate: rate, series: series, interventions: interventions[test.key],
        last: last ?? test.period)
    }
  }
}
