import NumericCore
import TimeSeries

/// What a series that has ended (``Lifespan/ended``) is forecast by, whatever the method: 0, without a chance of revival.
struct EndedModel: FittedModel {
  /// The name forecasts of ended series carry.
  static let name = "ended"
  var name: String { EndedModel.name }
  let key: SeriesKey
  let fitted: [Double]
  let start: Period

  init(_ series: Series) {
    key = series.key
    fitted = [Double](repeating: .nan, count: series.count)
    start = series.next
  }

  func predict(horizon: Int, levels: [Double]) -> Forecast {
    let row = [Double](repeating: 0, count: QuantileLevels(levels).probabilities.count)
    let steps = max(0, horizon)
    return QuantileLevels(levels).forecast(
      key: key, model: name, start: start, mean: [Double](repeating: 0, count: steps),
      quantiles: [[Double]](repeating: row, count: steps))
  }

  func distributions(horizon: Int) -> [LatticeDistribution]? {
    (0..<max(0, horizon)).map { _ in LatticeDistribution(probabilities: [1]) }
  }

  func samplePaths(horizon: Int, count: Int, random: inout RandomSource) -> SamplePaths {
    let size = max(0, horizon) * max(0, count)
    return SamplePaths(horizon: max(0, horizon), count: max(0, count), values: [Double](repeating: 0, count: size))
  }
}
