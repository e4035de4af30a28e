import CCountLanes

/// The processes of ``LevelProcess/grid`` run over a history side by side, a process a lane.
///
/// Each kind has a loop-carried chain of its own, as short as its kind allows; side by side they fill each other's waits.
enum LevelLanes {
  /// Groups of four lanes in which expected counts are handed out: two of steady levels, two of reverting ones, one of
  /// trending ones.
  static let groups = 5

  /// Where the processes end, and what their expected counts were.
  struct Run {
    /// One a process.
    let states: [LevelState]
    /// The smallest and the largest expected count; 1 without periods.
    let reach: ClosedRange<Double>
    /// Sums of the expected counts of observed periods, one vector a group.
    let sums: [SIMD4<Double>]
  }

  /// One number a process, in groups.
  private static func lanes(_ value: (LevelProcess) -> Double) -> [SIMD4<Double>] {
    let all = LevelProcess.grid.map(value)
    return (0..<groups).map { SIMD4(all[4 * $0..<4 * $0 + 4]) }
  }
  private static let drift = lanes(\.drift)
  private static let squaredReversion = lanes { $0.reversion * $0.reversion }
  /// `count_lanes_processes`.
  private static let processes: [SIMD4<Double>] =
    lanes(\.reversion)[2..<4] + [lanes(\.trendDamping)[4], lanes { $0.trendGain / $0.gain }[4]]

  /// The variances of the levels before the first period, in units of the observation variance: they are worth four
  /// observations.
  private static let initialVariances = [SIMD4<Double>](repeating: .init(repeating: 0.25), count: groups)

  /// Kalman gains, ``groups`` vectors a period, and the variances after the last, from the variances before the first. They
  /// depend on the gaps of a history alone.
  private static func gains(_ values: [Double], _ unseenVariance: Double) -> (
    gains: [SIMD4<Double>], variances: [SIMD4<Double>]
  ) {
    var gains: [SIMD4<Double>] = []
    gains.reserveCapacity(groups * values.count)
    var variances = initialVariances
    for y in values {
      for g in 0..<groups {
        let ahead = squaredReversion[g] * variances[g]
        if y.isNaN {
          variances[g] = ahead + drift[g].replacing(with: unseenVariance, where: drift[g] .< unseenVariance)
          gains.append(.zero)
        } else {
          variances[g] = (ahead + drift[g]) / (ahead + drift[g] + 1)
          gains.append(variances[g])
        }
      }
    }
    return (gains, variances)
  }

  /// Gains of the first periods of a history without gaps; with each observed they are the variances after it.
  private static let gapless = gains([Double](repeating: 0, count: 600), 0).gains

  /// Runs the processes over one history, or over the same counts at two scales.
  ///
  /// - Parameters:
  ///   - inputs: one or two with the same values.
  ///   - means: receives expected counts, > 0, eight numbers a period; those of a group of four from its offset on.
  ///   - offsets: one a group, of each input.
  static func filter(_ inputs: [FilterInput], means: UnsafeMutablePointer<Double>, offsets: [[Int64]]) -> [Run] {
    let values = inputs[0].values
    let n = values.count
    guard !values.contains(where: \.isNaN), n * groups <= gapless.count else {
      let (gains, variances) = gains(values, inputs[0].unseenVariance)
      return run(inputs, gains, variances, means, offsets)
    }
    let variances = n == 0 ? initialVariances : Array(gapless[(n - 1) * groups..<n * groups])
    return run(inputs, gapless, variances, means, offsets)
  }

