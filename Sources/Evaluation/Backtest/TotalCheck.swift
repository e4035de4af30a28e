import Forecasting
import NumericCore
import TimeSeries

/// What a forecast said of a series' total over the whole horizon, and what happened.
public struct TotalCheck: Sendable, Hashable {
  /// The series, one of counts.
  public let key: SeriesKey
  /// Model that made the forecast.
  public let model: String
  /// First and last period of the total.
  public let span: ClosedRange<Period>
  /// Predictive mean of the total: the sum of the forecast's means.
  public let mean: Double
  /// Lower end of the 80 % interval of the total, from joint draws: bounds are never added up.
  public let lower: Double
  /// Upper end of that interval.
  public let upper: Double
  /// The total that was recorded.
  public let actual: Double
  /// The total of the same periods a year before, if all of them were observed by the origin.
  public let lastYear: Double?

  /// Whether what happened was within the 80 % interval.
  public var isWithin: Bool { actual >= lower && actual <= upper }

  /// The check of a forecast with draws against the actual values; nil where the series is none of counts, an actual
  /// value is missing or there are no draws.
  init?(_ result: SeriesForecast, history: Series, actual: [Double]) {
    guard history.kind == .count, let paths = result.paths, paths.count > 0, paths.horizon == actual.count,
      result.forecast.start == history.end + 1, !actual.contains(where: \.isNaN)
    else { return nil }
    let totals = paths.totals().sorted()
    guard totals.allSatisfy(\.isFinite) else { return nil }
    key = history.key
    model = result.forecast.model
    span = result.forecast.start...(result.forecast.start + (actual.count - 1))
    mean = result.forecast.mean.reduce(0, +)
    (lower, upper) = (quantile(0.1, ofSorted: totals), quantile(0.9, ofSorted: totals))
    self.actual = actual.reduce(0, +)
    let year = history.start.frequency.periodsPerYear
    let before = actual.indices.map { history[history.end + 1 + $0 - year] }
    lastYear = actual.count <= year && !before.contains(nil) ? before.reduce(0) { $0 + ($1 ?? 0) } : nil
  }
}
