import Alerting
import ArgumentParser
import Diagnostics
import ExceptionDetection
import Foundation
import Tables
import TimeSeries
import Wording

/// `horizon alert test-rule`: what would have been sent.
struct AlertTestRuleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test-rule", abstract: "Shows what alerts would have been sent, period by period.",
    discussion: """
      Runs alerts once a period over the past, each run on the data up to that period alone, and writes one row a message: \
      period,happening,alert,area,measure,headline. Counts a period go to standard error, with how many of the messages \
      are expected to be false alarms. Nothing is kept or sent. The figures are those known today: what came late was not \
      there at the time.
      """)

  @OptionGroup var input: InputOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var run: RunOptions

  @Option(help: ArgumentHelp("Rules (YAML), as of `alert run`. (default: the default rule)", valueName: "file"))
  var config: String?

  @Option(help: "Number of latest periods to run for.")
  var last: Int = 24

  @Flag(help: "The areas do not add up to a whole: judge no totals of them.")
  var noTotals = false

  func validate() throws {
    guard (1...1000).contains(last) else { throw ValidationError("--last must be from 1 to 1000.") }
  }

  /// A message as it would have gone out.
  struct Told {
    let period: String
    let message: AlertMessage
    let series: SeriesKey?
  }

  func run() async throws {
    let progress = Progress(quiet: run.quiet)
    let session = try await input.open(run, progress: progress)
    guard let span = session.panel.span else {
      throw HorizonError(.data, "the inputs have no period to judge", remedy: "Check that they are the files you meant")
    }
    let periods = min(last, span.upperBound - span.lowerBound + 1)
    let store = try AlertStore(AlertStore.inMemory)
    let exception = session.configuration.exceptionRule
    let configuration =
      try config.map { try AlertConfigurationReader.read($0, exception: exception) }
      ?? AlertConfiguration(name: "default", rules: [.init(name: "exceptions", exception: exception)], channels: [])
    var told: [Told] = []
    var lines: [String] = []
    var counts: [Happening: Int] = [:]
    var judged = 0
    for offset in 0..<periods {
      let period = span.upperBound - (periods - 1 - offset)
      progress.update("Running", done: offset, total: periods)
      let watch = AlertWatch(
        session, through: period, threads: run.threads, caution: 0, hasTotals: !noTotals)
      let memory = try AlertRun.memory(store, frequency: period.frequency)
      let rounds = try await watch.rounds(configuration, memory, file: config ?? "the default rule")
      guard let survey = rounds.first?.survey, survey.period == period else { continue }
      judged = max(judged, survey.judged)
      var job = AlertRun(store, at: Moment(seconds: (period + 1).firstDay.daysSinceEpoch * 86_400))
      job.tellsEach = true
      let outcome = try job.take(rounds, quietPeriods: watch.quietPeriods, names: watch.names)
      let keys = Dictionary(
        try store.alerts().map { ($0.id, $0.key.series) }, uniquingKeysWith: { first, _ in first })
      let name = session.style.format(period)
      told += outcome.messages.map { Told(period: name, message: $0, series: $0.alert.flatMap { keys[$0] }) }
      let own = Dictionary(grouping: outcome.messages.compactMap(\.happening)) { $0 }.mapValues(\.count)
      counts.merge(own, uniquingKeysWith: +)
      let words = Happening.allCases.compactMap { happening in own[happening].map { "\($0) \(happening.rawValue)" } }
      lines.append("\(name): \(ListText.joined(words)); \(outcome.open) open")
    }
    progress.finish()
    try output.write(Sheet(.told, rows: told))
    for line in lines { Console.note(line, quiet: run.quiet) }
    Console.note(
      summary(counts, periods: periods, judged: judged, frequency: span.upperBound.frequency, configuration.rules),
      quiet: run.quiet)
  }

  private func summary(
    _ counts: [Happening: Int], periods: Int, judged: Int, frequency: Frequency, _ rules: [AlertConfiguration.Rule]
  ) -> String {
    let fired = counts[.fired] ?? 0
    let years = Double(periods) / Double(frequency.periodsPerYear)
    let perYear = Double(fired) / years
    var text =
      "\(NumberText.counted(fired, "alert")) fired in \(NumberText.counted(periods, frequency.noun)): "
      + "\(NumberText.fixed(perYear, decimals: 1)) a year, \(NumberText.fixed(judged > 0 ? 100 * perYear / Double(judged) : 0, decimals: 1)) "
      + "a year for 100 series."
    let rates = rules.compactMap(\.exception.falseDiscoveryRate)
    if rates.count == rules.count, let rate = rates.max() {
      text +=
        " At the \(rules.count == 1 ? "rule's" : "laxest rule's") false-discovery rate of \(NumberText.percent(rate)) about "
        + "\(NumberText.fixed(rate * perYear, decimals: 1)) of them a year would be false alarms."
    }
    return text
  }
}

extension Table where Row == AlertTestRuleCommand.Told {
  fileprivate static var told: Table {
    Table("alert-test", title: "Messages of a rule", "One row a message that would have been sent.") {
      Column("period", .period, "The newest period of the data at the time.") { $0.period }
      Column("happening", .choice(Happening.self), "What happened.") { $0.message.happening }
      Column("alert", .text, "The alert.") { $0.message.alert }
      Column("area", .text, "The area.") { $0.series?.area }
      Column("measure", .text, "The measure.") { $0.series?.measure }
      Column("headline", .text, "The message in one line.") { $0.message.headline }
    }
  }
}
