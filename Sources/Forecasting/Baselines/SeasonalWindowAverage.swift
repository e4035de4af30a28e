import NumericCore
import TimeSeries

/// Seasonal window average: each period repeats the mean of the last three observed periods of the same season (of as
/// many as there are, from one on).
///
/// Normal intervals; the variance of a step c cycles ahead is the mean squared error of such forecasts made c cycles
/// ahead within the history, never less than that of the cycle before, and that of the last cycle for which each season
/// has an error on average beyond that.
///
///     let forecast = try SeasonalWindowAverage().fit(series).predict(horizon: 12, levels: [80])
///
/// The police's usual yardstick ("against the three-year average"), with intervals of its own past errors. Cost: a pass over
/// the history for each cycle in it, 40 at most.
public struct SeasonalWindowAverage: Forecaster {
  /// `window-average`.
  public let name = ModelName.windowAverage.rawValue
  /// Values averaged.
  static let window = 3

  /// The method; it has no settings.
  public init() {}

  /// Fits the method to a series with every season observed, and some of them twice.
  ///
  /// - Throws: ``FitFailure`` where it is no such series.
  public func fit(_ series: Series) throws(FitFailure) -> any FittedModel {
    let m = series.start.frequency.seasonLength
    let y = series.values.map { $0.isFinite ? $0 : .nan }
    let noun = series.start.frequency.noun
    let cycle = (0..<m).map { SeasonalWindowAverage.average(y, before: y.count + $0, season: m) }
    guard !cycle.contains(where: \.isNaN) else {
      throw FitFailure("no full cycle of \(m) \(noun)s was observed")
    }
    let variances = SeasonalWindowAverage.variances(y, season: m)
    guard let last = variances.last else {
      throw FitFailure("too few \(noun)s were observed a second time in another cycle")
    }
    guard last.isFinite else { throw FitFailure("the squares of its values are too large for double precision") }
    let fitted = y.indices.map { SeasonalWindowAverage.average(y, before: $0, season: m) }
    return SeasonalWindowAverageModel(
      key: series.key, fitted: fitted, start: series.next, cycle: cycle, variances: variances,
      shared: sharedVariance(zip(y, fitted).map { $0 - $1 }, cycle: m), support: Support(series))
  }

  /// Mean of the last observed values of the season of period `t` at least `cycles` cycles before it; NaN if none.
  private static func average(_ y: [Double], before t: Int, season m: Int, cycles: Int = 1) -> Double {
    var mean = 0.0
    var count = 0.0
    var i = t - cycles * m
    while i >= 0, count < Double(window) {
      if !y[i].isNaN {
        count += 1
        mean += (y[i] - mean) / count
      }
      i -= m
    }
    return count > 0 ? mean : .nan
  }

  /// Mean squared errors 1, 2, ... cycles ahead, as long as there are as many errors as seasons; at least one if there
  /// is any error.
  private static func variances(_ y: [Double], season m: Int) -> [Double] {
    var result: [Double] = []
    for cycles in 1...max(1, y.count / m) {
      var squares = 0.0
      var count = 0
      for t in y.indices where !y[t].isNaN {
        let error = y[t] - average(y, before: t, season: m, cycles: cycles)
        if error.isNaN { continue }
        squares += error * error
        count += 1
      }
      guard count >= (cycles == 1 ? 1 : m) else { break }
      result.append(max(squares / Double(count), result.last ?? 0))
      if cycles == 40 { break }
    }
    return result
  }
}

struct SeasonalWindowAverageModel: FittedModel {
  var name: String { ModelName.windowAverage.rawValue }
  let key: SeriesKey
  let fitted: [Double]
  let start: Period
  /// What every cycle ahead repeats, from the first step on.
  let cycle: [Double]
  /// Variances by cycles ahead.
  let variances: [Double]
  /// Share of the variance that errors of a path have in common.
  let shared: Double
  let support: Support

  private func deviation(_ step: Int) -> Double {
    variances[min(step / cycle.count, variances.count - 1)].squareRoot()
  }

  func predict(horizon: Int, levels: [Double]) -> Forecast {
    let steps = 0..<max(0, horizon)
    return QuantileLevels(levels).gaussian(
      key: key, model: name, start: start, mean: steps.map { cycle[$0 % cycle.count] },
      deviation: steps.map(deviation), support: support)
  }

  /// Paths whose errors have in common what the errors of a cycle had in the history.
  func samplePaths(horizon: Int, count: Int, random: inout RandomSource) -> SamplePaths {
    var values: [Double] = []
    values.reserveCapacity(max(0, horizon) * max(0, count))
    for _ in 0..<max(0, count) {
      let common = shared.squareRoot() * random.normal()
      for h in 0..<max(0, horizon) {
        let error = common + (1 - shared).squareRoot() * random.normal()
        values.append(support.nearest(cycle[h % cycle.count] + deviation(h) * error))
      }
    }
    return SamplePaths(horizon: max(0, horizon), count: max(0, count), values: values)
  }
}
