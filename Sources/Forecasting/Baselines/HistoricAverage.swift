import NumericCore
import TimeSeries

/// The mean of the history, with normal intervals of standard deviation sigma sqrt(1 + 1/T) (Hyndman & Athanasopoulos
/// 2021, 5.5).
///
/// With fewer than three observations sigma is no smaller than that of a negative binomial of size 2 (counts), or half
/// of the mean's magnitude (values): deliberately wide, since nothing has been seen of how the series varies.
///
///     let forecast = try HistoricAverage().fit(series).predict(horizon: 12, levels: [80])
///
/// Cost: three passes over the history.
public struct HistoricAverage: Forecaster {
  /// `historic-average`.
  public let name = ModelName.historicAverage.rawValue

  /// The method; it has no settings.
  public init() {}

  /// Fits the method to a series with any observation.
  ///
  /// - Throws: ``FitFailure`` where there is none.
  public func fit(_ series: Series) throws(FitFailure) -> any FittedModel {
    let seen = series.values.filter(\.isFinite)
    guard !seen.isEmpty else { throw FitFailure("it has no observation") }
    let n = Double(seen.count)
    // Divided first, so that the sum of very large values stays finite.
    let mean = seen.reduce(0) { $0 + $1 / n }
    var sigma = 0.0
    if seen.count > 1 {
      let scale = max(seen.reduce(0) { max($0, abs($1 - mean)) }, .leastNormalMagnitude)
      let squares = seen.reduce(0) { $0 + ($1 - mean) / scale * (($1 - mean) / scale) }
      sigma = scale * (squares / (n - 1)).squareRoot()
    }
    if seen.count < 3 {
      let guess = series.kind == .count ? (max(mean, 0.5) + mean * mean / 2).squareRoot() : abs(mean) / 2
      sigma = max(sigma, guess)
    }
    return HistoricAverageModel(
      key: series.key, fitted: [Double](repeating: mean, count: series.count), start: series.next, mean: mean,
      sigma: sigma, observed: n,
      shared: sharedVariance(series.values.map { $0 - mean }, cycle: series.start.frequency.seasonLength),
      lowest: series.lowestPossible)
  }
}

struct HistoricAverageModel: FittedModel {
  var name: String { ModelName.historicAverage.rawValue }
  let key: SeriesKey
  let fitted: [Double]
  let start: Period
  let mean: Double
  let sigma: Double
  let observed: Double
  /// Share of sigma² that the values of a path have in common.
  let shared: Double
  let lowest: Double

  func predict(horizon: Int, levels: [Double]) -> Forecast {
    let steps = max(0, horizon)
    return QuantileLevels(levels).gaussian(
      key: key, model: name, start: start, mean: [Double](repeating: mean, count: steps),
      deviation: [Double](repeating: sigma * (1 + 1 / observed).squareRoot(), count: steps), lowest: lowest)
  }

  /// Paths about a mean that is not quite known, whose values have in common what those of a cycle had in the history.
  func samplePaths(horizon: Int, count: Int, random: inout RandomSource) -> SamplePaths {
    var values: [Double] = []
    values.reserveCapacity(max(0, horizon * count))
    for _ in 0..<max(0, count) {
      let level = mean + sigma / observed.squareRoot() * random.normal()
      let common = shared.squareRoot() * random.normal()
      for _ in 0..<max(0, horizon) {
        values.append(max(lowest, level + sigma * (common + (1 - shared).squareRoot() * random.normal())))
      }
    }
    return SamplePaths(horizon: max(0, horizon), count: max(0, count), values: values)
  }
}
