import ExceptionDetection
import Reporting
import TimeSeries
import Wording

/// Writes what `horizon exceptions` found, and says how much that is.
struct ExceptionWriter {
  let panel: Panel
  let style: PeriodStyle
  /// What counts as an exception; of verdicts only those that are higher than expected are written without --all.
  let rule: ExceptionRule
  let alpha: Double
  let interventions: (SeriesKey) -> [Intervention]
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
    try output.write(.stories(stories, style: style, explain: explain)) {
      .stories(stories, style: style) { test, rate in
        evidence(test, rate, series: report.traces[test.key]?.series)
      }
    }
    let new = stories.count { $0.lead.state == .new }
    let open = stories.count { $0.lead.state.isOpen }
    Console.note(
      stories.isEmpty
        ? "Nothing exceptional: \(report.tests.count) periods judged, no episode."
        : "\(NumberText.counted(stories.count, "episode")): \(new) new, \(open - new) continuing, "
          + "\(stories.count - open) over or the new normal.", quiet: quiet)
    return new > 0
  }

  /// Writes verdicts.
  ///
  /// - Returns: whether any is an exception.
  func write(_ tests: [PeriodTest]) throws -> Bool {
    let filters = rule.filters
    let judged = tests.map { (test: $0, isException: isException($0)) }
    let shown = all ? judged : judged.filter(\.isException)
    let table = Table.exceptions(
      shown.map(\.test), style: style, rates: filters ? shown.map { ($0.test.rate, $0.isException) } : nil,
      explain: explain ? { $0.explanation } : nil)
    if explain {
      try output.write(table) {
        .exceptions(
          shown.map { evidence($0.test, filters ? $0.test.rate : nil, series: panel[$0.test.key]) },
          isException: filters ? { isException($0.test) } : nil,
          style: style)
      }
    } else {
      try output.write(table)
    }
    let flagged = tests.count(where: \.flagged)
    let found = judged.count(where: \.isException)
    Console.note(
      found == 0 && flagged == 0
        ? "Nothing exceptional: \(tests.count) periods judged, none flagged."
        : "\(flagged) of \(tests.count) judged periods flagged"
          + (filters ? ", \(found) of them exceptions at the rate and size asked for." : "."), quiet: quiet)
    return found > 0
  }

  private func isException(_ test: PeriodTest) -> Bool { test.flagged && rule.holds(test) }

  private func evidence(_ test: PeriodTest, _ rate: Double?, series: Series?) -> Evidence {
    Evidence(
      test, alpha: alpha, rate: rate, series: series, interventions: interventions(test.key),
      last: panel.span?.upperBound ?? test.period)
  }
}
