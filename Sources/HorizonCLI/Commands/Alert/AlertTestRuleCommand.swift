import Alerting
import ArgumentParser
import Diagnostics
import Foundation
import Tables

/// `horizon alert test-rule`: what would have been sent.
struct AlertTestRuleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test-rule", abstract: "Shows what alerts would have been sent, period by period.",
    discussion: """
      Runs alerts once a period over the past, each run on the data up to that period alone, and writes one row a message: \
      period,happening,alert,area,measure,headline. Counts a period go to standard error, with how many of the messages \
      are expected to be false alarms. Nothing is kept or sent. The figures are those known today: what came late was not \
      there at the time.

      Example: horizon alert test-rule counts.csv --last 12
      """)

  @OptionGroup var input: InputOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var run: RunOptions

  @Option(help: ArgumentHelp("Rules (YAML), as of `alert run`. (default: the default rule)", valueName: "file"))
  var config: String?

  @OptionGroup var past: ReplayOptions

  func run() async throws {
    let progress = Progress(quiet: run.quiet)
    let session = try await input.open(run, progress: progress)
    let configuration = try config.map(AlertConfigurationReader.read) ?? .usual
    let replay = try await AlertReplay(
      session, configuration, file: config ?? "the default rule", past, threads: run.threads, progress: progress)
    try output.write(Sheet(.told, rows: replay.told))
    for line in replay.lines { Console.note(line, quiet: run.quiet) }
    Console.note(replay.summary, quiet: run.quiet)
  }
}

extension Table where Row == AlertReplay.Told {
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
