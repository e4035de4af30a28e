import Alerting
import ArgumentParser
import Diagnostics
import Foundation
import Tables
import Wording

/// `horizon alert suggest`: rules for a budget of messages.
struct AlertSuggestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "suggest", abstract: "Proposes rules that send no more than so many messages a month.",
    discussion: """
      Tries rules from the laxest to the strictest on the past, as `alert test-rule` does, and writes the first that keeps to the \
      budget as YAML, ready for --config. Messages are all that people get: new alerts, their ends and withdrawals.

      Example: horizon alert suggest counts.csv --messages-a-month 2 --output alerts.yaml
      """)

  @OptionGroup var input: InputOptions
  @OptionGroup var run: RunOptions

  @Option(help: ArgumentHelp("Messages a month that readers put up with.", valueName: "number"))
  var messagesAMonth: Double

  @OptionGroup var past: ReplayOptions

  @Option(name: .shortAndLong, help: ArgumentHelp("File to write instead of standard output.", valueName: "file"))
  var output: String?

  func validate() throws {
    guard messagesAMonth > 0, messagesAMonth <= 10_000 else {
      throw ValidationError("--messages-a-month must be above 0 and at most 10,000.")
    }
  }

  /// Budgets of false alarms a year for 100 series that are tried, the laxest first.
  private static let budgets = [5.0, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02]

  func run() async throws {
    let progress = Progress(quiet: run.quiet)
    let session = try await input.open(run, progress: progress)
    func replay(_ budget: Double) async throws -> AlertReplay {
      var configuration = AlertConfiguration.usual
      configuration.rules[0].falseAlarms = budget
      return try await AlertReplay(
        session, configuration, file: "the rule", past, threads: run.threads, progress: progress)
    }
    // More budget never tells less, so that the laxest that keeps to it is found by halving.
    var (low, high) = (0, Self.budgets.count - 1)
    var kept: (budget: Double, replay: AlertReplay)?
    while low <= high {
      let middle = (low + high) / 2
      let tried = try await replay(Self.budgets[middle])
      Console.note(
        "false_alarms \(Self.plain(Self.budgets[middle])): \(NumberText.fixed(tried.messagesAMonth, decimals: 1)) messages a month",
        quiet: run.quiet)
      if tried.messagesAMonth <= messagesAMonth {
        kept = (Self.budgets[middle], tried)
        high = middle - 1
      } else {
        low = middle + 1
      }
    }
    var budget = Self.budgets[Self.budgets.count - 1]
    if let kept { budget = kept.budget }
    let text = rules(budget, kept?.replay)
    if let output, output != "-" {
      try WholeFile.write(Array(text.utf8), to: output)
    } else {
      try Console.output(Array(text.utf8))
    }
  }

  /// A number as YAML takes it.
  private static func plain(_ x: Double) -> String { x == x.rounded() ? "\(Int(x))" : "\(x)" }

  private func rules(_ budget: Double, _ replay: AlertReplay?) -> String {
    let wanted = Self.plain(messagesAMonth)
    let said =
      replay.map { "# \($0.summary)" }
      ?? "# Even the strictest rule would have sent more, so that what is new goes out as one digest a run."
    return """
      # Alerts for at most \(wanted) messages a month, by what would have been sent over the latest \(past.last) periods.
      \(said)
      name: suggested
      channels:
        # Change to where your readers are: mail, smtp, webhook, atom, alertmanager, folder, stdout.
        - {name: files, kind: folder, path: messages}
      no_data: {channels: [files], by: area}
      rules:
        - name: exceptions
          # False alarms a year that 100 series may give.
          false_alarms: \(Self.plain(budget))
          digest: \(replay == nil)

      """
  }
}
