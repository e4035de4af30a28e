/// What errors of a series are measured in: how far its history is from its own value one season (or one period) before.
///
/// Hyndman & Koehler (2006), *International Journal of Forecasting* 22, 679-688, eq. 2.5, with seasonal differences as in
/// the M4 competition (Makridakis, Spiliotis & Assimakopoulos 2020, *International Journal of Forecasting* 36, 54-74).
/// Differences to or from a missing value are left out.
public struct NaiveScale: Sendable, Hashable {
  /// Mean absolute seasonal difference; where there is none, or it is 0, the mean absolute one-period difference; NaN where
  /// that is 0 too: the series has no scale, and scaled scores do not exist for it.
  public let absolute: Double
  /// Mean squared seasonal difference; NaN where there is none or it is 0.
  public let squared: Double

  /// The scale of a history (NaN where missing) with a season of `seasonLength` periods.
  public init(history: [Double], seasonLength: Int) {
    let seasonal = NaiveScale.differences(history, lag: max(1, seasonLength))
    let squares = seasonal.reduce(0) { $0 + $1 * $1 } / Double(seasonal.count)
    squared = squares > 0 && squares.isFinite ? squares : .nan
    let candidates = [seasonal, NaiveScale.differences(history, lag: 1)].map { differences in
      differences.reduce(0) { $0 + $1.magnitude } / Double(differences.count)
    }
    absolute = candidates.first { $0 > 0 && $0.isFinite } ?? .nan
  }

  private static func differences(_ history: [Double], lag: Int) -> [Double] {
    guard history.count > lag else { return [] }
    return (lag..<history.count).compactMap { t in
      let difference = history[t] - history[t - lag]
      return difference.isNaN ? nil : difference
    }
  }
}
