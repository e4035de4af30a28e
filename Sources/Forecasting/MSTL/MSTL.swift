import NumericCore
import TimeSeries

/// Decomposition by loess (``STL``) with exponential smoothing of the seasonally adjusted series, and the last cycle of
/// the season repeated: MSTL (Bandara, Hyndman & Bergmeir 2021, "MSTL: a seasonal-trend decomposition algorithm for time
/// series with multiple seasonal patterns", arXiv 2107.13462) with the one season that a frequency here has.
///
/// The adjusted series gets the model without a season of least AICc. Where there is no season to take out (yearly
/// data, no more than two cycles observed) that is all there is.
struct MSTL: Forecaster {
  let name = ModelName.mstl.rawValue

  func fit(_ series: Series) throws(FitFailure) -> any FittedModel {
    let stretch = try ObservedStretch(series, minimum: 7, method: "exponential smoothing")
    let m = series.start.frequency.seasonLength
    var adjusted = stretch.values
    var season: [Double] = []
    if m > 1, stretch.observed > 2 * m, stretch.hasEverySeasonTwice(m) {
      season = STL(period: m).decompose(stretch.values).seasonal
      for t in adjusted.indices { adjusted[t] -= season[t] }
    }
    let missing = { (count: Int) in [Double](repeating: .nan, count: count) }
    let plain = Series(
      key: series.key, start: series.start, values: missing(stretch.first) + adjusted + missing(stretch.gap),
      kind: .value)
    let model = try AutoETS(considersSeason: false).fitETS(plain)
    return MSTLModel(series, model, stretch, season: season)
  }
}

/// An exponential-smoothing model of an adjusted series with its season put back.
struct MSTLModel: FittedModel {
  let name: String
  let key: SeriesKey
  let fitted: [Double]
  let start: Period
  /// The model of the adjusted series.
  let trend: ETSModel
  /// The season of the periods ahead, one cycle from the first; [0] without a season.
  let cycle: [Double]
  let support: Support

  init(_ series: Series, _ trend: ETSModel, _ stretch: ObservedStretch, season: [Double]) {
    let m = series.start.frequency.seasonLength
    let support = Support(series)
    name = season.isEmpty ? trend.name : "STL+\(trend.name)"
    key = series.key
    start = series.next
    self.trend = trend
    self.support = support
    var fitted = trend.fitted
    for t in season.indices { fitted[stretch.first + t] += season[t] }
    self.fitted = fitted.map { $0 < support.lowest ? support.lowest : $0 }
    cycle = season.isEmpty ? [0] : (0..<m).map { season[season.count - m + (stretch.gap + $0) % m] }
  }

  func predict(horizon: Int, levels: [Double]) -> Forecast {
    let (mean, variance) = trend.moments(horizon)
    return QuantileLevels(levels).gaussian(
      key: key, model: name, start: start, mean: mean.indices.map { mean[$0] + cycle[$0 % cycle.count] },
      deviation: variance.map { max(0, $0).squareRoot() }, support: support)
  }

  func samplePaths(horizon: Int, count: Int, random: inout RandomSource) -> SamplePaths {
    let paths = trend.samplePaths(horizon: horizon, count: count, random: &random)
    let steps = max(1, paths.horizon)
    return SamplePaths(
      horizon: paths.horizon, count: paths.count,
      values: paths.values.indices.map { support.nearest(paths.values[$0] + cycle[$0 % steps % cycle.count]) })
  }
}
