import NumericCore
import Parallelism
import TimeSeries

extension ForecastEngine {
  /// Forecasts every series, in input order, for the periods after its last one.
  ///
  /// A series that the method asked for cannot serve gets a named fallback with its reason: `auto-ets` where counts
  /// are asked of values or proportions of what is none, `historic-average` where there is too little to fit, `no-data`
  /// (all NaN) where nothing was ever observed. Values that cover only part of their period are missing to every method. Forecasts of proportions
  /// stay between 0 and 1.
  public func run(_ panel: Panel) async throws -> [SeriesForecast] {
    try await run(panel) { _, forecast in forecast }
  }

  /// The same, with what `use` makes of each series' place in the panel and forecast instead of the forecasts, which need
  /// never be held all at once.
  public func run<Result: Sendable>(
    _ panel: Panel, _ use: @escaping @Sendable (Int, SeriesForecast) -> Result
  ) async throws -> [Result] {
    let series = panel.series.map(\.trusted)
    let prepared = try await parallelMap(count: series.count, threads: threads, grain: 16) { i in
      adjustForInterventions(series[i], interventions(series[i].key))
    }
    let plans = prepared.map { plan($0.series) }
    let counted = plans.indices.filter { plans[$0].usesCounts }
    let histories = counted.map { prepared[$0].series }
    let models = try await CountsFitting.fit(histories, threads: threads)
    let blends =
      model == .auto
      ? try await BlendLearning.blends(histories, horizon: horizon, threads: threads)
      : [Blend](repeating: model == .combination ? .equal : Blend(classical: 0), count: counted.count)
    let shared = plans.indices.filter { plans[$0].usesProportions }
    let proportions = try await ProportionsFitting.fit(
      shared.compactMap { ProportionHistory(prepared[$0].series) }, threads: threads)
    // Where among its kind a series that is fitted with its pool stands.
    var places = [Int?](repeating: nil, count: series.count)
    for (k, i) in counted.enumerated() { places[i] = k }
    for (k, i) in shared.enumerated() { places[i] = k }
    let place = places
    return try await parallelMap(count: series.count, threads: threads, grain: 4) { i in
      let (adjusted, adjustments) = prepared[i]
      var plan = plans[i]
      let model: any FittedModel
      if let k = place[i] {
        model = plan.usesProportions ? proportions[k] : fit(adjusted, counts: models[k], blends[k], &plan)
      } else {
        model = fit(adjusted, &plan)
      }
      var random = RandomSource(seed: seed, stream: adjusted.key.uniqueID)
      let distributions = densityLevels.isEmpty ? nil : model.distributions(horizon: horizon)
      let asked = distributions == nil ? levels + densityLevels : levels
      let forecast = SeriesForecast(
        forecast: model.predict(horizon: horizon, levels: asked).bounded(by: adjusted.bounds),
        fitted: keepsFitted ? model.fitted : [], fallbackReason: plan.fallbackReason, choice: plan.choice,
        paths: pathCount > 0
          ? model.samplePaths(horizon: horizon, count: pathCount, random: &random).bounded(by: adjusted.bounds) : nil,
        adjusted: adjusted, adjustments: adjustments,
        components: keepsComponents ? SeriesComponents(model, recorded: series[i], adjusted: adjusted) : nil,
        distributions: distributions)
      return use(i, forecast)
    }
  }

  /// Which method a series gets, and why.
  struct Plan: Sendable {
    var model: ModelName
    var fallbackReason: String?
    var choice: String?
    /// Whether the counts model is fitted, alone or as a member.
    var usesCounts = false
    /// Whether the proportions model is fitted.
    var usesProportions = false
  }

