import NumericCore
import Parallelism
import TimeSeries

extension ForecastEngine {
  /// Forecasts every series, in input order, for the periods after its last one.
  ///
  /// A series that the method asked for cannot serve gets a named fallback with its reason: `auto-ets` where counts
  /// are asked of values or proportions of what is none, `historic-average` where there is too little to fit, `no-data`
  /// (all NaN) where nothing was ever observed. Values that cover only part of their period are missing to every method.
  /// Forecasts of proportions stay between 0 and 1.
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
    let fit = try await method.learn(prepared.map(\.series), horizon: horizon, threads: threads)
    return try await parallelMap(count: series.count, threads: threads, grain: 4) { i in
      let (adjusted, adjustments) = prepared[i]
      let fit = fit(i)
      let model = fit.model
      var random = RandomSource(seed: seed, stream: adjusted.key.uniqueID)
      let distributions = densityLevels.isEmpty ? nil : model.distributions(horizon: horizon)
      let asked = distributions == nil ? levels + densityLevels : levels
      let forecast = SeriesForecast(
        forecast: model.predict(horizon: horizon, levels: asked).bounded(by: adjusted.bounds),
        fitted: keepsFitted ? model.fitted : [], fallbackReason: fit.fallbackReason, choice: fit.choice,
        paths: pathCount > 0
          ? model.samplePaths(horizon: horizon, count: pathCount, random: &random).bounded(by: adjusted.bounds) : nil,
        adjusted: adjusted, adjustments: adjustments,
        components: keepsComponents ? SeriesComponents(model, recorded: series[i], adjusted: adjusted) : nil,
        distributions: distributions)
      return use(i, forecast)
    }
  }
}
