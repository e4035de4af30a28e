import NumericCore
import Parallelism
import TimeSeries

/// Forecasts every node of a hierarchy, so that what adds up in the data adds up in the forecasts.
///
/// Each node is forecast by itself: the leaves in one panel, the totals level by level. With ``Reconciliation/auto`` so are the last
/// years, held out, which say how far each level's own forecasts are believed (``LevelEvidence``): three times the cost. Then the means
/// are reconciled and joint draws put together (``CoherentDraws``). A leaf whose mean does not move keeps its forecast as it was; of every other node median and bounds are
/// those of the draws.
///
/// Only counts add up. A leaf that is none, or of which nothing was ever observed, is part of no total
/// (``CoherentForecast/leftOut``): what is not known is not 0. An area that has ended by the dates of the hierarchy adds nothing to
/// what comes.
public struct CoherentForecaster: Sendable {
  /// What forecasts each node; its draws are made whatever it says of them.
  public var engine: ForecastEngine
  /// What brings them to add up.
  public var reconciliation: Reconciliation
  /// The level that ``Reconciliation/middleOut`` keeps, as ``SummingStructure`` names it; the middle one unless given.
  public var middle: String?
  /// Draws behind totals.
  public var pathCount = 1000

  /// A forecaster.
  public init(engine: ForecastEngine, reconciliation: Reconciliation = .auto, middle: String? = nil) {
    self.engine = engine
    self.reconciliation = reconciliation
    self.middle = middle
  }

  /// Forecasts all nodes for the periods after the last of any series.
  ///
  /// - Parameters:
  ///   - areas: one side of the hierarchy.
  ///   - measures: the other.
  ///   - panel: what was counted.
  /// - Throws: ``ReconciliationError``, or what the engine throws.
  public func run(
    areas: HierarchyDimension, measures: HierarchyDimension, _ panel: Panel
  ) async throws -> CoherentForecast {
    let end = panel.span?.upperBound
    let counted = panel.series.filter { $0.kind == .count && $0.observedCount > 0 }
    let leftOut = panel.series.filter { $0.kind != .count || $0.observedCount == 0 }.map(\.key)
    let hierarchy = Hierarchy(areas: areas, measures: measures, counted: counted.map(\.key))
    let aligned = Panel(
      frequency: panel.frequency, style: panel.style, series: counted.map { $0.extended(to: end ?? $0.end) })
    let series = hierarchy.series(aligned)
    var engine = engine
    engine.pathCount = max(2, pathCount)
    let chosen = reconciliation.chosen
    engine.keepsFitted = chosen.method?.needsResiduals ?? false
    let own = try await own(hierarchy, series, panel, engine: engine)
    let structure = SummingStructure(hierarchy)
    guard chosen != .none, !structure.totals.isEmpty else {
      return CoherentForecast(
        hierarchy: hierarchy, structure: structure, forecasts: own, own: own, recorded: series,
        reconciliation: .none, leftOut: leftOut)
    }
    let window = min(engine.horizon, panel.frequency.periodsPerYear)
    let foreseen = own.map { $0?.paths.map { CoherentDraws.Own($0, window: window) } }
    let evidence =
      reconciliation == .auto
      ? try await evidence(hierarchy, structure, series, panel, foreseen: foreseen, window: window) : []
    let draws = try draws(
      hierarchy, structure, own, paths: own.map(\.?.paths), foreseen: foreseen, window: window, evidence: evidence)
    let levels = engine.levels
    let forecasts = try await parallelMap(count: structure.count, threads: engine.threads, grain: 32) { node in
      own[node].map { $0.reconciled(draws, node, isLeaf: structure.parts[node].isEmpty, by: chosen, levels: levels) }
    }
    return CoherentForecast(
      hierarchy: hierarchy, structure: structure, forecasts: forecasts, own: own, recorded: series,
      reconciliation: chosen,
      leftOut: leftOut, evidence: evidence)
  }

  /// Each node's own forecast: the leaves in one panel, then the totals of each level in one, whose measures' shocks are learnt from
  /// the leaves.
  func own(
    _ hierarchy: Hierarchy, _ series: [Series?], _ panel: Panel, engine: ForecastEngine
  ) async throws -> [SeriesForecast?] {
    var engine = engine
    var own = [SeriesForecast?](repeating: nil, count: hierarchy.nodes.count)
    let leaves = hierarchy.leaves.filter { series[$0] != nil }
    for (node, made) in zip(leaves, try await engine.run(panelOf(leaves.compactMap { series[$0] }, panel))) {
      own[node] = made
    }
    engine.relatives = leaves.compactMap { series[$0] }
    for level in hierarchy.levels {
      let totals = hierarchy.nodes(at: level).filter { !hierarchy.nodes[$0].isLeaf && series[$0] != nil }
      guard !totals.isEmpty else { continue }
      let made = try await engine.run(panelOf(totals.compactMap { series[$0] }, panel))
      for (node, forecast) in zip(totals, made) { own[node] = forecast }
    }
    return own
  }

