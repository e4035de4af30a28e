import NumericCore
import Parallelism
import TimeSeries

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
      let simulation = RiseSimulation(
        judgement.baselines[s][first...last].map { try? $0.get() }, Array(judgement.dispersions[s][first...last]),
        alpha: alpha, windows: windows, clip: clip, draws: draws,
        random: RandomSource(seed: seed, stream: key.uniqueID))
      return Detectability(
        key: key, period: judgement.periods[last],
        rises: within.filter { $0 <= last - first + 1 }.map { simulation.rise(within: $0, power: power) }, reason: nil)
    }
  }
}
