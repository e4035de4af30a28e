import Forecasting
import NumericCore
import Parallelism
import RiskRanking
import TimeSeries

/// What was forecast of one series, on its way into an assessment.
struct LayerForecast: Sendable {
  /// The forecast, without its draws.
  var forecast: SeriesForecast
  /// The next year against the last.
  var outlook: Outlook?
  /// The draws, as long as totals are still to be made of them.
  var paths: SamplePaths?
  /// What its own forecast says of a year.
  var foreseen: CoherentDraws.Own?
}

/// Makes the forecasts of a run add up: of areas to partnerships, forces and the whole, of measures to groups.
///
/// After it the mean of every total is the sum of its parts' means and its interval and probabilities are of joint draws that add up in
/// every draw, so that last year's level, what is foreseen and the change are each the sum of what they are in the parts, over the periods
/// that these have in common. A total of which any part has no forecast keeps its own: nothing is added up that is not all there. So do
/// all totals of more than ``mostLeaves`` series.
struct CoherentLayers {
  let configuration: AssessmentConfiguration
  let threads: Int
  /// Whether forecasts keep their draws.
  let keepsDraws: Bool

  /// Draws of leaves that are kept for totals: so many numbers in all, or at least ``leastDraws`` of each leaf.
  private static let mostNumbers = 60_000_000
  private static let leastDraws = 200
  /// Most leaves that are added up, which bounds what their draws take: with more, totals keep their own forecasts, and it is said.
  static let mostLeaves = 25_000

  /// How many draws are kept of each of some leaves.
  static func draws(leaves: Int, steps: Int, of count: Int) -> Int {
    min(count, max(leastDraws, mostNumbers / max(1, leaves * steps)))
  }

  /// The nodes that are added up: those of counts that were ever observed and have draws.
  let hierarchy: Hierarchy
  private let structure: SummingStructure
  /// Layer and position of each node's series; nil of a node without one.
  private let places: [(layer: Int, series: Int)?]
  /// Whether a node holds all that the run's hierarchy says it does.
  private let isWhole: [Bool]

  init(
    _ panels: AggregatedPanels, configuration: AssessmentConfiguration, threads: Int, keepsDraws: Bool = false
  ) {
    self.configuration = configuration
    self.threads = threads
    self.keepsDraws = keepsDraws
    let all = panels.hierarchy
    var places: [SeriesKey: (layer: Int, series: Int)] = [:]
    var counted: [SeriesKey] = []
    for (layer, panel) in panels.layers.map(\.panel).enumerated() {
      for (position, series) in panel.series.enumerated() {
        places[series.key] = (layer, position)
        guard series.kind == .count, series.observedCount > 0, let node = all.node(series.key), all.nodes[node].isLeaf
        else { continue }
        counted.append(series.key)
      }
    }
    let hierarchy = Hierarchy(areas: all.areas, measures: all.measures, counted: counted)
    structure = SummingStructure(hierarchy)
    self.places = hierarchy.nodes.map { places[$0.key] }
    isWhole = hierarchy.nodes.indices.map { node in
      all.node(hierarchy.nodes[node].key).map { all.summing[$0].count == hierarchy.summing[node].count } ?? false
    }
    self.hierarchy = hierarchy
  }

  /// Whether nothing is made a sum.
  var isEmpty: Bool {
    structure.totals.isEmpty || configuration.reconciliation.chosen == .none || !limitations.isEmpty
  }

  /// What the run cannot say of its totals.
  var limitations: [Limitation] { CoherentLayers.limitations(leaves: structure.leaves.count) }

  static func limitations(leaves: Int) -> [Limitation] {
    leaves > mostLeaves ? [.totalsApart(series: leaves, most: mostLeaves)] : []
  }

  /// Whether a series is a leaf of a total, so that its draws are needed.
  func needsDraws(_ key: SeriesKey) -> Bool {
    !isEmpty && hierarchy.node(key).map { hierarchy.nodes[$0].isLeaf } ?? false
  }

  /// Number of draws to keep of a leaf.
  func keptDraws(steps: Int) -> Int {
    CoherentLayers.draws(leaves: structure.leaves.count, steps: steps, of: configuration.pathCount)
  }

