import ArgumentParser
import Forecasting
import Reporting
import Tables
import TimeSeries
import Wording

extension ModelName: ExpressibleByArgument {}

/// `horizon forecast`: forecasts with intervals.
struct ForecastCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forecast", abstract: "Forecasts every series, with prediction intervals.",
    discussion: """
      Writes unique_id,ds,model,mean,median,lo-80,hi-80,...: one row per series and future period, in input order. \
      `model` names what made the forecast; a fallback is counted in a warning.
      """)

  @OptionGroup var input: InputOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var run: RunOptions

  @Option(help: "Periods to forecast.")
  var horizon: Int = 12

  @Option(help: "Forecasting method.")
  var model: ModelName = .auto

  @Option(help: "Levels of the central prediction intervals, in per cent.")
  var levels: Levels = .standard

  @Option(
    help: ArgumentHelp(
      "Also write what each model takes the history apart into: unique_id,ds,component,value with level, trend, season "
        + "and intervention, as CSV.", valueName: "file"))
  var components: String?

  func validate() throws {
    guard (1...1000).contains(horizon) else { throw ValidationError("--horizon must be from 1 to 1000.") }
  }

  func run() async throws {
    let progress = Progress(quiet: run.quiet)
    let session = try await input.open(run, progress: progress, lateReports: .noted)
    progress.begin("Forecasting")
    var engine = ForecastEngine(
      model: model, horizon: horizon, levels: levels.values, threads: run.threads,
      interventions: session.interventions)
    engine.keepsFitted = false
    engine.keepsComponents = components != nil
    let forecasts = try await engine.run(session.panel)
    progress.finish()
    let fallbacks = forecasts.filter { $0.fallbackReason != nil }
    if !fallbacks.isEmpty {
      var reasons: [String: Int] = [:]
      for fallback in fallbacks { reasons[fallback.fallbackReason ?? "", default: 0] += 1 }
      let common = reasons.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }.prefix(3)
      Console.note(
        "horizon: warning: \(fallbacks.count) of \(forecasts.count) series got a fallback: "
          + common.map { "\($0.value) because \($0.key)" }.joined(separator: "; "), quiet: run.quiet)
    }
    noteSilent(forecasts)
    noteOutliers(forecasts, session.style)
    if let components {
      let parts = Sheet.components(forecasts, style: session.style)
      try WholeFile.write(to: components) { try parts.write(as: .csv, to: $0) }
    }
    try output.write(.forecasts(forecasts, levels: levels.values, style: session.style))
  }

  /// Says which series have had no event for so long that they may have stopped, five of them by name.
  private func noteSilent(_ forecasts: [SeriesForecast]) {
    let silent = forecasts.compactMap { result in
      result.adjusted.silence.map { "\(result.forecast.key.uniqueID) (\($0) \(result.forecast.start.frequency.noun)s)" }
    }
    guard !silent.isEmpty else { return }
    let shown = silent.prefix(5).joined(separator: ", ") + (silent.count > 5 ? ", ..." : "")
    Console.note(
      "horizon: warning: \(silent.count) series may have stopped, with no event in the latest observed periods: \(shown)",
      quiet: run.quiet)
  }

  /// Says which single counts were not learnt from, five of them by name.
  private func noteOutliers(_ forecasts: [SeriesForecast], _ style: PeriodStyle) {
    let outliers = forecasts.flatMap { result in
      result.outliers.map {
        "\(result.forecast.key.uniqueID) \(style.format($0.period)) (\(NumberText.grouped($0.counted)), typical \(NumberText.grouped($0.typical)))"
      }
    }
    guard !outliers.isEmpty else { return }
    Console.note(
      "horizon: warning: \(outliers.count) \(outliers.count == 1 ? "figure is" : "figures are") far out of line with those beside \(outliers.count == 1 ? "it" : "them") and not learnt from: "
        + outliers.prefix(5).joined(separator: ", ") + (outliers.count > 5 ? ", ..." : ""), quiet: run.quiet)
  }
}
