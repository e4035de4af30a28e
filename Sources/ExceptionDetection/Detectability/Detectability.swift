import TimeSeries

/// How small a rise in a series would be found: what silence means.
public struct Detectability: Sendable {
  /// The rise that would be found within some periods.
  public struct Rise: Hashable, Sendable {
    /// Periods from its beginning within which it would be found.
    public let within: Int
    /// What was expected of one of them, on average.
    public let expected: Double
    /// The smallest addition a period that would be found with the power asked for; nil if none would.
    public let count: Double?
    /// The same in per cent of what was expected; nil where nothing was.
    public var percent: Double? { count.flatMap { expected > 0 ? 100 * $0 / expected : nil } }

    init(within: Int, expected: Double, count: Double?) {
      self.within = within
      self.expected = expected
      self.count = count
    }
  }

  /// The series.
  public let key: SeriesKey
  /// The last period with a verdict, in which the rises end; nil if there is none.
  public let period: Period?
  /// For each number of periods asked for; empty if there is no verdict.
  public let rises: [Rise]
  /// Why there is no answer; nil if there is one.
  public let reason: String?
}

/// Finds how small a lasting rise each series' test would find, by simulation from its own baseline.
public struct DetectabilityEstimator: Sendable {
  /// The detector whose test it is; its `last` is not used.
  public var detector: ExceptionDetector
  /// Numbers of periods within which the rise is to be found.
  public var within: [Int]
  /// Probability with which.
  public var power: Double
  /// Simulated histories a series.
  public var draws: Int
  /// Seed of the simulation; each series has a stream of its own.
  public var seed: UInt64

  /// An estimator.
  public init(
    _ detector: ExceptionDetector, within: [Int] = [1, 3, 6], power: Double = 0.8, draws: Int = 400,
    seed: UInt64 = 20_260_401
  ) {
    self.detector = detector
    self.within = within
    self.power = power
    self.draws = draws
    self.seed = seed
  }
}
