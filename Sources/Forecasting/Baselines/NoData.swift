import NumericCore
import TimeSeries

/// What stands in for a model where nothing was ever observed: every number is NaN, to be shown as blank.
struct NoDataModel: FittedModel {
  /// The name forecasts of unobserved series carry.
  static let name = "no-data"
  var name: String { NoDataModel.name }
  let key: SeriesKey
  let fitted: [Double]
  let start: Period

  init(_ series: Series) {
    key = series.key
    fitted = [Double](repeating: .nan, count: series.count)
    start = series.next
  }

  func predict(horizon: Int, levels: [Double]) -> Forecast {
    let row = [Double](repeating: .nan, count: QuantileLevels(levels).probabilities.count)
    let steps = max(0, horizon)
    return QuantileLevels(levels).forecast(
      key: key, model: name, start: start, mean: [Double](repeating: .nan, count: steps),
      quantiles: [[Double]](repeating: row, count: steps))
  }

  func samplePaths(horizon: Int, count: Int, random: inout RandomSource) -> SamplePaths {
    let size = max(0, horizon) * max(0, count)
    return SamplePaths(
      horizon: max(0, horizon), count: max(0, count), values: [Double](repeating: .nan, count: size))
  }
}
