import Alerting
import ArgumentParser
import Diagnostics
import Foundation
import Reporting
import Tables
import TimeSeries
import Wording

/// `horizon alert run`: looks, compares with what was told, and sends.
struct AlertRunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Looks at the data and sends what is new.",
    discussion: """
      An alert fires on an exception that is rarer by chance than its rule allows: by default one false alarm a year for 100 series is \
      expected, however many events are going on, so that it may differ from what `horizon sia` shows of a single month. Each message is a JSON file in --folder, named by its key: a receiver \
      that knows keys drops repeats. Messages that a channel does not take are kept and sent again by later runs, and the run \
      exits 69. One run at a time works on a state; a second exits 75. Every run writes a heartbeat.

      Example: horizon alert run counts.csv --state alerts.sqlite --folder messages
      """)

  @OptionGroup var input: InputOptions
  @OptionGroup var state: AlertStateOptions
  @OptionGroup var run: RunOptions
  @OptionGroup var delays: DelayOptions

  @OptionGroup var ways: AlertWayOptions

  @Option(
    help: ArgumentHelp(
      "File that every run writes, news or none. (default: that of the state, with .heartbeat.json)", valueName: "file")
  )
  var heartbeat: String?

  @OptionGroup var totals: TotalOptions

  @Flag(help: "Keep and send nothing: write what would be told to standard output.")
  var dryRun = false

  @Flag(help: "Exit with code 10 if something new fired.")
  var exitCode = false

  func validate() throws {
    guard dryRun || ways.isGiven else {
      throw ValidationError("Name a --folder for messages, --stdout or a --config, or ask for a --dry-run.")
    }
  }

  func run() async throws {
    let now = try state.moment()
    // A dry run leaves nothing behind, not even an empty state.
    let isTrial = dryRun && !FileManager.default.fileExists(atPath: state.state)
    let lock = isTrial ? nil : try RunLock(state: state.state)
    defer { withExtendedLifetime(lock) {} }
    let store = try AlertStore(isTrial ? AlertStore.inMemory : state.state)
    do {
      try await run(store, at: now)
    } catch let error as HorizonError where !dryRun {
      // For `alert doctor`; where not even that can be kept the error itself is told.
      try? store.recordFailure(error.description, at: now)
      throw error
    }
  }

  private func run(_ store: AlertStore, at now: Moment) async throws {
    let configuration = try ways.configuration()
    let channels = dryRun ? [] : try ways.open(configuration)
    let outbox = Outbox(store)
    // First what is waiting: data that cannot be read must not hold it up.
    let earlier = dryRun ? DeliveryReport() : try outbox.deliver(to: channels, at: now)

    var job = AlertRun(store, at: now)
    job.statePath = state.state
    job.configuration = configuration.name
    job.most = configuration.most
    job.quietHours = configuration.quietHours
    job.noData = configuration.noData
    job.pack = configuration.pack
    job.version = HorizonVersion.current
    job.fingerprint = dryRun ? nil : try fingerprint()
    if let beat = try job.passUnchanged(configuration.rules.map(\.policy)) {
      return try finish(beat.waiting(for: earlier), failures: earlier.failures, told: earlier.sent)
    }

    let progress = Progress(quiet: run.quiet)
    let session = try await input.open(run, progress: progress, lateReports: delays.use)
    progress.begin("Looking for exceptions")
    let watch = AlertWatch(session, threads: run.threads, caution: delays.caution, totalName: totals.name)
    let memory = try AlertRun.memory(store, frequency: session.panel.frequency)
    let rounds = try await watch.rounds(configuration, memory, file: ways.config ?? "the default rule")
    guard let survey = rounds.first?.survey else {
      progress.finish()
      throw HorizonError(.data, "the inputs have no period to judge", remedy: "Check that they are the files you meant")
    }
    progress.finish()

    let outcome = try job.take(rounds, quietPeriods: watch.quietPeriods, isDry: dryRun, names: watch.names)
    for warning in outcome.warnings { Console.note("horizon: warning: \(warning)", quiet: run.quiet) }
    if dryRun {
      for message in outcome.messages { try Console.output(try CanonicalJSON.document(message)) }
    }
    let delivered = dryRun ? DeliveryReport() : try outbox.deliver(to: channels, at: now)
    let beat = Heartbeat(
      at: now, period: PeriodText.label(of: survey.period), judged: survey.judged, unjudged: survey.unjudged.count,
      fired: outcome.fired, open: outcome.open, waiting: 0)
    let failures = earlier.failures.merging(delivered.failures) { $1 }
    try finish(beat.waiting(for: delivered), failures: failures, told: earlier.sent + delivered.sent)
    if exitCode && outcome.fired > 0 { throw ExitCode(10) }
  }

  /// Leaves the heartbeat behind, and says which channels fail: that is never quiet.
  ///
  /// - Throws: exit code 69 where one does.
  private func finish(_ beat: Heartbeat, failures: [String: String] = [:], told: Int = 0) throws {
    if !dryRun { try beat.write(to: heartbeat ?? state.state + ".heartbeat.json") }
    Console.note(beat.text, quiet: run.quiet)
    if told > 0 { Console.note("\(NumberText.counted(told, "message")) sent.", quiet: run.quiet) }
    try Undelivered.report(failures)
  }

  /// Of what the run sees; nil where something can be read only once.
  private func fingerprint() throws -> RunFingerprint? {
    let paths = input.paths + [ways.config].compactMap(\.self)
    return try RunFingerprint(AlertRunCommand.deciding(), reading: paths, version: HorizonVersion.current)
  }

  /// The arguments that decide what a run sees: all but where it writes, when it is and how it goes about it.
  private static func deciding() -> [String] {
    let valued: Set = ["--state", "--heartbeat", "--folder", "--now", "--threads"]
    let flags: Set = ["--quiet", "--exit-code", "--stdout"]
    var kept: [String] = []
    var skips = false
    for argument in CommandLine.arguments.dropFirst() {
      if skips {
        skips = false
      } else if valued.contains(argument) {
        skips = true
      } else if !flags.contains(argument), !valued.contains(where: { argument.hasPrefix($0 + "=") }) {
        kept.append(argument)
      }
    }
    return kept
  }
}

