import TimeSeries

/// The combination of forecasts (``Combination``) with equal weight for every member, the counts model among them where a
/// series is one of counts.
///
/// A member that cannot be fitted leaves its share to the others. The cost is that of its members: ``Theta``, ``AutoETS``
/// with three kinds of trend, ``CountsForecaster``.
///
///     let engine = ForecastEngine(model: .combination, horizon: 12)
///     let forecasts = try await engine.run(panel).map(\.forecast)
///
/// Source: Bates & Granger 1969, "The combination of forecasts", Operational Research Quarterly 20, 451-468.
public struct CombinationForecaster: PooledForecaster {
  /// `combination`.
  public let name = ModelName.combination.rawValue

  /// The method; its members and weights are fixed.
  public init() {}

  /// Learns what the counts model does; see ``PooledForecaster/learn(_:horizon:threads:)``.
  public func learn(
    _ series: [Series], horizon: Int, threads: Int
  ) async throws -> @Sendable (Int) -> SeriesFit {
    let counted = series.indices.filter {
      series[$0].observedCount >= CountsForecaster.leastObserved && series[$0].whyNotCounts == nil
    }
    let models = try await CountsFitting.fit(counted.map { series[$0] }, threads: threads)
    let place = places(of: counted, among: series.count)
    return { i in
      guard let k = place[i] else { return SeriesFit(ClassicalCombination(), to: series[i]) }
      do throws(FitFailure) {
        return SeriesFit(try Combination.fit(series[i], counts: models[k], blend: .equal(mean: series[i].observedMean)))
      } catch {
        return SeriesFit(models[k], fallbackReason: error.description)
      }
    }
  }
}

/// The combination of the members that need no pool.
struct ClassicalCombination: Forecaster {
  let name = ModelName.combination.rawValue

  func fit(_ series: Series) throws(FitFailure) -> any FittedModel {
    try Combination.fit(series, counts: nil, blend: .classicalOnly)
  }
}
