import NumericCore
import Parallelism
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

extension DetectabilityEstimator {
  /// The smallest lasting rise that would be found in each series.
  ///
  /// For a rise found within h periods: had the counts of the last h periods of the series been what was expected plus a
  /// constant x a period, how often would at least one of them have been flagged? Counts are drawn from negative binomials
  /// about each period's expectation plus x, with the series' own dispersion and one draw a history of the uncertainty of
  /// its level, and go through the real test of each period, windows included, against the baseline it had. The same draws
  /// serve every x, so that a history is found above some x and not below, and the power's quantile of those x is
  /// found by bisection.
  ///
  /// - Returns: one result a series, in panel order.
  public func run(_ panel: Panel) async throws -> [Detectability] {
    var deep = detector
    deep.last = depth(panel.frequency)
    return try await run(panel, deep.judge(panel))
  }

  /// Latest periods that are looked at: a year more than the longest wait, so that missing ones leave an answer.
  func depth(_ frequency: Frequency) -> Int { longest + frequency.periodsPerYear }

  private var longest: Int { within.max() ?? 1 }

  /// The same from the detector's verdicts on at least the last ``depth(_:)`` periods of the panel.
  func run(_ panel: Panel, _ judgement: Judgement) async throws -> [Detectability] {
    let longest = self.longest
    let looked = judgement.periods.indices.suffix(depth(panel.frequency))
    let windows = detector.settings.windows(panel.frequency)
    let (within, power, draws, seed) = (within, power, draws, seed)
    let (alpha, clip) = (detector.alpha, detector.settings.clip)
    return try await parallelMap(count: panel.series.count, threads: detector.threads) { s in
      let key = panel.series[s].key
      guard !looked.isEmpty else {
        return Detectability(key: key, period: nil, rises: [], reason: "the series holds no period")
      }
      let tests = judgement.tests[s]
      guard let last = looked.last(where: { tests[$0].kind != .notTested }) else {
        return Detectability(
          key: key, period: nil, rises: [],
          reason: tests.last?.reason ?? "none of its latest periods could be judged")
      }
      let first = max(looked.lowerBound, last - longest + 1)
      let bases = (first...last).map { p -> RiseSimulation.Basis? in
        guard let fit = try? judgement.baselines[s][p].get(), let dispersion = judgement.dispersions[s][p] else {
          return nil
        }
        return RiseSimulation.Basis(
          fit: fit, dispersion: dispersion, foresight: judgement.foresights[s][p], opinion: judgement.opinions[s][p])
      }
      let simulation = RiseSimulation(
        bases, alpha: alpha, windows: windows, clip: clip, draws: draws,
        random: RandomSource(seed: seed, stream: key.uniqueID))
      return Detectability(
        key: key, period: judgement.periods[last],
        rises: within.filter { $0 <= last - first + 1 }.map { simulation.rise(within: $0, power: power) }, reason: nil)
    }
  }
}