/// Which rules and ways to people: of a file, or the default rule with a folder or standard output.
struct AlertWayOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Rules and channels (YAML).", valueName: "file"))
  var config: String?

  @Option(help: ArgumentHelp("Without --config: folder for a JSON file a message.", valueName: "folder"))
  var folder: String?

  @Flag(help: "Without --config: write messages to standard output, as JSON.")
  var stdout = false

  /// Whether there is a way.
  var isGiven: Bool { config != nil || folder != nil || stdout }

  func validate() throws {
    guard config == nil || (folder == nil && !stdout) else {
      throw ValidationError("With --config its channels are the file's: leave --folder and --stdout out.")
    }
  }

  /// The file's, or the default.
  func configuration() throws -> AlertConfiguration {
    if let config { return try AlertConfigurationReader.read(config) }
    var channels: [AlertConfiguration.Channel] = []
    if let folder { channels.append(.init(name: "folder", kind: .folder(path: folder))) }
    if stdout { channels.append(.init(name: "stdout", kind: .stdout)) }
    var configuration = AlertConfiguration.usual
    configuration.channels = channels
    return configuration
  }

  /// The channels, ready to send.
  ///
  /// - Throws: ``HorizonError`` (cannotWrite; usage for a blank path) where there can be no ``folder``: of a file's channels each
  ///   speaks for itself when it sends.
  func open(_ configuration: AlertConfiguration) throws -> [any AlertChannel] {
    if let folder { try FolderChannel(folder).prepare() }
    return configuration.open { StandardOutputChannel(name: $0) }
  }
}

/// Channels that took no messages.
enum Undelivered {
  /// Says which, whether or not a run is quiet.
  ///
  /// - Throws: exit code 69 (EX_UNAVAILABLE of sysexits.h) where there is one.
  static func report(_ failures: [String: String], waits: Bool = true) throws {
    for (name, reason) in failures.sorted(by: { $0.key < $1.key }) {
      Console.error("the channel \(name) does not take messages\(waits ? ", which wait" : ""): \(reason)")
    }
    if !failures.isEmpty { throw ExitCode(69) }
  }
}

/// `horizon alert send`: what waits, without a look at data.
struct AlertSendCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "send", abstract: "Sends messages that wait: after quiet hours, or when a channel works again.",
    discussion: "Example: horizon alert send --state alerts.sqlite --folder messages")
  @OptionGroup var state: AlertStateOptions
  @OptionGroup var ways: AlertWayOptions

  func validate() throws {
    guard ways.isGiven else { throw ValidationError("Name the --config, --folder or --stdout of the runs.") }
  }

  func run() throws {
    let now = try state.moment()
    let store = try AlertStore(state.state, mustExist: true)
    let lock = try RunLock(state: state.state)
    defer { withExtendedLifetime(lock) {} }
    let report = try Outbox(store).deliver(to: try ways.open(try ways.configuration()), at: now)
    Console.note("\(report.sent) sent, \(report.waiting.values.reduce(0, +)) waiting.", quiet: false)
    try Undelivered.report(report.failures)
  }
}

/// Messages on standard output.
private struct StandardOutputChannel: AlertChannel {
  let name: String

  func send(_ delivery: Delivery) throws(DeliveryFailure) {
    do { try Console.output(delivery.body) } catch { throw .later("\(error)") }
  }
}