  /// Replaces the forecasts of all nodes by coherent ones.
  ///
  /// - Parameters:
  ///   - made: a forecast a series, by layer; leaves' with draws, which are let go.
  ///   - isRanked: whether outlooks are made of the series of a layer.
  /// - Throws: ``Forecasting/ReconciliationError``.
  func reconcile(
    _ made: inout [[LayerForecast]], _ panels: AggregatedPanels, isRanked: @escaping @Sendable (Int) -> Bool
  ) async throws {
    let before = made
    for layer in made.indices { for place in made[layer].indices { made[layer][place].paths = nil } }
    guard !isEmpty else { return }
    let known = places.map { place in place.map { before[$0.layer][$0.series] } }
    guard structure.leaves.allSatisfy({ known[$0]?.paths != nil }) else { return }
    let frequency = panels.layers[0].panel.frequency
    let window = min(configuration.horizon, frequency.periodsPerYear)
    var engine = ForecastEngine(horizon: configuration.horizon, levels: configuration.levels, seed: configuration.seed)
    engine.threads = threads
    let forecaster = CoherentForecaster(engine: engine, reconciliation: configuration.reconciliation)
    let draws = try forecaster.draws(
      hierarchy, structure, known.map { $0?.forecast }, paths: known.map { $0?.paths },
      foreseen: known.map { $0?.foreseen },
      window: window)
    let results = try await parallelMap(count: structure.count, threads: threads, grain: 16) { node -> LayerForecast? in
      guard isWhole[node], let place = places[node], let own = known[node] else { return nil }
      let observed = panels.layers[place.layer].panel.series[place.series]
      let isLeaf = structure.parts[node].isEmpty
      var forecast = own.forecast.reconciled(
        draws, node, isLeaf: isLeaf, by: configuration.reconciliation.chosen, levels: configuration.levels)
      if !isLeaf { forecast = summed(forecast, node, observed, known, panels) }
      // Of a leaf that stays as it is more draws are known than are kept for its totals.
      let isSame = isLeaf && forecast.forecast.mean == own.forecast.forecast.mean
      let outlook =
        isSame
        ? own.outlook
        : isRanked(place.layer) ? Outlook(observed: observed, forecast: forecast, profile: configuration.profile) : nil
      return LayerForecast(
        forecast: keepsDraws ? forecast : forecast.withoutPaths, outlook: outlook, paths: nil, foreseen: own.foreseen)
    }
    for (place, result) in zip(places, results) {
      guard let place, let result else { continue }
      made[place.layer][place.series] = result
    }
  }

  /// A total's forecast with the history that its parts were forecast from: what each is compared with adds up to what it is compared with.
  private func summed(
    _ forecast: SeriesForecast, _ node: Int, _ observed: Series, _ known: [LayerForecast?], _ panels: AggregatedPanels
  ) -> SeriesForecast {
    var values = observed.values
    var typical: [Period: Double] = [:]
    var isEnded = true
    let isBottomUp = configuration.reconciliation.chosen == .bottomUp
    for leaf in structure.rows[node].map({ structure.leaves[Int($0)] }) {
      guard let place = places[leaf], let own = known[leaf]?.forecast else { continue }
      let recorded = panels.layers[place.layer].panel.series[place.series]
      let area = hierarchy.areas.members[hierarchy.nodes[leaf].area]
      if own.lifespan.ended == nil && area.exists(in: recorded.end + 1) { isEnded = false }
      let outliers = Dictionary(own.outliers.map { ($0.period, $0.typical) }, uniquingKeysWith: { first, _ in first })
      for t in values.indices {
        let period = observed.start + t
        guard area.exists(in: period), let counted = recorded[period] else { continue }
        // As an outlook compares it; the parts' differences from what was recorded are the total's.
        let compared = outliers[period] ?? own.adjusted[period] ?? counted
        values[t] += compared - counted
        if outliers[period] != nil { typical[period] = 0 }
      }
    }
    for period in typical.keys { typical[period] = values[period - observed.start] }
    let outliers = typical.filter(\.value.isFinite).map { period, value in
      IsolatedOutlier(period: period, counted: observed[period] ?? .nan, typical: value, held: nil)
    }.sorted { $0.period < $1.period }
    return SeriesForecast(
      forecast: forecast.forecast, fitted: forecast.fitted, fallbackReason: isBottomUp ? nil : forecast.fallbackReason,
      choice: isBottomUp ? "the sum of the forecasts of its \(structure.parts[node].count) parts" : forecast.choice,
      paths: forecast.paths, sharedLoading: forecast.sharedLoading,
      adjusted: observed.replacing(values: values), adjustments: forecast.adjustments, outliers: outliers,
      // A total goes on while any part does.
      lifespan: forecast.lifespan.ended == nil || isEnded ? forecast.lifespan : Lifespan(),
      components: forecast.components, distributions: forecast.distributions)
  }
}
