import NumericCore
import Parallelism
import TimeSeries

/// Forecasts every series of a panel: pools what is shared, fits, falls back by name where a fit fails, predicts.
public struct ForecastEngine: Sendable {
  /// The method.
  public var method: ForecastingMethod
  /// Periods ahead.
  public var horizon: Int
  /// Central interval levels in per cent.
  public var levels: [Double]
  /// Joint draws per series; 0 for none.
  public var pathCount: Int
  /// Periods that joint draws go ahead; as many as are forecast unless given. Draws differ with it, since a path takes as many random
  /// numbers as it has periods.
  public var pathHorizon: Int?
  /// Seed of the draws; each series has its own stream, named by its key, and each measure one that its areas share.
  public var seed: UInt64
  /// Worker threads; results do not depend on it.
  public var threads: Int
  /// Further levels, which only forecasts get whose model does not know its predictive distributions in full; with any,
  /// results hold these distributions where it does.
  public var densityLevels: [Double] = []
  /// Series of other panels whose measures' shocks hold here too: where a panel has a measure in one area only, such as the
  /// one partnership of several districts, what its areas share is learnt from these. Nothing else is learnt from them.
  public var relatives: [Series] = []
  /// Whether results hold one-step expectations over the history; without them ``SeriesForecast/fitted`` is empty.
  public var keepsFitted = true
  /// Whether results hold components: what the model takes the history apart into.
  public var keepsComponents = false
  /// Series, for each thread, that are fitted and forecast before the next are, as few whole pools as hold so many: what is
  /// worked out of a batch is done with then. Results do not depend on it.
  var batchSize = 64
  /// The interventions that concern a series.
  public var interventions: Interventions

  /// An engine that runs a method of ``ForecasterRegistry/standard``.
  public init(
    model: ModelName = .auto, horizon: Int, levels: [Double] = [80, 95], pathCount: Int = 0, seed: UInt64 = 1,
    threads: Int = 1, interventions: Interventions = Interventions()
  ) {
    self.init(
      method: model.method, horizon: horizon, levels: levels, pathCount: pathCount, seed: seed, threads: threads,
      interventions: interventions)
  }

  /// An engine that runs any method, this package's or another's:
  /// `ForecastEngine(method: .alone("the last value again") { LastValue() }, horizon: 12)`.
  public init(
    method: ForecastingMethod, horizon: Int, levels: [Double] = [80, 95], pathCount: Int = 0, seed: UInt64 = 1,
    threads: Int = 1, interventions: Interventions = Interventions()
  ) {
    self.method = method
    self.horizon = horizon
    self.levels = levels
    self.pathCount = pathCount
    self.seed = seed
    self.threads = threads
    self.interventions = interventions
  }
}

extension ForecastEngine {
  /// Forecasts every series, in input order, for the periods after its last one.
  ///
  /// A series that the method asked for cannot serve gets a named fallback with its reason: `auto-ets` where counts
  /// are asked of values or proportions of what is none, `historic-average` where there is too little to fit, `no-data`
  /// (all NaN) where nothing was ever observed. Values that cover only part of their period are missing to every method, and
  /// so is a single count far out of line with those beside it (``SeriesForecast/outliers``). Zeros before a series began are no
  /// history to any, and one that ended is forecast as 0 (``SeriesForecast/lifespan``).
  /// Forecasts of proportions stay between 0 and 1.
  public func run(_ panel: Panel) async throws -> [SeriesForecast] {
    try await run(panel) { _, forecast in forecast }
  }

