import ArgumentParser
import Diagnostics
import Forecasting
import Reporting
import Session
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

  @Option(help: Levels.help, transform: Levels.init)
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
    try output.check()
    let progress = Progress(quiet: run.quiet)
    let session = try await input.open(run, progress: progress, lateReports: .noted)
    progress.begin("Forecasting")
    var engine = ForecastEngine(
      model: model, horizon: horizon, levels: levels.values, threads: run.threads,
      interventions: session.interventions)
    engine.keepsFitted = false
    engine.keepsComponents = components != nil
    if sumTo != nil { engine.pathCount = 1000 }
    let (style, frequency) = (session.style, session.panel.frequency)
    if let coherent = try await coherent(session, engine) {
      progress.finish()
      note(coherent.rows.compactMap { ForecastRemarks($0.forecast) }, of: coherent.rows.count, style, frequency)
      try writeComponents(coherent.rows.map(\.forecast), style)
      for note in coherent.notes { Console.note("horizon: \(note)", quiet: run.quiet) }
      guard let sumTo else {
        return try output.write(
          .forecasts(
            inHierarchy: coherent.rows.map { ($0.id, $0.forecast.forecast, $0.level) }, levels: levels.values,
            style: style))
      }
      let rows = coherent.rows.map { row in
        (
          id: row.id, model: row.forecast.forecast.model,
          totals: ForecastCommand.totals(row.recorded, row.forecast, sumTo, levels.values), level: row.level
        )
      }
      return try output.write(totals(rows, sumTo, withHierarchy: true, style))
    }
    let made = try await forecasts(session.panel, engine, progress)
    progress.finish()
    note(made.series.compactMap { $0?.remarks }, of: made.series.count, style, frequency)
    try writeComponents(made.series.compactMap { $0?.result }, style)
    guard let sumTo else {
      return try await output.write(.forecasts(made.kept, levels: levels.values, style: style), threads: run.threads)
    }
    let rows = zip(session.panel.series, made.series).map { series, one in
      (id: series.key, model: one?.model ?? "", totals: one?.totals, level: String?.none)
    }
    try output.write(totals(rows, sumTo, withHierarchy: false, style))
  }

  /// What is held of a series once it is forecast; its forecast is kept apart.
  private final class Made: Sendable {
    let remarks: ForecastRemarks?
    let model: String
    /// Where totals are asked for.
    let totals: SpanTotals?
    /// Without draws, where components are asked for.
    let result: SeriesForecast?

    init(_ result: SeriesForecast, totals: SpanTotals?, keepsResult: Bool) {
      remarks = ForecastRemarks(result)
      model = result.forecast.model
      self.totals = totals
      self.result = keepsResult ? result.withoutPaths : nil
    }
  }

  /// Forecasts of a panel, one series at a time: what a series' draws are for is made of them at once.
  private func forecasts(
    _ panel: Panel, _ engine: ForecastEngine, _ progress: Progress
  ) async throws -> (series: [Made?], kept: KeptForecasts) {
    let kept = KeptForecasts(of: panel)
    let count = Counter(of: panel.series.count)
    let (span, keepsResults, levels) = (sumTo, components != nil, levels.values)
    let made = try await engine.run(panel) { i, result -> Made? in
      count.step { progress.update("Forecasting", done: $0, total: $1) }
      if span == nil { try kept.keep(result.forecast, at: i) }
      let made = Made(
        result, totals: span.flatMap { ForecastCommand.totals(panel.series[i], result, $0, levels) },
        keepsResult: keepsResults)
      return span != nil || keepsResults || made.remarks != nil ? made : nil
    }
    return (made, kept)
  }

  private func writeComponents(_ forecasts: [SeriesForecast], _ style: PeriodStyle) throws {
    guard let components else { return }
    let parts = Sheet.components(forecasts, style: style)
    try WholeFile.write(to: components) { try parts.write(as: .csv, to: $0) }
  }

  /// The totals of one series; nil where it has none.
  private static func totals(
    _ recorded: Series, _ result: SeriesForecast, _ span: SpanTotals.Span, _ levels: [Double]
  ) -> SpanTotals? {
    result.paths.flatMap { paths in
      SpanTotals(span, history: recorded, forecast: result.forecast, paths: paths, levels: levels)
    }
  }

  /// The totals of each series, and what has none said.
  private func totals(
    _ rows: [(id: SeriesKey, model: String, totals: SpanTotals?, level: String?)], _ span: SpanTotals.Span,
    withHierarchy: Bool, _ style: PeriodStyle
  ) throws -> Sheet {
    var made: [(id: SeriesKey, model: String, totals: SpanTotals, level: String?)] = []
    var (none, unknown): ([String], [String]) = ([], [])
    for row in rows {
      guard let totals = row.totals else {
        none.append(row.id.uniqueID)
        continue
      }
      if let lost = totals.unknown.first { unknown.append("\(row.id.uniqueID) (\(style.format(lost.lowerBound)))") }
      made.append((row.id, row.model, totals, row.level))
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

  /// Says what a careful reader must know of the forecasts of `count` series.
  private func note(_ remarks: [ForecastRemarks], of count: Int, _ style: PeriodStyle, _ frequency: Frequency) {
    let fallbacks = remarks.compactMap(\.fallbackReason)
    if !fallbacks.isEmpty {
      var reasons: [String: Int] = [:]
      for fallback in fallbacks { reasons[fallback, default: 0] += 1 }
      let common = reasons.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }.prefix(3)
      Console.note(
        "horizon: warning: \(fallbacks.count) of \(count) series got a fallback: "
          + common.map { "\($0.value) because \($0.key)" }.joined(separator: "; "), quiet: run.quiet)
    }
    noteLifespans(remarks, style, frequency)
    noteOutliers(remarks, style)
  }

  /// Says which series began or ended within their span and which may have stopped, five of each by name.
  private func noteLifespans(_ remarks: [ForecastRemarks], _ style: PeriodStyle, _ frequency: Frequency) {
    func note(_ remark: (one: String, several: String), _ detail: (ForecastRemarks) -> String?) {
      let found = remarks.compactMap { one in detail(one).map { "\(one.key.uniqueID) (\($0))" } }
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
    ) { $0.lifespan.silence.map { "\($0) \(frequency.noun)s" } }
  }

  /// Says which single counts were not learnt from, five of them by name.
  private func noteOutliers(_ remarks: [ForecastRemarks], _ style: PeriodStyle) {
    let outliers = remarks.flatMap { one in
      one.outliers.map {
        "\(one.key.uniqueID) \(style.format($0.period)) (\(NumberText.grouped($0.counted)), typical \(NumberText.grouped($0.typical)))"
      }
    }
    guard !outliers.isEmpty else { return }
    Console.note(
      "horizon: warning: \(outliers.count) \(outliers.count == 1 ? "figure is" : "figures are") far out of line with those beside \(outliers.count == 1 ? "it" : "them") and not learnt from: "
        + outliers.prefix(5).joined(separator: ", ") + (outliers.count > 5 ? ", ..." : ""), quiet: run.quiet)
  }
}

/// What is to be said of a series' forecast beside its figures. Few series have anything.
private final class ForecastRemarks: Sendable {
  let key: SeriesKey
  let fallbackReason: String?
  let lifespan: Lifespan
  let outliers: [IsolatedOutlier]

  /// Nil where there is nothing to say.
  init?(_ result: SeriesForecast) {
    guard result.fallbackReason != nil || result.lifespan != Lifespan() || !result.outliers.isEmpty else { return nil }
    key = result.forecast.key
    fallbackReason = result.fallbackReason
    lifespan = result.lifespan
    outliers = result.outliers
  }
}
