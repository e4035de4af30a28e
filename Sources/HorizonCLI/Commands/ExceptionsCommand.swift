import ArgumentParser
import ExceptionDetection
import Reporting
import TimeSeries

/// `horizon exceptions`: periods that are not what was to be expected.
struct ExceptionsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "exceptions", abstract: "Judges the latest periods of every series.",
    discussion: """
      Each period is judged from data up to and including it. Writes \
      unique_id,ds,observed,expected,lower,upper,p_value,q_value,kind,flagged; flagged is 1 exactly when p_value < alpha.
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

  func validate() throws {
    guard (1...100_000).contains(last) else { throw ValidationError("--last must be from 1 to 100000.") }
    guard alpha > 0 && alpha < 0.5 else { throw ValidationError("--alpha must be between 0 and 0.5.") }
  }

  func run() async throws {
    let progress = Progress(quiet: run.quiet)
    let prepared = try await input.prepare(run, progress: progress)
    progress.begin("Looking for exceptions")
    let breaks = try prepared.breakLookup()
    var detector = ExceptionDetector(alpha: alpha, last: last, threads: run.threads, interventions: { breaks($0) })
    let allowance = try delays.apply(to: &detector, input: input, prepared)
    let tests = try await detector.run(prepared.panel)
    progress.finish()
    if let allowance { Console.note(allowance, quiet: run.quiet) }
    let flagged = tests.filter(\.flagged)
    let style = prepared.data.panel.style
    try output.write(
      .exceptions(all ? tests : flagged, style: style, explain: explain ? { $0.explanation } : nil))
    Console.note(
      flagged.isEmpty
        ? "Nothing exceptional: \(tests.count) periods judged, none flagged."
        : "\(flagged.count) of \(tests.count) judged periods flagged.", quiet: run.quiet)
    if exitCode && !flagged.isEmpty { throw ExitCode(10) }
  }
}