  /// The same, with what `use` makes of each series' place in the panel and forecast instead of the forecasts, which need
  /// never be held all at once: memory follows the largest pool, beside the panel and what `use` returns.
  ///
  /// - Throws: what `use` throws.
  public func run<Result: Sendable>(
    _ panel: Panel, _ use: @escaping @Sendable (Int, SeriesForecast) throws -> Result
  ) async throws -> [Result] {
    let all = panel.series
    // What a batch of pools is fitted by is done with before the next: the models of all series at once would outweigh the
    // data several times.
    var results = [Result?](repeating: nil, count: all.count)
    for batch in SeriesPools(all).batches(of: batchSize * max(1, threads)) {
      let members = batch.flatMap { $0 }
      let prepared = try await parallelMap(count: members.count, threads: threads, grain: 16) { k in
        let recorded = all[members[k]].trusted
        let known = adjustForInterventions(recorded, interventions[recorded.key])
        let lifespan = known.series.lifespan
        let (learnt, outliers) = withoutIsolatedOutliers(known.series.within(lifespan))
        return (
          recorded: recorded, series: learnt, adjustments: known.adjustments, outliers: outliers, lifespan: lifespan
        )
      }
      var next = 0
      let futures = try await futures(
        batch.map { pool in
          defer { next += pool.count }
          return pathCount > 0 ? prepared[next..<next + pool.count].map(\.series) : []
        }, sizes: batch.map(\.count))
      let fit = try await method.learn(prepared.map(\.series), horizon: horizon, threads: threads)
      let made = try await parallelMap(count: members.count, threads: threads, grain: 4) { k in
        let known = prepared[k]
        return try use(
          members[k],
          forecast(
            known.lifespan.ended == nil ? fit(k) : .ended(known.series, recorded: known.recorded), of: known.recorded,
            known.series, known.adjustments, outliers: known.outliers, lifespan: known.lifespan,
            futures: known.lifespan.ended == nil ? futures[k] : nil))
      }
      for (i, result) in zip(members, made) { results[i] = result }
    }
    return results.compactMap { $0 }
  }

  /// What a series' fit forecasts.
  private func forecast(
    _ fit: SeriesFit, of recorded: Series, _ adjusted: Series, _ adjustments: [InterventionAdjustment],
    outliers: [IsolatedOutlier], lifespan: Lifespan, futures: SharedFutures?
  ) -> SeriesForecast {
    let model = fit.model
    let distributions = densityLevels.isEmpty ? nil : model.distributions(horizon: horizon)
    let asked = distributions == nil ? levels + densityLevels : levels
    let draws = joint(model, adjusted, futures)
    return SeriesForecast(
      forecast: model.predict(horizon: horizon, levels: asked).bounded(by: adjusted.bounds),
      fitted: keepsFitted ? model.fitted : [], fallbackReason: fit.fallbackReason, choice: fit.choice,
      paths: draws?.paths, sharedLoading: draws?.loading ?? 0, adjusted: adjusted, adjustments: adjustments,
      outliers: outliers, lifespan: lifespan,
      components: keepsComponents ? SeriesComponents(model, recorded: recorded, adjusted: adjusted) : nil,
      distributions: distributions)
  }

  /// Draws of a model, if any are asked for, in the order of the futures that its measure shares.
  private func joint(
    _ model: any FittedModel, _ adjusted: Series, _ futures: SharedFutures?
  ) -> (paths: SamplePaths, loading: Double)? {
    guard pathCount > 0 else { return nil }
    var random = RandomSource(seed: seed, stream: adjusted.key.uniqueID)
    let paths = model.samplePaths(horizon: pathHorizon ?? horizon, count: pathCount, random: &random)
      .bounded(by: adjusted.bounds)
    guard let futures, adjusted.kind == .count else { return (paths, 0) }
    return futures.ordered(paths, &random)
  }

  /// The futures of each member of some pools of these sizes, in their order; nil for those that share none, and without draws.
  private func futures(_ pools: [[Series]], sizes: [Int]) async throws -> [SharedFutures?] {
    guard pathCount > 0 else { return [SharedFutures?](repeating: nil, count: sizes.reduce(0, +)) }
    let relatives = Dictionary(grouping: relatives) { $0.key.measure }
    let found = try await parallelMap(count: pools.count, threads: threads) { p in
      var pool = pools[p]
      if pool.count == 1, let measure = pool[0].key.measure {
        pool += (relatives[measure] ?? []).map { adjustForInterventions($0.trusted, interventions[$0.key]).series }
      }
      return SharedFutures(pool: pool, horizon: pathHorizon ?? horizon, pathCount: pathCount, seed: seed)
    }
    return zip(pools, found).flatMap { pool, futures in pool.map { _ in futures } }
  }
}

extension SeriesFit {
  /// The fit of a series that has ended.
  fileprivate static func ended(_ series: Series, recorded: Series) -> SeriesFit {
    let zeros = recorded.values.reversed().prefix { !($0 > 0) }.count { !$0.isNaN }
    return SeriesFit(
      EndedModel(series),
      choice:
        "ended: no event in the last \(zeros) observed \(series.start.frequency.noun)s, which its level before rules out"
    )
  }
}
