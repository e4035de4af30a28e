import ArgumentParser
import ExceptionDetection
import Reporting
import Tables
import TimeSeries

/// `horizon exceptions`: periods that are not what was to be expected.
struct ExceptionsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "exceptions", abstract: "Judges the latest periods of every series.",
    discussion: """
      Each period is judged from data up to and including it. Writes \
      unique_id,ds,observed,expected,lower,upper,p_value,q_value,kind,flagged; flagged is 1 exactly when p_value < alpha. \
      --fdr and the minimum excess add the columns fdr and exception and keep the exceptions. --episodes joins flags into \
      events, tells a rise that several areas share once, with what each adds, and says of each whether it is new, \
      continuing, over or the new normal. JSON with --explain holds all the evidence.

      Example: horizon exceptions counts.csv --last 3 --explain
      """)

  @OptionGroup var input: InputOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var run: RunOptions
  @OptionGroup var delays: DelayOptions

  @Option(help: "Number of latest periods to judge.")
  var last: Int = 3

  @Option(help: "One-sided significance level of a single test.")
  var alpha: Double = 0.01

  @Flag(help: "Write every judged period, not only the flagged ones.")
  var all = false

  @Flag(help: "Add a column that explains each row in two sentences.")
  var explain = false

  @Flag(help: "Exit with code 10 if anything is flagged.")
  var exitCode = false

  @OptionGroup var stories: StoryOptions

  func validate() throws {
    guard (1...100_000).contains(last) else { throw ValidationError("--last must be from 1 to 100000.") }
    guard alpha > 0 && alpha < 0.5 else { throw ValidationError("--alpha must be between 0 and 0.5.") }
  }

  func run() async throws {
    if let charts = stories.charts { try OutputFolder.check(charts, replacing: .horizon, option: "--charts") }
    try output.check()
    let progress = Progress(quiet: run.quiet)
    let session = try await input.open(run, progress: progress, lateReports: delays.use)
    progress.begin("Looking for exceptions")
    let (panel, interventions) = (session.panel, session.interventions)
    var detector = ExceptionDetector(alpha: alpha, last: last, threads: run.threads, interventions: interventions)
    detector.caution = delays.caution
    detector.completeness = session.completeness
    func finish() {
      progress.finish()
      if let allowance = DelayOptions.words(session) { Console.note(allowance, quiet: run.quiet) }
    }
    if stories.detectability {
      let results = try await DetectabilityEstimator(detector, seed: stories.seed).run(panel)
      finish()
      try output.write(.detectability(results, style: session.style))
      return
    }
    let finder = stories.finder(detector)
    let report = stories.needsFinder ? try await finder.run(panel) : nil
    detector.progress = { progress.update("Looking for exceptions", done: $0, total: $1) }
    // Without --all what is flagged is written, which is little of a large panel.
    let keepsAll = all
    let isKept: @Sendable (PeriodTest) -> Bool = { keepsAll || $0.flagged }
    let tests: (tests: [PeriodTest], tally: VerdictTally)
    if let report {
      tests = (report.tests, VerdictTally(report.tests))
    } else {
      tests = try await detector.run(panel, keeping: isKept)
    }
    finish()
    let writer = ExceptionWriter(
      panel: panel, style: session.style, rule: stories.rule, alpha: alpha, interventions: interventions,
      all: all, explain: explain, output: output, quiet: run.quiet)
    if let folder = stories.charts, let report {
      let files = try StoryCharts(report, interventions: interventions).files(
        writer.told(report), version: HorizonVersion.current)
      try OutputFolder.write(files, to: folder, replacing: .horizon, option: "--charts")
    }
    let found: Bool
    if stories.episodes, let report {
      found = try writer.write(report)
    } else {
      found = try writer.write(tests.tests, of: tests.tally)
    }
    if exitCode && found { throw ExitCode(10) }
  }
}
