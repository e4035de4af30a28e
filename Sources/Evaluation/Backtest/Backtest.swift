import Forecasting
import TimeSeries

/// A rolling-origin evaluation (Tashman 2000, *International Journal of Forecasting* 16, 437-450): forecasts as they would
/// have been made at past origins, scored by what happened.
///
/// Every forecast is the one `horizon forecast` would have written at its origin: nothing after it is known, neither values nor
/// interventions, pools are fitted anew, and every model is estimated from scratch: searches begun from what the origin before
/// found would make some forecasts depend on the origins asked for (the card `auto-ets` has the figures). Results depend
/// neither on the number of threads nor on the order of models, and what is held at once is bounded by one model's scores at
/// one origin.
public struct Backtest: Sendable {
  /// Methods to compare, in the order of the report. The first one's latest forecast is set beside what happened.
  public var models: [ModelName]
  /// Where forecasts are made from.
  public var origins: RollingOrigins
  /// Levels of the intervals that are scored, in per cent, ascending.
  public var levels: [Double]
  /// Quantiles behind CRPS, log score and PIT, as central levels in per cent: the finer, the closer (see
  /// ``PredictiveQuantiles``). Models that know their predictive distributions in full (``LatticeDistribution``) are scored
  /// by these instead. With no levels none of these scores is computed.
  public var densityLevels = PredictiveQuantiles.standardLevels
  /// Joint draws per series behind ``BacktestReport/checks``; 0 for none.
  public var pathCount: Int
  /// Whether totals are checked at every origin; else at the latest alone.
  public var checksEveryOrigin = false
  /// Seed of the draws.
  public var seed: UInt64
  /// Worker threads; results do not depend on it.
  public var threads: Int
  /// The interventions that concern a series.
  public var interventions: Interventions

  /// A backtest.
  public init(
    models: [ModelName] = [.auto], origins: RollingOrigins, levels: [Double] = [80, 95], pathCount: Int = 0,
    seed: UInt64 = 1, threads: Int = 1, interventions: Interventions = Interventions()
  ) {
    self.models = models
    self.origins = origins
    self.levels = levels
    self.pathCount = pathCount
    self.seed = seed
    self.threads = threads
    self.interventions = interventions
  }
}

/// Why a panel cannot be backtested as asked.
public struct BacktestFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is the matter.
  public let description: String
  /// What to do about it.
  public let remedy: String
}

extension Backtest {
  /// Forecasts from every origin with every model and scores the forecasts.
  ///
  /// An origin is skipped, and the report says so, where no series has a season and one period observed by it (at least three
  /// periods), or nothing was observed after it. A series whose history is cut to nothing, or that has no actual value, is left
  /// out at that origin.
  ///
  /// - Parameter progress: called before each model's run at each origin with how many are done, and how many there are.
  /// - Throws: ``BacktestFailure`` if the panel holds no period or every origin is skipped.
  public func run(
    _ panel: Panel, progress: @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) async throws -> BacktestReport {
    try await run(panel, progress: progress) { _, _, _ in Bool?.none }.report
  }

