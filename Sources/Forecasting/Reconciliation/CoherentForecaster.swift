import NumericCore
import Parallelism
import TimeSeries

/// Forecasts every node of a hierarchy, so that what adds up in the data adds up in the forecasts.
///
/// Each node is forecast by itself: the leaves in one panel, the totals level by level. Then the means are reconciled and joint draws put
/// together (``CoherentDraws``). A leaf whose mean does not move keeps its forecast as it was; of every other node median and bounds are
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
    let leaves = hierarchy.leaves.compactMap { series[$0] }
    var own = [SeriesForecast?](repeating: nil, count: hierarchy.nodes.count)
    for (node, made) in zip(hierarchy.leaves.filter { series[$0] != nil }, try await engine.run(panelOf(leaves, panel)))
    {
      own[node] = made
    }
    engine.relatives = leaves
    for level in hierarchy.levels {
      let totals = hierarchy.nodes(at: level).filter { !hierarchy.nodes[$0].isLeaf && series[$0] != nil }
      guard !totals.isEmpty else { continue }
      let made = try await engine.run(panelOf(totals.compactMap { series[$0] }, panel))
      for (node, forecast) in zip(totals, made) { own[node] = forecast }
    }
    let structure = SummingStructure(hierarchy)
    guard chosen != .none, !structure.totals.isEmpty else {
      return CoherentForecast(
        hierarchy: hierarchy, structure: structure, forecasts: own, own: own, reconciliation: .none, leftOut: leftOut)
    }
    let forecasts = try await reconciled(hierarchy, structure, own, by: chosen, frequency: panel.frequency)
    return CoherentForecast(
      hierarchy: hierarchy, structure: structure, forecasts: forecasts, own: own, reconciliation: chosen,
      leftOut: leftOut)
  }

  private func panelOf(_ series: [Series], _ panel: Panel) -> Panel {
    Panel(frequency: panel.frequency, style: panel.style, series: series)
  }

  private func reconciled(
    _ hierarchy: Hierarchy, _ structure: SummingStructure, _ own: [SeriesForecast?], by chosen: Reconciliation,
    frequency: Frequency
  ) async throws -> [SeriesForecast?] {
    let window = min(engine.horizon, frequency.periodsPerYear)
    var base = own.map { $0?.forecast.mean ?? [Double](repeating: .nan, count: engine.horizon) }
    var paths = own.map(\.?.paths)
    for leaf in structure.leaves {
      let area = hierarchy.areas.members[hierarchy.nodes[leaf].area]
      guard let start = own[leaf]?.forecast.start, !area.exists(in: start) else { continue }
      base[leaf] = base[leaf].map { _ in 0 }
      paths[leaf] = paths[leaf].map {
        SamplePaths(horizon: $0.horizon, count: $0.count, values: $0.values.map { _ in 0 })
      }
    }
    let foreseen = paths.map { $0.map { CoherentDraws.Own($0, window: window) } }
    let reconciler =
      if let method = chosen.method {
        try Reconciler(
          structure, method, residuals: method.needsResiduals ? Self.rows(own, residuals: true) : [],
          history: method.splits ? Self.rows(own, residuals: false) : [], middle: middle ?? Self.middle(structure))
      } else {
        try Reconciler(structure, variances: CountWeights.variances(structure, own: foreseen, window: window))
      }
    let means = try reconciler.reconcile(base, nonNegative: true)
    let draws = try CoherentDraws(
      structure, means: means, leaves: structure.leaves.compactMap { paths[$0] }, base: base, own: foreseen,
      window: window, seed: engine.seed)
    let levels = engine.levels
    return try await parallelMap(count: structure.count, threads: engine.threads, grain: 32) { node in
      guard let made = own[node] else { return nil }
      let isLeaf = structure.parts[node].isEmpty
      // To within rounding, so that methods that leave a forecast alone leave it altogether.
      let isSame = isLeaf && zip(means[node], made.forecast.mean).allSatisfy { abs($0 - $1) <= 1e-9 * max(1, abs($1)) }
      if isSame { return made.replacing(made.forecast, paths: draws.paths[node]) }
      let forecast = Forecast(
        key: made.forecast.key,
        model: isLeaf || chosen != .bottomUp ? "\(chosen.rawValue)(\(made.forecast.model))" : chosen.rawValue,
        start: made.forecast.start, means: means[node], draws: draws.paths[node], levels: levels)
      return made.replacing(forecast, paths: draws.paths[node])
    }
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
  /// What brought them to add up; ``Reconciliation/none`` where nothing is the sum of anything.
  public let reconciliation: Reconciliation
  /// Series that are part of no total, since they are no counts or were never observed.
  public let leftOut: [SeriesKey]
}

extension Series {
  /// The series with missing values up to a period.
  fileprivate func extended(to period: Period) -> Series {
    period > end ? replacing(values: values + [Double](repeating: .nan, count: period - end)) : self
  }
}

extension SeriesForecast {
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
  /// A forecast with given means whose median and bounds are those of draws.
  ///
  /// - Parameter levels: central levels in per cent.
  public init(key: SeriesKey, model: String, start: Period, means: [Double], draws: SamplePaths, levels: [Double]) {
    let grid = QuantileLevels(levels)
    let quantiles = means.indices.map { step in
      step < draws.horizon ? draws.quantiles(step: step, grid.probabilities) : grid.probabilities.map { _ in .nan }
    }
    self = grid.forecast(key: key, model: model, start: start, mean: means, quantiles: quantiles)
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