  private func panelOf(_ series: [Series], _ panel: Panel) -> Panel {
    Panel(frequency: panel.frequency, style: panel.style, series: series)
  }

  /// Coherent draws of a hierarchy from the forecasts of its nodes.
  ///
  /// - Parameters:
  ///   - own: each node's own forecast; nil of a total without a series.
  ///   - paths: the leaves' own draws, by node; of totals none is looked at.
  ///   - foreseen: what each node's own forecast says of the window.
  ///   - window: steps that draws are put together by.
  ///   - evidence: how far levels' own forecasts are believed, for ``Reconciliation/counts``.
  /// - Throws: ``ReconciliationError``.
  public func draws(
    _ hierarchy: Hierarchy, _ structure: SummingStructure, _ own: [SeriesForecast?], paths: [SamplePaths?],
    foreseen: [CoherentDraws.Own?], window: Int, evidence: [LevelEvidence] = []
  ) throws(ReconciliationError) -> CoherentDraws {
    let chosen = reconciliation.chosen
    var base = own.map { $0?.forecast.mean ?? [Double](repeating: .nan, count: engine.horizon) }
    var leaves: [SamplePaths] = []
    for leaf in structure.leaves {
      guard let drawn = paths[leaf], let start = own[leaf]?.forecast.start else {
        throw .noForecast(structure.names[leaf])
      }
      let area = hierarchy.areas.members[hierarchy.nodes[leaf].area]
      let isThere = area.exists(in: start)
      if !isThere { base[leaf] = base[leaf].map { _ in 0 } }
      leaves.append(
        isThere ? drawn : SamplePaths(horizon: drawn.horizon, count: drawn.count, values: drawn.values.map { _ in 0 }))
    }
    // In the order of names, so that the order of the input changes no digit.
    let (sorted, positions) = structure.sortedByName()
    let own = positions.map { own[$0] }
    let foreseen = positions.map { foreseen[$0] }
    base = positions.map { base[$0] }
    let columns = Dictionary(uniqueKeysWithValues: structure.leaves.enumerated().map { ($1, $0) })
    leaves = sorted.leaves.compactMap { columns[positions[$0]].map { leaves[$0] } }
    let reconciler =
      if let method = chosen.method {
        try Reconciler(
          sorted, method, residuals: method.needsResiduals ? Self.rows(own, residuals: true) : [],
          history: method.splits ? Self.rows(own, residuals: false) : [], middle: middle ?? Self.middle(structure))
      } else {
        try Reconciler(
          sorted,
          variances: CountWeights.variances(
            sorted, own: foreseen, window: window,
            ownParts: Dictionary(evidence.map { ($0.level, $0.ownPart) }, uniquingKeysWith: { first, _ in first })))
      }
    let draws = try CoherentDraws(
      sorted, means: reconciler.reconcile(base, nonNegative: true), leaves: leaves, base: base, own: foreseen,
      window: window, seed: engine.seed)
    return draws.placed(at: positions)
  }

  /// The middle one of the levels from the top down that hold every leaf once.
  private static func middle(_ structure: SummingStructure) -> String? {
    let whole = structure.levelNames.filter { level in
      structure.partitionsLeaves(structure.names.indices.filter { structure.levels[$0] == level })
    }
    let sizes = Dictionary(grouping: structure.levels) { $0 }.mapValues(\.count)
    let sorted = whole.sorted { (sizes[$0] ?? 0, $0) < (sizes[$1] ?? 0, $1) }
    return sorted.isEmpty ? nil : sorted[sorted.count / 2 - (sorted.count > 1 && sorted.count % 2 == 0 ? 1 : 0)]
  }

  /// What nodes' models learnt from, or their errors one step ahead, over the union of their spans.
  private static func rows(_ own: [SeriesForecast?], residuals: Bool) -> [[Double]] {
    let start = own.compactMap { $0?.adjusted.start.ordinal }.min() ?? 0
    let end = own.compactMap { $0?.adjusted.end.ordinal }.max() ?? start - 1
    return own.map { made in
      var row = [Double](repeating: .nan, count: end - start + 1)
      guard let made else { return row }
      for (t, value) in made.adjusted.values.enumerated() {
        let expected = !residuals ? 0 : made.fitted.indices.contains(t) ? made.fitted[t] : .nan
        row[made.adjusted.start.ordinal - start + t] = value - expected
      }
      return row
    }
  }
}

