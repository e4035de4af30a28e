import Alerting
import ArgumentParser
import Assessment
import Diagnostics
import ExceptionDetection
import Foundation
import Reporting
import Session
import Tables
import TimeSeries

/// `horizon alert run`: looks, compares with what was told, and sends.
struct AlertRunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Looks at the data and sends what is new.",
    discussion: """
      An exception is what `horizon sia` shows as one. Each message is a JSON file in --folder, named by its key: a receiver \
      that knows keys drops repeats. Messages that a channel does not take are kept and sent again by later runs. One run at \
      a time works on a state; a second exits 75. Every run writes a heartbeat.
      """)

  @OptionGroup var input: InputOptions
  @OptionGroup var state: AlertStateOptions
  @OptionGroup var run: RunOptions
  @OptionGroup var delays: DelayOptions

  @Option(help: ArgumentHelp("Folder for a JSON file a message.", valueName: "folder"))
  var folder: String?

  @Flag(help: "Write messages to standard output too, as JSON.")
  var stdout = false

  @Option(
    help: ArgumentHelp(
      "File that every run writes, news or none. (default: that of the state, with .heartbeat.json)", valueName: "file")
  )
  var heartbeat: String?

  @Flag(help: "The areas do not add up to a whole: judge no totals of them.")
  var noTotals = false

  @Flag(help: "Keep and send nothing: write what would be told to standard output.")
  var dryRun = false

  @Flag(help: "Exit with code 10 if something new fired.")
  var exitCode = false

  func validate() throws {
    guard dryRun || stdout || folder != nil else {
      throw ValidationError("Name a --folder for messages, or --stdout, or ask for a --dry-run.")
    }
  }

  func run() async throws {
    let now = try state.moment()
    // A dry run leaves nothing behind, not even an empty state.
    let isTrial = dryRun && !FileManager.default.fileExists(atPath: state.state)
    let lock = isTrial ? nil : try RunLock(state: state.state)
    defer { withExtendedLifetime(lock) {} }
    let store = try AlertStore(isTrial ? AlertStore.inMemory : state.state)
    var channels: [any AlertChannel] = []
    if let folder, !dryRun { channels.append(try FolderChannel(folder)) }
    if stdout && !dryRun { channels.append(StandardOutputChannel()) }
    let outbox = Outbox(store)
    // First what is waiting: data that cannot be read must not hold it up.
    if !dryRun { _ = try outbox.deliver(to: channels, at: now) }

    let progress = Progress(quiet: run.quiet)
    let session = try await input.open(run, progress: progress, lateReports: delays.use)
    progress.begin("Looking for exceptions")
    let watch = AlertWatch(session, threads: run.threads, caution: delays.caution, hasTotals: !noTotals)
    guard let survey = try await watch.survey(try AlertRun.memory(store, frequency: session.panel.frequency)) else {
      progress.finish()
      throw HorizonError(.data, "the inputs have no period to judge", remedy: "Check that they are the files you meant")
    }
    progress.finish()

    var job = AlertRun(store, at: now)
    job.channels = channels.map(\.name)
    job.version = HorizonVersion.current
    let outcome = try job.take(survey, quietPeriods: watch.quietPeriods, isDry: dryRun, names: watch.names)
    for warning in outcome.warnings { Console.note("horizon: warning: \(warning)", quiet: run.quiet) }
    if dryRun {
      for message in outcome.messages { try Console.output(try CanonicalJSON.document(message)) }
    }
    let delivered = dryRun ? DeliveryReport() : try outbox.deliver(to: channels, at: now)
    for (name, reason) in delivered.failures.sorted(by: { $0.key < $1.key }) {
      Console.note("horizon: warning: the channel \(name) does not take messages: \(reason)", quiet: run.quiet)
    }
    let beat = Heartbeat(
      at: now, period: PeriodText.label(of: survey.period), judged: survey.judged, unjudged: survey.unjudged.count,
      fired: outcome.fired, open: outcome.open, waiting: delivered.waiting.values.reduce(0, +))
    if !dryRun { try beat.write(to: heartbeat ?? state.state + ".heartbeat.json") }
    Console.note(beat.text, quiet: run.quiet)
    if exitCode && outcome.fired > 0 { throw ExitCode(10) }
  }
}

/// Messages on standard output.
private struct StandardOutputChannel: AlertChannel {
  let name = "stdout"

  func send(_ delivery: Delivery) throws(DeliveryFailure) {
    do { try Console.output(delivery.body) } catch { throw .later("\(error)") }
  }
}

/// The detector as the main job sets it, for alerts.
struct AlertWatch {
  private let session: Session
  private let finder: EpisodeFinder
  private let panel: Panel

  init(_ session: Session, threads: Int, caution: Int, hasTotals: Bool) {
    self.session = session
    panel = session.panel
    let configuration = session.configuration
    var detector = ExceptionDetector(
      alpha: configuration.alpha, last: 1, threads: threads, interventions: session.interventions)
    detector.caution = caution
    detector.completeness = session.completeness
    finder = EpisodeFinder(
      detector, rule: configuration.exceptionRule, totalName: hasTotals ? Assessor.wholeAreaName : nil)
  }

  /// Periods that must be as expected before an episode is over.
  var quietPeriods: Int { finder.quietPeriods(panel.frequency) }

  /// Measure and place as people see them.
  func names(_ key: SeriesKey) -> (label: String, place: String) {
    guard let measure = key.measure else { return ("Counts", key.area) }
    return (
      session.reference.measures.measure(named: measure)?.label ?? measure,
      key.area == Assessor.wholeAreaName ? "all areas" : key.area
    )
  }

  /// Judges the newest period, and as many before it as the episodes of open alerts need.
  func survey(_ memory: AlertRun.Memory) async throws -> AlertSurvey? {
    guard let span = panel.span else { return nil }
    var finder = finder
    let wanted = memory.earliest.map { span.upperBound - $0 + 1 } ?? 1
    finder.detector.last = min(max(1, wanted), 36, span.count)
    let steps = Dictionary(grouping: memory.rebased, by: \.series)
    if !steps.isEmpty {
      let known = session.interventions
      finder.detector.interventions = Interventions(
        everywhere: known.everywhere,
        (panel.series.map(\.key) + panel.measures.map { SeriesKey(area: Assessor.wholeAreaName, measure: $0) }).map {
          key in
          let own = (steps[key] ?? []).map {
            Intervention(start: $0.start, effect: .step, note: "a level that was declared normal")
          }
          return (key, known[key] + own)
        })
    }
    let kinds = Dictionary(panel.series.map { ($0.key.measure, $0.kind) }, uniquingKeysWith: { first, _ in first })
    return AlertSurvey(
      try await finder.run(panel), panel: panel, judgedFrom: span.upperBound - (finder.detector.last - 1)
    ) { key in
      guard let measure = key.measure else { return true }
      let known = session.reference.measures.measure(measure, kind: kinds[measure] ?? .count)
      return known.polarity != .higherIsBetter
    }
  }
}

extension ClosedRange where Bound == Period {
  /// Periods in the range.
  fileprivate var count: Int { upperBound - lowerBound + 1 }
}
