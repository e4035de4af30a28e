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
    guard let largest = base.map(\.panel).max(by: { $0.series.count < $1.series.count }),
      let end = largest.span?.upperBound
    else {
      throw HorizonError(
        .data, "there is no series to look back at", remedy: "Check --areas and --as-of against `horizon series`")
    }
    let record = try await outlookRecord(
      largest, breaks.interventions(largest.series.map(\.key)), units: data.units, at: origins.periods(before: end))
    guard !record.cases.isEmpty else {
      throw HorizonError(
        .data, "no past outlook can be checked: it takes \(Assessor.leastYears) years of history and a year after it",
        remedy: "Ask for fewer --origins, or give a longer history")
    }
    return record
  }

  /// Origins that an assessment looks back at, a year apart.
  private static let assessedOrigins = 5

  /// Most places of a measure that an assessment looks back at: more tell little more.
  private static let enoughPlaces = 200

  /// What an assessment measures its confidence by: the largest measures of the base level at the last origins.
  func outlookRecord(
    _ panels: AggregatedPanels, _ interventions: Interventions, units: [String: String]
  ) async throws -> OutlookRecord {
    guard let base = panels.layers.first(where: { !$0.isGroup && $0.level != .residual })?.panel,
      let end = base.span?.upperBound
    else { return OutlookRecord(origins: [], cases: []) }
    let year = base.frequency.periodsPerYear
    let origins = RollingOrigins(count: Assessor.assessedOrigins, step: year, horizon: year).periods(before: end)
    var places: [String: Int] = [:]
    let panel = Assessor.largestMeasures(base, before: year).filterMap { series -> Series? in
      let name = series.key.measure ?? series.key.uniqueID
      places[name, default: 0] += 1
      return places[name, default: 0] <= Assessor.enoughPlaces ? series : nil
    }
    return try await outlookRecord(panel, interventions, units: units, at: origins)
  }

  /// The same of a panel, at origins of which those that cannot be used are left out.
  func outlookRecord(
    _ panel: Panel, _ interventions: Interventions, units: [String: String], at origins: [Period]
  ) async throws -> OutlookRecord {
    let weights = try harmWeights()
    let year = panel.frequency.periodsPerYear
    let profile = configuration.profile
    var cases: [OutlookRecord.Case] = []
    var used: [Period] = []
    for origin in origins {
      let places = panel.series.indices.filter { panel.series[$0].through(origin).count > 0 }
      let known = Panel(
        frequency: panel.frequency, style: panel.style, series: places.map { panel.series[$0].through(origin) })
      guard known.series.contains(where: { $0.observedCount >= Assessor.leastYears * year }),
        panel.series.contains(where: { $0.end >= origin + year })
      else { continue }
      var engine = ForecastEngine(
        model: .auto, horizon: year, levels: configuration.levels, pathCount: configuration.pathCount,
        seed: configuration.seed, threads: threads, interventions: interventions.begun(by: origin))
      engine.pathHorizon = year
      engine.keepsFitted = false
      let found = try await engine.run(known) { i, forecast -> OutlookRecord.Case? in
        let observed = known.series[i].within(forecast.lifespan)
        guard observed.observedCount >= Assessor.leastYears * year,
          let outlook = Outlook(observed: known.series[i], forecast: forecast, profile: profile),
          let compared = ComparedYear(observed, forecast, profile: profile),
          let actual = compared.next(in: panel.series[places[i]], interventions[observed.key])
        else { return nil }
        let name = observed.key.measure ?? observed.key.area
        let measure = reference.measures.measure(name, kind: observed.kind, unit: units[name])
        let values = observed.trusted.values.filter(\.isFinite)
        return OutlookRecord.Case(
          origin: origin, key: observed.key, measure: measure, outlook: outlook, past: PastComparison(observed),
          mean: values.reduce(0, +) / Double(max(values.count, 1)),
          harm: measure.isGroup ? nil : weights[measure.name], actual: actual)
      }
      let checked = found.compactMap { $0 }
      if !checked.isEmpty { used.append(origin) }
      cases += checked
    }
    return OutlookRecord(origins: used, cases: cases)
  }
}
