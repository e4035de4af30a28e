import ArgumentParser
import Diagnostics
import Forecasting
import Reporting
import Tables
import TimeSeries
import Wording

extension ModelName: ExpressibleByArgument {}
extension SpanTotals.Span: ExpressibleByArgument {}

/// `horizon forecast`: forecasts with intervals.
struct ForecastCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forecast", abstract: "Forecasts every series, with prediction intervals.",
    discussion: """
      Writes unique_id,ds,model,mean,median,lo-80,hi-80,...: one row per series and future period, in input order. \
      `model` names what made the forecast; a fallback is counted in a warning.

      Example: horizon forecast counts.csv --horizon 12 --output forecasts.csv
      """)

  @OptionGroup var input: InputOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var run: RunOptions
  @OptionGroup var adding: ReconcileOptions

  @Option(help: "Periods to forecast.")
  var horizon: Int = 12

  @Option(
    help: ArgumentHelp(
      """
      Write totals instead of single periods: of quarters or of years that are foreseen in full, with what is known of the one under \
      way. Rows have ds (first period), through (last), known_periods and known. Only counts of months or quarters add up.
      """, valueName: "span"))
  var sumTo: SpanTotals.Span?

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
    if sumTo != nil { engine.pathCount = 1000 }
    let coherent = try await coherent(session, engine)
    var forecasts: [SeriesForecast] = []
    if let coherent {
      forecasts = coherent.rows.map(\.forecast)
    } else {
      forecasts = try await engine.run(session.panel)
    }
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
    noteLifespans(forecasts, session.style)
    noteOutliers(forecasts, session.style)
    if let components {
      let parts = Sheet.components(forecasts, style: session.style)
      try WholeFile.write(to: components) { try parts.write(as: .csv, to: $0) }
    }
    for note in coherent?.notes ?? [] { Console.note("horizon: \(note)", quiet: run.quiet) }
    if let sumTo {
      let rows =
        coherent?.rows ?? zip(session.panel.series, forecasts).map { ($0.key, $0, $1, nil) }
      return try output.write(totals(of: rows, sumTo, withHierarchy: coherent != nil, session.style))
    }
    guard let coherent else {
      try output.write(.forecasts(forecasts, levels: levels.values, style: session.style))
      return
    }
    try output.write(
      .forecasts(
        inHierarchy: coherent.rows.map { ($0.id, $0.forecast.forecast, $0.level) }, levels: levels.values,
        style: session.style))
  }

  /// The totals of each series, and what has none said.
  private func totals(
    of rows: [(id: SeriesKey, recorded: Series, forecast: SeriesForecast, level: String?)], _ span: SpanTotals.Span,
    withHierarchy: Bool, _ style: PeriodStyle
  ) throws -> Sheet {
    var made: [(id: SeriesKey, model: String, totals: SpanTotals, level: String?)] = []
    var (none, unknown): ([String], [String]) = ([], [])
    for row in rows {
      guard let paths = row.forecast.paths,
        let totals = SpanTotals(
          span, history: row.recorded, forecast: row.forecast.forecast, paths: paths, levels: levels.values)
      else {
        none.append(row.id.uniqueID)
        continue
      }
      if let lost = totals.unknown.first { unknown.append("\(row.id.uniqueID) (\(style.format(lost.lowerBound)))") }
      made.append((row.id, row.forecast.forecast.model, totals, row.level))
    }
    guard !made.isEmpty else {
      throw HorizonError(
        .data, "no series adds up to a \(span.rawValue)",
        remedy: "Only counts of months or quarters do; leave out --sum-to")
    }
    func note(_ names: [String], _ remark: String) {
      guard !names.isEmpty else { return }
      let shown = names.prefix(5).joined(separator: ", ") + (names.count > 5 ? ", ..." : "")
      Console.note("horizon: warning: \(names.count) series \(remark): \(shown)", quiet: run.quiet)
    }
    note(none, "of no counts, or without a forecast, and without totals")
    note(unknown, "with a past period of a \(span.rawValue) unknown, which has no total")
    return .spanTotals(made, levels: levels.values, withHierarchy: withHierarchy, style: style)
  }

  /// Says which series began or ended within their span and which may have stopped, five of each by name.
  private func noteLifespans(_ forecasts: [SeriesForecast], _ style: PeriodStyle) {
    func note(_ remark: (one: String, several: String), _ detail: (SeriesForecast) -> String?) {
      let found = forecasts.compactMap { result in detail(result).map { "\(result.forecast.key.uniqueID) (\($0))" } }
      guard !found.isEmpty else { return }
      let shown = found.prefix(5).joined(separator: ", ") + (found.count > 5 ? ", ..." : "")
      Console.note(
        "horizon: warning: \(found.count) series \(found.count == 1 ? remark.one : remark.several): \(shown)",
        quiet: run.quiet)
    }
    note(
      (
        "began within its span, and zeros before that its level rules out are not learnt from",
        "began within their span, and zeros before that their level rules out are not learnt from"
      )
    ) { $0.lifespan.began.map { "began in \(style.format($0))" } }
    note(
      (
        "ended, with zeros since that its level rules out, and is forecast as 0",
        "ended, with zeros since that their level rules out, and are forecast as 0"
      )
    ) { $0.lifespan.ended.map { "ended in \(style.format($0))" } }
    note(
      (
        "may have stopped, with no event in the latest observed periods",
        "may have stopped, with no event in the latest observed periods"
      )
    ) { result in result.lifespan.silence.map { "\($0) \(result.forecast.start.frequency.noun)s" } }
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
