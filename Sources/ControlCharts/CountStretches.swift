import Forecasting
import NumericCore
import TimeSeries

/// Stretches of counts in which nothing is new but what levels and seasons ordinarily do: paths of the counts model fitted to the
/// points that a chart's latest limits rest on.
///
/// The model averages over how the level may move (`CountsForecaster`): it stays where the history stayed, and drifts, returns
/// or trends where it did. Points of such a path are neither independent nor alike, which is what the rules of control
/// charts take for granted. Stretches end in the season in which the series does.
struct CountStretches {
  private let paths: SamplePaths
  /// Places of the points within a path.
  private let places: [Int]

  /// - Parameters:
  ///   - model: fitted to the series from the stretch's first period to its last.
  ///   - length: periods of the stretch.
  ///   - used: places of its points, rising, of which the last is the latest point.
  ///   - season: periods of a cycle.
  ///   - count: paths.
  init(_ model: any FittedModel, length: Int, used: [Int], season: Int, count: Int, random: inout RandomSource) {
    // A whole number of cycles after the series' end the season is that of its end.
    let horizon = (length + season - 1) / season * season
    paths = model.samplePaths(horizon: horizon, count: count, random: &random)
    places = used.map { $0 + horizon - length }
  }

  /// How often their latest points would stand out.
  var falseAlarms: FalseAlarmRates {
    FalseAlarmRates(of: paths.count, denominators: nil) { number in
      let first = number * paths.horizon
      return places.map { paths.values[first + $0] }
    }
  }
}