/// The forecasts of all nodes of a hierarchy.
public struct CoherentForecast: Sendable {
  /// The nodes: only series of counts that were ever observed are leaves.
  public let hierarchy: Hierarchy
  /// The same by position.
  public let structure: SummingStructure
  /// Of each node its forecast with joint draws that add up in every draw; nil of a total without a series.
  public let forecasts: [SeriesForecast?]
  /// Of each node its own forecast, before.
  public let own: [SeriesForecast?]
  /// Of each node what was recorded; nil of a total without a series.
  public let recorded: [Series?]
  /// What brought them to add up; ``Reconciliation/none`` where nothing is the sum of anything.
  public let reconciliation: Reconciliation
  /// Series that are part of no total, since they are no counts or were never observed.
  public let leftOut: [SeriesKey]
  /// What held-out years said of each level: of ``Reconciliation/auto`` with history enough.
  public var evidence: [LevelEvidence] = []
}

extension Series {
  /// The series with missing values up to a period.
  fileprivate func extended(to period: Period) -> Series {
    period > end ? replacing(values: values + [Double](repeating: .nan, count: period - end)) : self
  }
}

extension SeriesForecast {
  /// The same with what a reconciliation makes of a node: a leaf whose mean has not moved keeps its forecast.
  ///
  /// - Parameter levels: of the intervals, in per cent.
  public func reconciled(
    _ draws: CoherentDraws, _ node: Int, isLeaf: Bool, by reconciliation: Reconciliation, levels: [Double]
  ) -> SeriesForecast {
    let means = draws.means[node]
    // To within rounding, so that methods that leave a forecast alone leave it altogether.
    let isSame = isLeaf && zip(means, forecast.mean).allSatisfy { abs($0 - $1) <= 1e-9 * max(1, abs($1)) }
    guard !isSame else { return replacing(forecast, paths: draws.paths[node]) }
    let name = reconciliation.rawValue
    return replacing(
      Forecast(
        own: forecast, model: isLeaf || reconciliation != .bottomUp ? "\(name)(\(forecast.model))" : name, means: means,
        draws: draws.paths[node], levels: levels), paths: draws.paths[node])
  }

  /// The same with another forecast and other draws.
  public func replacing(_ forecast: Forecast, paths: SamplePaths?) -> SeriesForecast {
    SeriesForecast(
      forecast: forecast, fitted: fitted, fallbackReason: fallbackReason, choice: choice, paths: paths,
      sharedLoading: sharedLoading, adjusted: adjusted, adjustments: adjustments, outliers: outliers,
      lifespan: lifespan,
      components: components, distributions: distributions)
  }
}

extension Forecast {
  /// A forecast with given means whose median and bounds are those of draws; beyond the steps of the draws those of `own`, moved as
  /// the mean did.
  ///
  /// - Parameter levels: central levels in per cent.
  public init(own: Forecast, model: String, means: [Double], draws: SamplePaths, levels: [Double]) {
    let grid = QuantileLevels(levels)
    let quantiles = means.indices.map { step -> [Double] in
      if step < draws.horizon { return draws.quantiles(step: step, grid.probabilities) }
      let factor = own.mean[step] > 0 ? means[step] / own.mean[step] : 1
      let bounds = grid.levels.map(own.interval)
      return
        (bounds.reversed().map { $0?.lower[step] ?? .nan } + [own.median[step]] + bounds.map { $0?.upper[step] ?? .nan })
        .map { $0 * factor }
    }
    self = grid.forecast(key: own.key, model: model, start: own.start, mean: means, quantiles: quantiles)
  }
}

extension SamplePaths {
  /// Quantiles of one step's draws at ascending probabilities. Of counts each is a count: the least that has the probability.
  func quantiles(step: Int, _ probabilities: [Double]) -> [Double] {
    let drawn = (0..<count).map { values[$0 * horizon + step] }
    guard let least = drawn.min(), let most = drawn.max(), least >= 0, most < 65536,
      drawn.allSatisfy({ $0 == $0.rounded() })
    else {
      let sorted = drawn.sorted()
      return probabilities.map { quantile($0, ofSorted: sorted) }
    }
    let first = Int(least)
    var tally = [Int](repeating: 0, count: Int(most) - first + 1)
    for value in drawn { tally[Int(value) - first] += 1 }
    var (at, below) = (0, tally[0])
    return probabilities.map { probability in
      while Double(below) < probability * Double(count) - 1e-9 && at + 1 < tally.count {
        at += 1
        below += tally[at]
      }
      return Double(first + at)
    }
  }
}
