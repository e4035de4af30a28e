import Alerting
import ArgumentParser
import Diagnostics
import Foundation
import Tables
import Wording

/// Which alerts, by whom, and why.
struct AlertActionOptions: ParsableArguments {
  @Argument(help: "Alerts, by the identifiers of `horizon alert list`; their first digits will do.")
  var alerts: [String] = []

  @Option(help: ArgumentHelp("Every open alert of this area instead.", valueName: "name"))
  var area: String?

  @Option(help: ArgumentHelp("Every open alert of this measure instead.", valueName: "name"))
  var measure: String?

  @OptionGroup var state: AlertStateOptions

  @Option(help: ArgumentHelp("Why; it is kept as history.", valueName: "text"))
  var reason: String

  @Option(help: ArgumentHelp("Who decides. (default: the user's name)", valueName: "name"))
  var author: String?

  func take(_ action: AlertAction, done: String) throws {
    let store = try AlertStore(state.state, mustExist: true)
    // Behind sudo it is the person who asked, not the user of the runs.
    let person = ProcessInfo.processInfo.environment["SUDO_USER"] ?? NSUserName()
    let signed = try Signed(author: author ?? person, reason: reason)
    let chosen = try ids(store, isNote: action == .note)
    let now = try state.moment()
    for id in chosen {
      let record = try store.take(action, on: id, by: signed, at: now)
      Console.note("\(record.id) \(done): \(record.headline)", quiet: false)
    }
  }

  private func ids(_ store: AlertStore, isNote: Bool) throws -> [String] {
    guard area != nil || measure != nil else {
      guard !alerts.isEmpty else {
        throw HorizonError(.usage, "no alert is named", remedy: "Name alerts, or an --area or --measure")
      }
      return try alerts.map { try store.alert($0).id }
    }
    guard alerts.isEmpty else {
      throw HorizonError(.usage, "alerts are named beside --area or --measure", remedy: "Use one way or the other")
    }
    let found = try store.alerts().filter { record in
      record.state.phase.isOpen && area.map { $0 == record.key.series.area } ?? true
        && measure.map { $0 == record.key.series.measure } ?? true
    }
    guard !found.isEmpty else {
      throw HorizonError(.usage, "no open alert is of that area and measure", remedy: "See `horizon alert list`")
    }
    return found.map(\.id)
  }
}

/// `horizon alert ack`.
struct AlertAcknowledgeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ack", abstract: "Takes alerts on: nothing more is said of them until they end.",
    discussion: """
      Example: horizon alert ack --measure Shoplifting --state alerts.sqlite \
      --reason "The city team looks into it"
      """)
  @OptionGroup var options: AlertActionOptions
  func run() throws { try options.take(.acknowledge, done: "acknowledged") }
}

/// `horizon alert snooze`.
struct AlertSnoozeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "snooze", abstract: "Silences alerts until a day; if they are still open then, it is said.",
    discussion: """
      Example: horizon alert snooze --area Oxford --until 2030-03-31 --state alerts.sqlite \
      --reason "Known, until the review"
      """)
  @OptionGroup var options: AlertActionOptions
  @Option(help: ArgumentHelp("Until when, as 2026-12-31 or 2026-12-31T09:00:00Z.", valueName: "day"))
  var until: String
  func run() throws {
    guard let moment = Moment(until) else {
      throw HorizonError(.usage, "--until \(until) is no day", remedy: "Write it as 2026-12-31")
    }
    try options.take(.snooze(until: moment), done: "snoozed until \(moment.text)")
  }
}

/// `horizon alert resolve`.
struct AlertResolveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resolve", abstract: "Ends alerts by hand; the next exception is told again.",
    discussion: """
      Example: horizon alert resolve --area Oxford --state alerts.sqlite \
      --reason "Over since the team went out"
      """)
  @OptionGroup var options: AlertActionOptions
  func run() throws { try options.take(.resolve, done: "resolved") }
}

/// `horizon alert rebase`.
struct AlertRebaseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rebase", abstract: "Declares the level of alerts the new normal from their onset.",
    discussion: """
      Example: horizon alert rebase --area Oxford --state alerts.sqlite \
      --reason "Recorded anew since April"
      """)
  @OptionGroup var options: AlertActionOptions
  func run() throws { try options.take(.rebase, done: "is the new normal") }
}

/// `horizon alert note`.
struct AlertNoteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "note", abstract: "Adds the reason as a remark to the history of alerts.",
    discussion: "Example: horizon alert note --area Oxford --state alerts.sqlite --reason \"Asked the city team\"")
  @OptionGroup var options: AlertActionOptions
  func run() throws { try options.take(.note, done: "noted") }
}