  private static func run(
    _ inputs: [FilterInput], _ gains: [SIMD4<Double>], _ variances: [SIMD4<Double>],
    _ means: UnsafeMutablePointer<Double>, _ offsets: [[Int64]]
  ) -> [Run] {
    let n = inputs[0].values.count
    let courses = inputs.map(SharedCourse.init)
    // Of each `count_lanes_levels`: levels, the trend, sums, the smallest and the largest.
    var levels = zip(inputs, courses).flatMap { input, course in
      let initial = SIMD4(repeating: input.initialLevel)
      let steady = SIMD4(repeating: max(input.initialLevel, course.periods[0].floor))
      return [steady, steady, initial, initial, initial] + [SIMD4<Double>](repeating: .zero, count: 6)
        + [SIMD4(repeating: .infinity), .zero]
    }
    let (flat, processes) = (offsets.flatMap { $0 }, processes)
    levels.withUnsafeMutableBytes { levels in
      flat.withUnsafeBufferPointer { flat in
        let raw = inputs.indices.map { i in
          count_lanes_course(
            periods: courses[i].periods,
            levels: levels.assumingMemoryBound(to: Double.self).baseAddress.map { $0 + 13 * 4 * i }, means: means,
            offsets: flat.baseAddress.map { $0 + groups * i })
        }
        gains.withUnsafeBytes { gains in
          processes.withUnsafeBytes { processes in
            count_lanes_filter(
              raw, Int32(raw.count), Int64(n), gains.assumingMemoryBound(to: Double.self).baseAddress,
              processes.assumingMemoryBound(to: Double.self).baseAddress)
          }
        }
      }
    }
    return courses.enumerated().map { k, course in
      let end = course.periods[n]
      let first = 13 * k
      let states = LevelProcess.grid.indices.map { i in
        LevelState(
          level: levels[first + i / 4][i % 4], trend: i < 16 ? 0 : levels[first + 5][i - 16], slow: end.slow,
          variance: variances[i / 4][i % 4], slowVariance: course.slowVariance, floor: end.floor)
      }
      return Run(
        states: states, reach: n == 0 ? 1...1 : levels[first + 11].min()...levels[first + 12].max(),
        sums: Array(levels[first + 6..<first + 11]))
    }
  }

  /// The gain of the slow level after so many periods, none of them missing: the quotient a period takes is long in coming.
  private static let slowGains: [Double] = {
    var variance = SharedCourse.initialVariance
    return (0..<600).map { _ in
      variance = SharedCourse.observed(variance)
      return variance
    }
  }()

  /// What all processes share.
  private final class SharedCourse {
    static let initialVariance = 0.25
    private static let drift = LevelProcess.slowGain * LevelProcess.slowGain / (1 - LevelProcess.slowGain)

    /// The variance of the slow level, in units of the observation variance, after a period that is observed: its gain.
    static func observed(_ variance: Double) -> Double { (variance + drift) / (variance + drift + 1) }

    /// One more than periods: the last is the state after them.
    let periods: UnsafeMutablePointer<count_lanes_period>
    let slowVariance: Double

    init(_ input: FilterInput) {
      let n = input.values.count
      periods = .allocate(capacity: n + 1)
      var slow = input.initialLevel
      var slowVariance = SharedCourse.initialVariance
      let gains = slowGains
      var isGapless = true
      var exposureSeen = 0.0
      var floor = 0.5
      for t in 0..<n {
        let (y, scale) = (input.values[t], input.scale[t])
        guard !y.isNaN else {
          (periods + t).initialize(to: count_lanes_period(rate: 0, scale: scale, slow: slow, floor: floor, seen: 0))
          slowVariance += max(SharedCourse.drift, input.unseenVariance)
          isGapless = false
          continue
        }
        let rate = y / scale
        (periods + t).initialize(to: count_lanes_period(rate: rate, scale: scale, slow: slow, floor: floor, seen: 1))
        slowVariance = isGapless && t < gains.count ? gains[t] : SharedCourse.observed(slowVariance)
        exposureSeen += scale
        floor = 0.5 / (exposureSeen + 1)
        slow = max(floor, slow + slowVariance * (rate - slow))
      }
      (periods + n).initialize(to: count_lanes_period(rate: 0, scale: 1, slow: slow, floor: floor, seen: 0))
      self.slowVariance = slowVariance
    }

    deinit { periods.deallocate() }
  }
}
