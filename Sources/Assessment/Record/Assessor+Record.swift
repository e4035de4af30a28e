import CommunitySafety
import Diagnostics
import Evaluation
import Forecasting
import Ingest
import RiskRanking
import TimeSeries

extension Assessor {
  /// Years of history below which no outlook is looked back at.
  private static let leastYears = 2

  /// The outlooks that would have been given at past origins for every series of the data's own areas, and what came of them.
  ///
  /// At each origin nothing after it is known, neither values nor breaks. A series is checked where the periods compared were all wholly
  /// recorded in the year after, and typical as far as the break calendar says.
  ///
  /// Example: `try await assessor.outlookRecord(data, origins: RollingOrigins(count: 5, step: 12, horizon: 12))`.
  ///
  /// Cost: one forecast of the panel with draws for each origin.
  ///
  /// - Throws: `HorizonError` of kind data if no origin leaves two years of history and a year to compare with, and what
  ///   ``assess(_:)`` throws of the reference files.
  public func outlookRecord(_ everything: IngestedData, origins: RollingOrigins) async throws -> OutlookRecord {
    let data = configuration.asOf.map { everything.asOf($0) } ?? everything
    let panels = try AggregatedPanels(data, measures: reference.measures, areas: reference.areas)
    let breaks = try BreakLookup(
      reference, places: panels.places, frequency: data.panel.frequency, without: configuration.withoutBreaks)
    let base = panels.layers.filter { !$0.isGroup && $0.level != .residual }
      .filter { layer in data.areas.values.contains { $0.level == layer.level } }
    guard let largest = base.map(\.panel).max(by: { $0.series.count < $1.series.count }) else {
      throw HorizonError(
        .data, "there is no series to look back at", remedy: "Check --areas and --as-of against `horizon series`")
    }
    let record: OutlookRecord
    do {
      (_, record) = try await lookBack(
        largest, breaks.interventions(largest.series.map(\.key)), units: data.units, origins: origins,
        draws: configuration.pathCount)
    } catch let failure as BacktestFailure {
      throw HorizonError(.data, failure.description, remedy: failure.remedy)
    }
    guard !record.cases.isEmpty else {
      throw HorizonError(
        .data, "no past outlook can be checked: it takes \(Assessor.leastYears) years of history and a year after it",
        remedy: "Ask for fewer --origins, or give a longer history")
    }
    return record
  }

  /// What forecasts of a panel made at past origins scored, and what came of their outlooks.
  func lookBack(
    _ panel: Panel, _ interventions: Interventions, units: [String: String], origins: RollingOrigins, draws: Int
  ) async throws -> (BacktestReport, OutlookRecord) {
    let weights = try harmWeights()
    let (year, profile, measures) = (panel.frequency.periodsPerYear, configuration.profile, reference.measures)
    var backtest = Backtest(
      models: [.auto], origins: origins, levels: configuration.levels, pathCount: draws,
      seed: configuration.seed, threads: threads, interventions: interventions)
    // Coverage and errors are all that is shown of single periods.
    backtest.densityLevels = []
    backtest.checksEveryOrigin = true
    let (report, cases) = try await backtest.run(panel) { known, forecast, series -> OutlookRecord.Case? in
      let observed = known.within(forecast.lifespan)
      guard observed.observedCount >= Assessor.leastYears * year,
        let outlook = Outlook(observed: known, forecast: forecast, profile: profile),
        let compared = ComparedYear(observed, forecast, profile: profile),
        let actual = compared.next(in: series, interventions[observed.key])
      else { return nil }
      let name = observed.key.measure ?? observed.key.area
      let measure = measures.measure(name, kind: observed.kind, unit: units[name])
      let values = observed.trusted.values.filter(\.isFinite)
      return OutlookRecord.Case(
        origin: known.end, key: observed.key, measure: measure, outlook: outlook, past: PastComparison(observed),
        mean: values.reduce(0, +) / Double(max(values.count, 1)),
        harm: measure.isGroup ? nil : weights[measure.name], actual: actual)
    }
    // Of a series that ended before an origin there is nothing to check at it.
    let checked = cases.filter { report.origins.contains($0.origin) }
    let origins = Set(checked.map(\.origin))
    return (report, OutlookRecord(origins: report.origins.filter(origins.contains), cases: checked))
  }
}
