import TimeSeries

/// A central prediction interval at one level, one bound per step ahead.
public struct PredictionInterval: Hashable, Sendable {
  /// Level in per cent: 80 for a central 80 % interval.
  public let level: Double
  /// Lower bounds, one a step.
  public let lower: [Double]
  /// Upper bounds, one a step.
  public let upper: [Double]

  /// An interval; `lower` and `upper` have one element per step.
  public init(level: Double, lower: [Double], upper: [Double]) {
    self.level = level
    self.lower = lower
    self.upper = upper
  }
}

/// A probabilistic forecast of one series. Mean, median and intervals come from the same predictive distribution: the
/// median minimises absolute error, the mean squared error.
public struct Forecast: Sendable {
  /// The series.
  public let key: SeriesKey
  /// Name of the model that made it: `counts`, `ETS(M,Ad,M)`, `seasonal-naive`, ...
  public let model: String
  /// The first period ahead.
  public let start: Period
  /// Predictive means, one a step.
  public let mean: [Double]
  /// Predictive medians, one a step.
  public let median: [Double]
  /// Intervals by ascending level; nested.
  public let intervals: [PredictionInterval]

  /// A forecast; every array has one element per step.
  public init(
    key: SeriesKey, model: String, start: Period, mean: [Double], median: [Double], intervals: [PredictionInterval]
  ) {
    self.key = key
    self.model = model
    self.start = start
    self.mean = mean
    self.median = median
    self.intervals = intervals
  }

  /// Number of steps ahead.
  public var horizon: Int { mean.count }

  /// The interval of a level (in per cent), if it was asked for.
  public func interval(_ level: Double) -> PredictionInterval? { intervals.first { $0.level == level } }
}
