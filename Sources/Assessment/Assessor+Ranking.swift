import CommunitySafety
import ExceptionDetection
import Forecasting
import Ingest
import RiskRanking
import TimeSeries

extension Assessor {
  /// The ranking of the inputs' own series by measure: the risks that ``assess(_:)`` has of their levels, without the totals and groups, the
  /// forecasts and the verdicts that pages show beside them. A row is made as soon as its series is forecast, and nothing else of it is
  /// kept, so that memory follows the rows.
  ///
  /// ``RankStability`` is looked into for page one alone, and not here.
  ///
  /// Example: `let worst = try await assessor.ranking(data).prefix(10)`.
  ///
  /// Cost: a forecast with draws and the verdicts of each series, some 2 ms of a processor; of 500,000 monthly series ten minutes on two
  /// cores.
  ///
  /// - Throws: as ``assess(_:)``.
  public func ranking(_ everything: IngestedData) async throws -> [Risk] {
    let ground = try Groundwork(everything, self, addsUp: false)
    let home = ground.home
    guard ranksAlone(ground) else {
      return try await assess(everything).risks.filter { home.contains($0.area.level) && !$0.isGroup }
    }
    if looksBack { progress(.lookingBack) }
    let outlooks =
      looksBack
      ? try await lookBack(ground.panels, ground.interventions, units: ground.data.units).1
      : OutlookRecord(origins: [], cases: [])
    let layers = ground.panels.layers.filter { home.contains($0.level) && !$0.isGroup }
    let builder = ground.builder(
      Set(layers.flatMap { layer in layer.panel.series.map { ground.measure(of: $0).id } }), outlooks)
    let areas = Dictionary(grouping: ground.panels.places.all, by: \.level).mapValues { areas in
      Dictionary(areas.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    progress(.detecting)
    var exceptions: [[SeriesKey: [PeriodTest]]] = []
    for layer in layers {
      let found = try await detector(ground.interventions).run(ground.renames.judged(layer.panel)) { $0.standsOut }
      exceptions.append(Dictionary(grouping: found.tests, by: \.key))
    }

    progress(.forecasting)
    var risks: [Risk] = []
    let relatives = ground.relatives
    for (layer, exceptions) in zip(layers, exceptions) {
      let engine = engine(
        ground.interventions, ground.data.panel.frequency, withDraws: true, relatives: relatives)
      let places = areas[layer.level] ?? [:]
      let made = try await engine.run(layer.panel) { i, forecast -> Risk? in
        let observed = layer.panel.series[i]
        guard let area = places[observed.key.area] else { return nil }
        return builder.risk(
          ground.assessed(
            observed, in: area, forecast: forecast,
            outlook: Outlook(observed: observed, forecast: forecast, profile: configuration.profile),
            tests: exceptions[observed.key] ?? []))
      }
      risks += made.compactMap { $0 }
    }

    progress(.ranking)
    let others = underOtherNames(risks, ground.panels.places).filter { home.contains($0.area.level) }
    return ranked(risks + others)
  }

  /// Whether nothing that is added up bears on what is said of the inputs' own series: their forecasts stay what they are, and no total
  /// is ranked with them.
  func ranksAlone(_ ground: Groundwork) -> Bool {
    guard let end = ground.data.panel.span?.upperBound else { return false }
    return [.bottomUp, .none].contains(configuration.reconciliation.chosen)
      && ground.home.isDisjoint(with: ground.panels.places.totalLevels)
      && ground.panels.places.dimension.members.allSatisfy { $0.exists(in: end + 1) }
  }
}