  /// The same, with what is found in each forecast of the first model while it is there.
  ///
  /// - Parameter finding: is given the history known at the origin, which ends there, the forecast with its draws and the whole series;
  ///   called on several threads.
  /// - Returns: the report and what was found, by origin and then by series in order.
  public func run<Finding: Sendable>(
    _ panel: Panel, progress: @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in },
    finding: @escaping @Sendable (_ history: Series, _ forecast: SeriesForecast, _ series: Series) -> Finding?
  ) async throws -> (report: BacktestReport, findings: [Finding]) {
    guard let end = panel.span?.upperBound else {
      throw BacktestFailure(description: "there is no series to forecast", remedy: "Check the input")
    }
    var skipped: [SkippedOrigin] = []
    let used = origins.periods(before: end).filter { origin in
      guard let reason = reasonToSkip(origin, of: panel) else { return true }
      skipped.append(SkippedOrigin(origin: origin, reason: reason))
      return false
    }
    guard let latest = used.last else {
      throw BacktestFailure(
        description: "no origin can be used: \(skipped.last?.reason ?? "there is none")",
        remedy: "Ask for a shorter --horizon or fewer --origins, or give a longer history")
    }
    var results = models.map { ModelTally(model: $0, levels: levels) }
    var checks: [TotalCheck] = []
    var findings: [Finding] = []
    for (o, origin) in used.enumerated() {
      for m in models.indices {
        progress(o * models.count + m, used.count * models.count)
        let draws = m == 0 && (checksEveryOrigin || origin == latest) ? pathCount : 0
        let found = try await outcomes(models[m], at: origin, of: panel, pathCount: draws) {
          m == 0 ? finding($0, $1, $2) : nil
        }
        for outcome in found {
          results[m].add(outcome.forecast, origin: origin)
          if let check = outcome.check { checks.append(check) }
          if let finding = outcome.finding { findings.append(finding) }
        }
      }
    }
    let report = BacktestReport(
      frequency: panel.frequency, horizon: origins.horizon, step: origins.step, levels: levels, origins: used,
      skipped: skipped, models: results.map(\.result), checks: checks)
    return (report, findings)
  }

  /// What one series' forecast came to.
  private struct Outcome<Finding: Sendable>: Sendable {
    var forecast: ForecastCase?
    var check: TotalCheck?
    var finding: Finding?
  }

  /// The outcomes of one model at one origin, a forecast for each series that has something to compare it with.
  private func outcomes<Finding: Sendable>(
    _ model: ModelName, at origin: Period, of panel: Panel, pathCount: Int,
    finding: @escaping @Sendable (Series, SeriesForecast, Series) -> Finding?
  ) async throws -> [Outcome<Finding>] {
    let horizon = origins.horizon
    // A series without an actual value may belong to the pool that others learn from.
    let places = panel.series.indices.filter { i in
      panel.series[i].through(origin).count > 0
        && (model.learnsFromPools
          || panel.series[i].trusted.slice(after: origin, count: horizon).contains { !$0.isNaN })
    }
    let known = Panel(
      frequency: panel.frequency, style: panel.style, series: places.map { panel.series[$0].through(origin) })
    var engine = ForecastEngine(
      model: model, horizon: horizon, levels: levels, pathCount: pathCount, seed: seed, threads: threads,
      interventions: interventions.begun(by: origin))
    engine.densityLevels = densityLevels
    engine.keepsFitted = false
    let (levels, hasDensity) = (levels, !densityLevels.isEmpty)
    return try await engine.run(known) { i, result in
      let history = known.series[i]
      let actual = panel.series[places[i]].trusted.slice(after: origin, count: horizon)
      guard actual.contains(where: { !$0.isNaN }) else { return Outcome() }
      return Outcome(
        forecast: ForecastCase(
          result, history: history, actual: actual, levels: levels, hasDensity: hasDensity),
        check: TotalCheck(result, history: history, actual: actual),
        finding: finding(history, result, panel.series[places[i]]))
    }
  }

  private func reasonToSkip(_ origin: Period, of panel: Panel) -> String? {
    let needed = max(3, panel.frequency.seasonLength + 1)
    guard panel.series.contains(where: { $0.through(origin).observedCount >= needed }) else {
      return "no series has \(needed) observed \(panel.frequency.noun)s by then"
    }
    guard panel.series.contains(where: { $0.slice(after: origin, count: origins.horizon).contains { !$0.isNaN } })
    else { return "nothing was observed after it" }
    return nil
  }
}

extension Series {
  /// The values of the `count` periods after one, NaN where missing or beyond the series.
  fileprivate func slice(after period: Period, count: Int) -> [Double] {
    (1...count).map { self[period + $0] ?? .nan }
  }
}
