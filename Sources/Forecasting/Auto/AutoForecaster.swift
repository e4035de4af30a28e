import TimeSeries

/// Chooses for each series, and says why (``SeriesFit/choice``): the proportions model for shares of a known whole; for
/// counts the counts model, blended with the classical members as held-out periods of the measure have taught
/// (``BlendLearning``); for anything else the classical members, or exponential smoothing where little was observed.
///
/// A series gets the classical members only where its blend has a share for them; their cost is most of it there.
///
///     let engine = ForecastEngine(horizon: 12)
///     for result in try await engine.run(panel) { print(result.forecast.model, result.choice ?? "") }
public struct AutoForecaster: PooledForecaster {
  /// `auto`.
  public let name = ModelName.auto.rawValue

  /// The method; it has no settings.
  public init() {}

  /// Learns what the counts and proportions models do, and the blends; see ``PooledForecaster/learn(_:horizon:threads:)``.
  public func learn(
    _ series: [Series], horizon: Int, threads: Int
  ) async throws -> @Sendable (Int) -> SeriesFit {
    let shares = try await PooledShares(series, threads: threads)
    // Shares are not of kind count.
    let counted = series.indices.filter {
      series[$0].whyNotCounts == nil && series[$0].observedCount >= CountsForecaster.leastObserved
    }
    let histories = counted.map { series[$0] }
    let models = try await CountsFitting.fit(histories, threads: threads)
    let blends = try await BlendLearning.blends(histories, threads: threads)
    let place = places(of: counted, among: series.count)
    return { i in
      if let k = place[i] { return AutoForecaster.fit(series[i], counts: models[k], blends[k]) }
      if let fit = shares.fit(i, choice: "proportions model: shares of a known whole") { return fit }
      guard let why = series[i].whyNotCounts else { return .tooShort(series[i]) }
      return series[i].observedCount < 7
        ? SeriesFit(AutoETS(), to: series[i], choice: "exponential smoothing: \(why)")
        : SeriesFit(ClassicalCombination(), to: series[i], choice: "combination of classical models: \(why)")
    }
  }

  /// A series of counts: its counts model alone, or combined with the classical members.
  private static func fit(_ series: Series, counts: CountsModel, _ blend: Blend) -> SeriesFit {
    guard blend.classical > 0, let combination = try? Combination.fit(series, counts: counts, blend: blend) else {
      return SeriesFit(counts, choice: countChoice(series))
    }
    return SeriesFit(
      combination, choice: [blend.reason, stoppedNote(series)].compactMap { $0 }.joined(separator: "; "))
  }

  private static func countChoice(_ series: Series) -> String {
    let history = CountHistory(series)
    if history.isShort {
      return "count model with its season from the pool: only \(history.observed) "
        + "\(series.start.frequency.noun)s observed"
    }
    return "count model: \(stoppedNote(series) ?? "whole numbers of events")"
  }

  private static func stoppedNote(_ series: Series) -> String? {
    series.lifespan.silence.map {
      "no events in the last \($0) observed \(series.start.frequency.noun)s, it may have stopped"
    }
  }
}
