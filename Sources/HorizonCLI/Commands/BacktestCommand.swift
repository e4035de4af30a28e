import ArgumentParser
import CommunitySafety
import Diagnostics
import Evaluation
import Forecasting
import Reporting
import Tables
import TimeSeries

extension BacktestGrouping: ExpressibleByArgument {}

/// `horizon backtest`: how good forecasts made in the past turned out to be.
struct BacktestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backtest",
    abstract: "Scores the forecasts that would have been made in the past by what happened.",
    discussion: """
      Forecasts every series from each origin with each model, as `horizon forecast --as-of` would have, and writes a row \
      a model (and group): mase, rmsse, smape, owa (against naive2), coverage, msis, scaled_pinball, wql, scaled_crps, \
      log_score (counts), and as CSV or JSON the histogram of the probability integral transform and exact_densities, the \
      observations whose scaled_crps, log_score and histogram are of the forecast distribution itself, not of its quantiles. \
      Models: \
      \(ModelName.allCases.map(\.rawValue).joined(separator: ", ")).
      """)

  @OptionGroup var input: InputOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var run: RunOptions

  @Option(help: "Number of origins; the last one is --horizon periods before the end of the data.")
  var origins: Int = 3

  @Option(help: "Periods between origins.")
  var step: Int = 12

  @Option(help: "Periods to forecast from each origin.")
  var horizon: Int = 12

  @Option(
    help: ArgumentHelp(
      "Forecasting methods, separated by commas; the first one is the one that words are about.", valueName: "names"))
  var model: Models = .standard

  @Option(help: "Levels of the central prediction intervals, in per cent.")
  var levels: Levels = .standard

  @Option(help: "What the rows of each model are broken down by.")
  var groupBy: BacktestGrouping = .model

  @Option(help: ArgumentHelp("Page with charts to write, whole or not at all.", valueName: "file.html"))
  var page: String?

  @Option(help: "Security marking of that page.")
  var marking: String = "OFFICIAL"

  @Option(help: "Seed of the simulated futures behind totals.")
  var seed: UInt64 = 1

  func validate() throws {
    guard (1...1000).contains(horizon) else { throw ValidationError("--horizon must be from 1 to 1000.") }
    guard (1...1000).contains(origins) else { throw ValidationError("--origins must be from 1 to 1000.") }
    guard (1...1000).contains(step) else { throw ValidationError("--step must be from 1 to 1000.") }
  }

  func run() async throws {
    let progress = Progress(quiet: run.quiet)
    let session = try await input.open(run, progress: progress)
    progress.begin("Forecasting")
    let backtest = Backtest(
      models: model.names, origins: RollingOrigins(count: origins, step: step, horizon: horizon),
      levels: levels.values, pathCount: BacktestCommand.pathCount, seed: seed, threads: run.threads,
      interventions: session.interventions)
    let report: BacktestReport
    do {
      report = try await backtest.run(session.panel) { progress.update("Forecasting", done: $0, total: $1) }
    } catch let failure as BacktestFailure {
      throw HorizonError(.data, failure.description, remedy: failure.remedy)
    }
    progress.finish()
    if let page {
      let html = BacktestPage(report, marking: marking, version: HorizonVersion.current).html()
      try WholeFile.write(Array(html.utf8), to: page)
    }
    try output.write(.backtest(report, by: groupBy, style: session.style, isBrief: output.isTable))
    for line in BacktestSummary.lines(report) { Console.note(line, quiet: run.quiet) }
  }

  /// Joint draws per series behind the totals of the latest year.
  private static let pathCount = 1000
}
