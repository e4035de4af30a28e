import ArgumentParser
import Assessment
import CommunitySafety
import Diagnostics
import Evaluation
import Forecasting
import Reporting
import Session
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

      With --ranking it asks whether the ranking of `horizon risks` works: a row for each order that could have been made at the \
      origins, with how much of what then rose most it put first. With --outlooks it writes every outlook on the year after an \
      origin beside what was recorded.

      Example: horizon backtest counts.csv --ranking --origins 5
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

  @Option(help: Levels.help, transform: Levels.init)
  var levels: Levels = .standard

  @Option(help: "What the rows of each model are broken down by.")
  var groupBy: BacktestGrouping = .model

  @Option(help: ArgumentHelp("Page with charts to write, whole or not at all.", valueName: "file.html"))
  var page: String?

  @Option(help: "Security marking of that page.")
  var marking: String = "OFFICIAL"

  @Option(help: "Seed of the simulated futures behind totals; of --ranking and --outlooks that of `horizon risks`.")
  var seed: UInt64?

  @Flag(
    help: "Whether the ranking works: orders made at the origins beside what then rose, in place of the models' scores."
  )
  var ranking = false

  @Flag(help: "Every outlook on the year after an origin beside what was recorded, in place of the models' scores.")
  var outlooks = false

  @Option(help: "Set of harm weights, for --ranking.")
  var harmWeights: String = AssessmentConfiguration().harmWeights

  func validate() throws {
    if ranking || outlooks {
      guard !(ranking && outlooks) else {
        throw ValidationError("--ranking and --outlooks are two tables: ask for one.")
      }
      guard page == nil, groupBy == .model, model.names == Models.standard.names, horizon == 12 else {
        throw ValidationError(
          "--ranking and --outlooks are about the year after an origin and what `horizon risks` says: without --page, --group-by, --model and --horizon."
        )
      }
    }
    guard (1...1000).contains(horizon) else { throw ValidationError("--horizon must be from 1 to 1000.") }
    guard (1...1000).contains(origins) else { throw ValidationError("--origins must be from 1 to 1000.") }
    guard (1...1000).contains(step) else { throw ValidationError("--step must be from 1 to 1000.") }
  }

  func run() async throws {
    let progress = Progress(quiet: run.quiet)
    let session = try await input.open(run, progress: progress)
    if ranking || outlooks { return try await lookBack(session, progress) }
    progress.begin("Forecasting")
    let backtest = Backtest(
      models: model.names, origins: RollingOrigins(count: origins, step: step, horizon: horizon),
      levels: levels.values, pathCount: BacktestCommand.pathCount, seed: seed ?? 1, threads: run.threads,
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

  /// The outlooks of the ranking at each origin, and what came of them.
  private func lookBack(_ session: Session, _ progress: Progress) async throws {
    var configuration = session.configuration
    configuration.harmWeights = harmWeights
    if let seed { configuration.seed = seed }
    let assessor = Assessor(configuration: configuration, reference: session.reference, threads: run.threads)
    progress.begin("Looking back")
    let record = try await assessor.outlookRecord(
      session.data, origins: RollingOrigins(count: origins, step: step, horizon: session.panel.frequency.periodsPerYear)
    )
    progress.finish()
    if outlooks {
      try output.write(.outlooks(record, style: session.style))
    } else {
      let records = [RankingRecord(record), RankingRecord(record, harmWeighted: true)].compactMap { $0 }
      guard !records.isEmpty else {
        throw HorizonError(
          .data,
          "no origin has \(RankingRecord.leastSeries) series of counts with a mean of \(Int(RankingRecord.leastMean)) a period: ten are not few among fewer",
          remedy: "Leave out --areas, or see --outlooks for what came of each series")
      }
      try output.write(.ranking(records))
    }
    for line in RecordSummary.lines(record, frequency: session.panel.frequency) { Console.note(line, quiet: run.quiet) }
  }

  /// Joint draws per series behind the totals of the latest year.
  private static let pathCount = 1000
}
