import Alerting
import ArgumentParser
import Diagnostics
import Foundation
import Session
import TimeSeries
import Wording

/// Over what a rule is tried.
struct ReplayOptions: ParsableArguments {
  @Option(help: "Number of latest periods to run alerts for.")
  var last: Int = 24

  @OptionGroup var totals: TotalOptions

  func validate() throws {
    guard (1...1000).contains(last) else { throw ValidationError("--last must be from 1 to 1000.") }
  }
}

/// What alerts would have told over the past: a run at the end of each period, on the data up to it, into a state that is
/// gone afterwards.
struct AlertReplay {
  /// What would have been told of an alert, by itself or in a digest.
  struct Told {
    let period: String
    let message: AlertMessage
    let series: SeriesKey?
  }

  /// In the order in which they would have gone out.
  private(set) var told: [Told] = []
  /// A line a period: what would have been sent in it.
  private(set) var lines: [String] = []
  /// Alerts by what happened to them.
  private(set) var counts: [Happening: Int] = [:]
  /// Messages as they would have gone out: a digest is one.
  private(set) var messages = 0
  /// Periods that were run.
  private let periods: Int
  private let frequency: Frequency
  private let rules: Int
  /// False alarms a year that the rules' budgets expect, of the series that each judges.
  private(set) var expectedFalse = 0.0
  private(set) var judged = 0

  init(
    _ session: Session, _ configuration: AlertConfiguration, file: String, _ past: ReplayOptions, threads: Int,
    progress: Progress
  ) async throws {
    guard let span = session.panel.span else {
      throw HorizonError(.data, "the inputs have no period to judge", remedy: "Check that they are the files you meant")
    }
    periods = min(past.last, span.upperBound - span.lowerBound + 1)
    frequency = span.upperBound.frequency
    rules = configuration.rules.count
    let store = try AlertStore(AlertStore.inMemory)
    for offset in 0..<periods {
      let period = span.upperBound - (periods - 1 - offset)
      progress.update("Running", done: offset, total: periods)
      var watch = AlertWatch(session, through: period, threads: threads, caution: 0, totalName: past.totals.name)
      watch.looksAhead = false
      let memory = try AlertRun.memory(store, frequency: frequency)
      let rounds = try await watch.rounds(configuration, memory, file: file)
      guard let survey = rounds.first?.survey, survey.period == period else { continue }
      judged = max(judged, survey.judged)
      expectedFalse = max(
        expectedFalse,
        zip(configuration.rules, rounds).reduce(0) {
          $0 + FalseAlarmBudget.expected($1.0.falseAlarms, series: $1.1.judged)
        })
      var job = AlertRun(store, at: Moment(seconds: (period + 1).firstDay.daysSinceEpoch * 86_400))
      job.most = configuration.most
      job.noData = configuration.noData
      try take(
        job.take(rounds, quietPeriods: watch.quietPeriods, names: watch.names), of: session.style.format(period), store)
    }
    progress.finish()
  }

  private mutating func take(_ outcome: AlertRun.Outcome, of period: String, _ store: AlertStore) throws {
    let keys = Dictionary(try store.alerts().map { ($0.id, $0.key.series) }, uniquingKeysWith: { first, _ in first })
    messages += outcome.messages.count
    told += outcome.apart.map { Told(period: period, message: $0, series: $0.alert.flatMap { keys[$0] }) }
    let own = Dictionary(grouping: outcome.apart.compactMap(\.happening)) { $0 }.mapValues(\.count)
    counts.merge(own, uniquingKeysWith: +)
    let words = Happening.allCases.compactMap { happening in own[happening].map { "\($0) \(happening.word)" } }
    let sent =
      outcome.messages.count == outcome.apart.count
      ? "" : ", in \(NumberText.counted(outcome.messages.count, "message"))"
    lines.append("\(period): \(words.isEmpty ? "nothing" : ListText.joined(words))\(sent); \(outcome.open) open")
  }

  /// Alerts that fired.
  var fired: Int { counts[.fired] ?? 0 }

  /// Messages a month, whatever they say.
  var messagesAMonth: Double { Double(messages) / years / 12 }

  private var years: Double { Double(periods) / Double(frequency.periodsPerYear) }

  /// How much would have been sent, and how much of it for nothing.
  var summary: String {
    let one = { (x: Double) in NumberText.fixed(x, decimals: 1) }
    let perYear = Double(fired) / years
    return
      "\(NumberText.counted(fired, "alert")) fired in \(NumberText.counted(periods, frequency.noun)): \(one(perYear)) a year, "
      + "\(one(judged > 0 ? 100 * perYear / Double(judged) : 0)) a year for 100 series; with ends and withdrawals "
      + "\(one(messagesAMonth)) messages a month. By the budget of the \(rules == 1 ? "rule" : "rules") about "
      + "\(one(expectedFalse)) of them a year are expected to be false alarms."
  }
}
