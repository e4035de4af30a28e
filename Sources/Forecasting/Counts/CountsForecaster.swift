import TimeSeries

/// The counts model (``CountsModel``): negative binomial counts about a level that moves, with the season, the common level
/// and the priors of a measure learnt from all its areas.
///
/// Series that are not of counts get exponential smoothing, and those with fewer than three observations their average,
/// each with its reason. A pool of any size takes a dozen passes over its series (``PoolStatistic``); a series takes a
/// hundred or two filters over its history, eight side by side.
///
///     let engine = ForecastEngine(model: .counts, horizon: 12)
///     let forecasts = try await engine.run(panel).map(\.forecast)
///
/// Source: Snyder, Ord & Beaumont 2012, "Forecasting the intermittent demand for slow-moving inventories", International
/// Journal of Forecasting 28, 485-496, for the dynamics; ``PooledSeasonality``, ``PooledLevel`` and ``CandidatePrior`` say
/// what was added.
public struct CountsForecaster: PooledForecaster {
  /// `counts`.
  public let name = ModelName.counts.rawValue
  /// Observations that the model needs.
  static let leastObserved = 3

  /// The method; it has no settings.
  public init() {}

  /// Learns each pool's season, level and priors; see ``PooledForecaster/learn(_:horizon:threads:)``.
  public func learn(
    _ series: [Series], horizon: Int, threads: Int
  ) async throws -> @Sendable (Int) -> SeriesFit {
    let members = series.indices.filter {
      series[$0].observedCount >= CountsForecaster.leastObserved && series[$0].whyNotCounts == nil
    }
    let models = try await CountsFitting.fit(members.map { series[$0] }, threads: threads)
    let place = places(of: members, among: series.count)
    return { i in
      if let k = place[i] { return SeriesFit(models[k]) }
      guard series[i].observedCount >= CountsForecaster.leastObserved else { return .tooShort(series[i]) }
      return SeriesFit(AutoETS(), to: series[i], fallbackReason: series[i].whyNotCounts)
    }
  }
}

extension SeriesFit {
  /// The average of a series too short for a pooled model.
  static func tooShort(_ series: Series) -> SeriesFit {
    SeriesFit(
      HistoricAverage(), to: series,
      fallbackReason: "it has \(series.observedCount) observed \(series.start.frequency.noun)s and the model needs "
        + "\(CountsForecaster.leastObserved)")
  }
}

extension Series {
  /// Why the counts model cannot be asked of a series; nil if it can.
  var whyNotCounts: String? {
    if kind != .count { return "its values are not counts" }
    if lowestPossible != 0 { return "it has negative values" }
    // Past 2^53 whole numbers are no longer told apart.
    return values.contains { $0.isFinite && $0 > 0x1p53 } ? "its values are too large to be counts" : nil
  }
}

/// Where each of `count` series stands among `members`; nil for those that are none.
func places(of members: [Int], among count: Int) -> [Int?] {
  var places = [Int?](repeating: nil, count: count)
  for (k, i) in members.enumerated() { places[i] = k }
  return places
}
