import NumericCore
import TimeSeries

/// Seasonal naive: each period repeats the last observed period of the same season.
///
/// Normal intervals with standard deviation sigma sqrt(k + 1), k the complete cycles before step h; sigma² is the mean
/// squared seasonal difference (Hyndman & Athanasopoulos 2021, Forecasting: Principles and Practice, 3rd ed., 5.5).
///
///     let forecast = try SeasonalNaive().fit(series).predict(horizon: 12, levels: [80])
///
/// Cost: one pass over the history.
public struct SeasonalNaive: Forecaster {
  /// `seasonal-naive`.
  public let name = ModelName.seasonalNaive.rawValue

  /// The method; it has no settings.
  public init() {}

  /// Fits the method to a series with every season observed, and at least one of them twice.
  ///
  /// - Throws: ``FitFailure`` where it is no such series.
  public func fit(_ series: Series) throws(FitFailure) -> any FittedModel {
    let m = series.start.frequency.seasonLength
    let y = series.values
    var fitted = [Double](repeating: .nan, count: y.count)
    var last = [Double](repeating: .nan, count: m)
    var squares = 0.0
    var differences = 0.0
    for t in y.indices {
      fitted[t] = last[t % m]
      guard y[t].isFinite else { continue }
      if fitted[t].isFinite {
        squares += (y[t] - fitted[t]) * (y[t] - fitted[t])
        differences += 1
      }
      last[t % m] = y[t]
    }
    guard differences > 0, !last.contains(where: \.isNaN) else {
      throw FitFailure("no full cycle of \(m) \(series.start.frequency.noun)s was observed before its last observation")
    }
    guard squares.isFinite else {
      throw FitFailure("the squares of its values are too large for double precision")
    }
    return SeasonalNaiveModel(
      key: series.key, fitted: fitted, start: series.next, cycle: (0..<m).map { last[(y.count + $0) % m] },
      sigma: (squares / differences).squareRoot(),
      shared: sharedVariance(zip(y, fitted).map { $0 - $1 }, cycle: m), lowest: series.lowestPossible)
  }
}

struct SeasonalNaiveModel: FittedModel {
  var name: String { ModelName.seasonalNaive.rawValue }
  let key: SeriesKey
  let fitted: [Double]
  let start: Period
  /// What the next cycle repeats, from the first step ahead.
  let cycle: [Double]
  let sigma: Double
  /// Share of sigma² that the errors of a cycle have in common.
  let shared: Double
  let lowest: Double

  func predict(horizon: Int, levels: [Double]) -> Forecast {
    let steps = 0..<max(0, horizon)
    return QuantileLevels(levels).gaussian(
      key: key, model: name, start: start, mean: steps.map { cycle[$0 % cycle.count] },
      deviation: steps.map { sigma * Double($0 / cycle.count + 1).squareRoot() }, lowest: lowest)
  }

  /// Paths whose errors are those of the history in size and in what the errors of a cycle have in common: a level that
  /// has moved since the year before is off in every month.
  func samplePaths(horizon: Int, count: Int, random: inout RandomSource) -> SamplePaths {
    var values: [Double] = []
    values.reserveCapacity(max(0, horizon * count))
    var walk = cycle
    for _ in 0..<max(0, count) {
      walk = cycle
      var common = 0.0
      for h in 0..<max(0, horizon) {
        let s = h % walk.count
        if s == 0 { common = shared.squareRoot() * random.normal() }
        walk[s] += sigma * (common + (1 - shared).squareRoot() * random.normal())
        values.append(max(lowest, walk[s]))
      }
    }
    return SamplePaths(horizon: max(0, horizon), count: max(0, count), values: values)
  }
}
