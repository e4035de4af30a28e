import Forecasting
import NumericCore
import TimeSeries

/// How likely a series with an open episode is to have another exception in the periods just ahead.
///
/// Limits are those that the counts model foresees from before the episode, as the detector's are, and the future is what the same
/// model makes of all the figures, the episode's too: the chance is the share of its joint draws in which any of the periods lies
/// beyond its limit.
public struct ExceptionOutlook: Sendable {
  /// Periods ahead that are looked at.
  public static let periods = 3
  /// Joint draws a series: a chance of a half is known within some two per cent.
  static let draws = 1000
  private let alpha: Double

  /// - Parameter alpha: one-sided significance level of the limits.
  public init(alpha: Double) { self.alpha = alpha }

  /// The chance, 0 to 1; nil for series that are no counts or too short.
  ///
  /// - Parameters:
  ///   - onset: first period of the episode.
  ///   - isHigher: which way it is out of the ordinary.
  public func chance(_ series: Series, from onset: Period, isHigher: Bool, through newest: Period) async throws
    -> Double?
  {
    let length = newest - series.start + 1
    guard series.kind == .count, onset > series.start, (1...series.values.count).contains(length) else { return nil }
    // Each alone, so that no chance depends on which other series are asked about.
    let all = Series(
      key: SeriesKey(area: series.key.uniqueID, measure: nil), start: series.start,
      values: Array(series.trusted.values[..<length]))
    var before = all.values
    for t in (onset - series.start)..<length { before[t] = .nan }
    let known = before.count { $0.isFinite }
    guard known >= 2 * newest.frequency.seasonLength else { return nil }
    let fits = try await CountsForecaster().learn(
      [Series(key: all.key, start: all.start, values: before), all], horizon: ExceptionOutlook.periods, threads: 1)
    let level = 100 * (1 - 2 * alpha)
    guard let limits = fits(0).model.predict(horizon: ExceptionOutlook.periods, levels: [level]).interval(level)
    else { return nil }
    var random = RandomSource(seed: 1, stream: all.key.uniqueID)
    let paths = fits(1).model.samplePaths(
      horizon: ExceptionOutlook.periods, count: ExceptionOutlook.draws, random: &random)
    let beyond = (0..<ExceptionOutlook.draws).count { path in
      (0..<ExceptionOutlook.periods).contains { step in
        let count = paths.values[path * paths.horizon + step]
        return isHigher ? count > limits.upper[step] : count < limits.lower[step]
      }
    }
    return Double(beyond) / Double(ExceptionOutlook.draws)
  }
}
