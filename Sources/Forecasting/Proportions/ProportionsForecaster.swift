import TimeSeries

/// The proportions model (``ProportionsModel``): binomial shares of a known whole whose logit moves, with the season and the
/// priors of a measure learnt from all its areas.
///
/// Series without whole denominators get exponential smoothing, and those with fewer than three observations their
/// average, each with its reason. A pool takes six passes over its series (``PoolStatistic``), a series 28 filters over its
/// history.
///
///     let engine = ForecastEngine(model: .proportions, horizon: 12)
///     let forecasts = try await engine.run(panel).map(\.forecast)
///
/// Source: West, Harrison & Migon 1985, "Dynamic generalized linear models and Bayesian forecasting", Journal of the American
/// Statistical Association 80, 73-83.
public struct ProportionsForecaster: PooledForecaster {
  /// `proportions`.
  public let name = ModelName.proportions.rawValue

  /// The method; it has no settings.
  public init() {}

  /// Learns each pool's season and priors; see ``PooledForecaster/learn(_:horizon:threads:)``.
  public func learn(
    _ series: [Series], horizon: Int, threads: Int
  ) async throws -> @Sendable (Int) -> SeriesFit {
    let shares = try await PooledShares(series, threads: threads)
    return { i in
      shares.fit(i)
        ?? SeriesFit(AutoETS(), to: series[i], fallbackReason: "it has no whole denominators to be a share of")
    }
  }
}

/// The proportions among some series, fitted pool by pool.
struct PooledShares: Sendable {
  private let series: [Series]
  /// Whether a series is one of proportions, long enough or not.
  private let isShare: [Bool]
  private let place: [Int?]
  private let models: [ProportionsModel]

  init(_ series: [Series], threads: Int) async throws {
    let histories = series.map(ProportionHistory.init)
    let members = histories.indices.filter { (histories[$0]?.observed ?? 0) >= CountsForecaster.leastObserved }
    self.series = series
    isShare = histories.map { $0 != nil }
    place = places(of: members, among: series.count)
    models = try await ProportionsFitting.fit(members.compactMap { histories[$0] }, threads: threads)
  }

  /// The fit of a series of proportions; nil for any other.
  func fit(_ i: Int, choice: String? = nil) -> SeriesFit? {
    if let k = place[i] { return SeriesFit(models[k], choice: choice) }
    return isShare[i] ? .tooShort(series[i]) : nil
  }
}
