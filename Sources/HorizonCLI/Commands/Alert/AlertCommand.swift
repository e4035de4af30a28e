import Alerting
import ArgumentParser
import Diagnostics
import Foundation

/// `horizon alert`: what is new, told once.
struct AlertCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "alert", abstract: "Tells what is new, once, and keeps account of it.",
    discussion: """
      `alert run` is for a schedule: it looks at the data, compares with what was told before and sends what is new. An \
      alert is a rule, an area and a measure; it fires, is acknowledged or snoozed by a person, and ends when the figures \
      are as expected again. Missing figures neither fire nor end anything.

      Example: horizon alert run counts.csv --state alerts.sqlite --folder messages
      """,
    subcommands: [
      AlertRunCommand.self, AlertListCommand.self, AlertShowCommand.self, AlertAcknowledgeCommand.self,
      AlertSnoozeCommand.self, AlertResolveCommand.self, AlertRebaseCommand.self, AlertNoteCommand.self,
      AlertDoctorCommand.self, AlertTestRuleCommand.self, AlertSuggestCommand.self, AlertSendCommand.self,
      AlertTestChannelsCommand.self,
      AlertSchemaCommand.self, AlertScheduleCommand.self,
    ])
}

/// The state file, and the clock.
struct AlertStateOptions: ParsableArguments {
  @Option(help: ArgumentHelp("State file (SQLite).", valueName: "file"))
  var state: String

  @Option(
    help: ArgumentHelp(
      "Take this for the present, as 2026-11-28T09:30:00Z, for tests and replays. (default: the clock)",
      valueName: "moment"))
  var now: String?

  /// The present.
  func moment() throws -> Moment {
    guard let now else { return Moment(seconds: Int(Date().timeIntervalSince1970)) }
    guard let moment = Moment(now) else {
      throw HorizonError(.usage, "--now \(now) is no moment", remedy: "Write it as 2026-11-28T09:30:00Z or 2026-11-28")
    }
    return moment
  }
}