  func plan(_ series: Series) -> Plan {
    let observed = series.observedCount
    let noun = series.start.frequency.noun + "s"
    switch model {
    case .auto:
      if var plan = proportionsPlan(series, noun) {
        if plan.usesProportions { plan.choice = "proportions model: shares of a known whole" }
        return plan
      }
      if let why = notCounts(series) {
        return observed < 7
          ? Plan(model: .autoETS, choice: "exponential smoothing: \(why)")
          : Plan(model: .combination, choice: "combination of classical models: \(why)")
      }
      guard observed >= 3 else { return tooShort(series, noun) }
      return Plan(model: .counts, choice: countChoice(series, noun), usesCounts: true)
    case .counts:
      guard observed >= 3 else { return tooShort(series, noun) }
      if let why = notCounts(series) { return Plan(model: .autoETS, fallbackReason: why) }
      return Plan(model: .counts, usesCounts: true)
    case .proportions:
      return proportionsPlan(series, noun)
        ?? Plan(model: .autoETS, fallbackReason: "it has no whole denominators to be a share of")
    case .combination:
      return Plan(model: .combination, usesCounts: observed >= 3 && notCounts(series) == nil)
    case .autoETS, .theta, .mstl, .tsb, .crostonSBA, .windowAverage, .seasonalNaive, .historicAverage:
      return Plan(model: model)
    }
  }

  /// The plan for a series of proportions; nil for one that is none.
  private func proportionsPlan(_ series: Series, _ noun: String) -> Plan? {
    guard let history = ProportionHistory(series) else { return nil }
    return history.observed < 3 ? tooShort(series, noun) : Plan(model: .proportions, usesProportions: true)
  }

  /// Why a series is not one of counts; nil if it is.
  private func notCounts(_ series: Series) -> String? {
    if series.kind != .count { return "its values are not counts" }
    if series.lowestPossible != 0 { return "it has negative values" }
    // Past 2^53 whole numbers are no longer told apart.
    return series.values.contains { $0.isFinite && $0 > 0x1p53 } ? "its values are too large to be counts" : nil
  }

  private func tooShort(_ series: Series, _ noun: String) -> Plan {
    Plan(
      model: .historicAverage, fallbackReason: "it has \(series.observedCount) observed \(noun) and the model needs 3")
  }

  private func countChoice(_ series: Series, _ noun: String) -> String {
    let history = CountHistory(series)
    if history.isShort {
      return "count model with its season from the pool: only \(history.observed) \(noun) observed"
    }
    if let stopped = stoppedNote(series) { return "count model: \(stopped)" }
    return "count model: whole numbers of events"
  }

  private func stoppedNote(_ series: Series) -> String? {
    series.silence.map { "no events in the last \($0) observed \(series.start.frequency.noun)s, it may have stopped" }
  }

  /// A series of counts: its counts model alone, or combined with the classical members.
  private func fit(_ series: Series, counts: CountsModel, _ blend: Blend, _ plan: inout Plan) -> any FittedModel {
    guard blend.classical > 0 else { return counts }
    do {
      let combination = try Combination.fit(series, counts: counts, blend: blend)
      if plan.choice != nil {
        plan.choice = [blend.reason, stoppedNote(series)].compactMap { $0 }.joined(separator: "; ")
      }
      return combination
    } catch {
      if plan.model == .combination { plan.fallbackReason = error.description }
      return counts
    }
  }

  /// Fits a method that needs no pool; falls back by name.
  func fit(_ series: Series, _ plan: inout Plan) -> any FittedModel {
    if series.observedCount == 0 || !series.values.contains(where: \.isFinite) {
      plan.fallbackReason = "it has no observation"
      plan.choice = nil
      return NoDataModel(series)
    }
    if plan.model == .combination {
      do {
        return try Combination.fit(series, counts: nil, blend: .classicalOnly)
      } catch {
        plan.fallbackReason = error.description
      }
      return (try? HistoricAverage().fit(series)) ?? NoDataModel(series)
    }
    let forecaster: any Forecaster =
      switch plan.model {
      case .theta: Theta()
      case .mstl: MSTL()
      case .tsb: TSB()
      case .crostonSBA: CrostonSBA()
      case .windowAverage: SeasonalWindowAverage()
      case .seasonalNaive: SeasonalNaive()
      case .historicAverage: HistoricAverage()
      case .auto, .autoETS, .counts, .proportions, .combination: AutoETS()
      }
    do {
      return try forecaster.fit(series)
    } catch {
      if plan.fallbackReason == nil { plan.fallbackReason = error.description }
    }
    return (try? HistoricAverage().fit(series)) ?? NoDataModel(series)
  }
}