extension Table where Row == AlertRecord {
  fileprivate static var alerts: Table {
    Table("alerts", title: "Alerts", "One row an alert: a rule, an area and a measure.") {
      Column("alert", .text, "Its identifier.") { $0.id }
      Column("phase", .choice(AlertPhase.self), "Where it stands.") { $0.state.phase }
      Column("area", .text, "The area.") { $0.key.series.area }
      Column("measure", .text, "The measure.") { $0.key.series.measure }
      Column("rule", .text, "The rule.") { $0.key.rule }
      Column("episode", .integer, "The number of its latest episode.") { $0.state.episode }
      Column("until", .text, "Until when it is snoozed.") { $0.state.until?.text }
      Column("changed", .text, "When it last changed, in universal time.") { $0.changed.text }
      Column("headline", .text, "Its latest finding.") { $0.headline }
    }
  }
}

extension Table where Row == Health.Check {
  fileprivate static var health: Table {
    Table("alert-health", title: "Health of alerts", "One row a thing that was looked at.") {
      Column("subject", .text, "What was looked at.") { $0.subject }
      Column("well", .answer, "Whether it is as it should be.") { $0.isWell }
      Column("finding", .text, "What was found.") { $0.finding }
    }
  }
}

/// `horizon alert list`.
struct AlertListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists open alerts.",
    discussion: "Example: horizon alert list --state alerts.sqlite")
  @OptionGroup var state: AlertStateOptions
  @OptionGroup var output: OutputOptions
  @Flag(help: "Those that are over too.")
  var all = false
  func run() throws {
    let alerts = try AlertStore(state.state, mustExist: true).alerts().filter { all || $0.state.phase.isOpen }
    try output.write(Sheet(.alerts, rows: alerts))
    if alerts.isEmpty { Console.note("No alert is open.", quiet: false) }
  }
}

/// `horizon alert show`.
struct AlertShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Shows an alert: the finding, the numbers, and its history.",
    discussion: "Example: horizon alert show d047 --state alerts.sqlite")
  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @Argument(help: "The alert.")
  var alert: String
  @OptionGroup var state: AlertStateOptions
  @Option(help: "Text for people, or JSON.")
  var format = Format.text
  @Flag(help: "The chart as an SVG picture instead.")
  var svg = false

  private struct Document: Encodable {
    let alert: String
    let rule: String
    let area: String
    let measure: String?
    let state: AlertState
    let message: AlertMessage?
    let history: [AlertEvent]
  }

  func run() throws {
    let store = try AlertStore(state.state, mustExist: true)
    let record = try store.alert(alert)
    let (message, history) = (try store.latestMessage(record.id), try store.history(record.id))
    guard !svg else {
      guard let picture = try store.latestMessage(record.id, withFigures: true)?.svg else {
        throw HorizonError(.usage, "no message about \(record.id) has figures", remedy: "See it without --svg")
      }
      return try Console.output(Array(picture.utf8))
    }
    switch format {
    case .json:
      let document = Document(
        alert: record.id, rule: record.key.rule, area: record.key.series.area, measure: record.key.series.measure,
        state: record.state, message: message, history: history)
      try Console.output(try CanonicalJSON.document(document))
    case .text:
      // What a person did has no figures: those of the latest message that has some stand beside it.
      var text = (try store.latestMessage(record.id, withFigures: true) ?? message)?.plainText ?? "\(record.headline)\n"
      text +=
        "\nNow: \(record.state.phase.rawValue)\(record.state.until.map { " until \($0.text)" } ?? "")\n\nHistory:\n"
      for event in history {
        text +=
          "  \(event.at.text)  \(event.happening.rawValue)"
          + (event.author.map { " by \($0)" } ?? "") + (event.reason.map { ": \($0)" } ?? "") + "\n"
      }
      try Console.output(Array(SafeText.printable(text, keepsLines: true).utf8))
    }
  }
}

/// `horizon alert schema`.
struct AlertSchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Writes the JSON Schema of messages, for those who receive them.",
    discussion: "Example: horizon alert schema")
  func run() throws { try Console.output(try CanonicalJSON.document(AlertMessage.schema)) }
}

/// `horizon alert doctor`.
struct AlertDoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Says whether runs, data, channels, rules, clock and disk are as they should be.",
    discussion: "Example: horizon alert doctor --state alerts.sqlite")
  @OptionGroup var state: AlertStateOptions
  @OptionGroup var output: OutputOptions
  @Option(help: ArgumentHelp("Days without a run after which runs are taken to have stopped.", valueName: "days"))
  var due: Int = 35
  @Flag(help: "Exit with code 10 if anything is not well.")
  var exitCode = false

  func validate() throws {
    guard (1...3660).contains(due) else { throw ValidationError("--due must be from 1 to 3660.") }
  }

  func run() throws {
    let health = try AlertStore(state.state, mustExist: true).health(at: try state.moment(), days: due)
    try output.write(Sheet(.health, rows: health.checks))
    if exitCode && !health.isWell { throw ExitCode(10) }
  }
}
