import NumericCore

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
  }

  private static func lanes8(_ processes: [LevelProcess], _ value: (LevelProcess) -> Double) -> SIMD8<Double> {
    SIMD8(processes.map(value))
  }
  private static func lanes4(_ processes: [LevelProcess], _ value: (LevelProcess) -> Double) -> SIMD4<Double> {
    SIMD4(processes.map(value))
  }
  private static let steadyDrift = lanes8(LevelProcess.steady, \.drift)
  private static let revertingDrift = lanes8(LevelProcess.reverting, \.drift)
  private static let trendingDrift = lanes4(LevelProcess.trending, \.drift)
  private static let reversion = lanes8(LevelProcess.reverting, \.reversion)
  private static let damping = lanes4(LevelProcess.trending, \.trendDamping)
  private static let trendShare = lanes4(LevelProcess.trending) { $0.trendGain / $0.gain }

  /// Kalman gains of a period, which depend on the gaps of a history alone.
  private struct Gains {
    var steady: SIMD8<Double>
    var reverting: SIMD8<Double>
    var trending: SIMD4<Double>

    static let none = Gains(steady: .zero, reverting: .zero, trending: .zero)
    /// Variances of the initial level, in units of the observation variance: it is worth four observations.
    static let initialVariances = Gains(
      steady: .init(repeating: 0.25), reverting: .init(repeating: 0.25), trending: .init(repeating: 0.25))

    /// The gains of the next period, if it is observed, from the variances after the last. They are the variances after it.
    func observed() -> Gains {
      let squared = reversion * reversion
      let (a, b, c) = (steady + steadyDrift, squared * reverting + revertingDrift, trending + trendingDrift)
      return Gains(steady: a / (a + 1), reverting: b / (b + 1), trending: c / (c + 1))
    }

    /// The variances after a period that is missing.
    func unobserved(_ least: Double) -> Gains {
      Gains(
        steady: steady + steadyDrift.atLeast(SIMD8(repeating: least)),
        reverting: reversion * reversion * reverting + revertingDrift.atLeast(SIMD8(repeating: least)),
        trending: trending + trendingDrift.atLeast(SIMD4(repeating: least)))
    }

    /// Lane by lane in the order of the grid.
    subscript(process: Int) -> Double {
      process < 8 ? steady[process] : process < 16 ? reverting[process - 8] : trending[process - 16]
    }
  }

  /// Gains of the first periods of a history without gaps.
  private static let gapless: [Gains] = {
    var gains: [Gains] = []
    for _ in 0..<600 { gains.append((gains.last ?? .initialVariances).observed()) }
    return gains
  }()

  /// Runs the processes over a history.
  ///
  /// - Parameters:
  ///   - values: counts, NaN where missing.
  ///   - scale: season x exposure, one a period, > 0.
  ///   - initialLevel: events per standard exposure before the first period, > 0.
  ///   - unseenVariance: least variance added to the level in a missing period, in units of the observation variance.
  ///   - means: receives the expected count of each period, > 0, group after group; room for ``groups`` x periods.
  static func filter(
    values: UnsafeBufferPointer<Double>, scale: UnsafeBufferPointer<Double>, initialLevel: Double,
    unseenVariance: Double, means: UnsafeMutablePointer<SIMD4<Double>>
  ) -> Run {
    let n = values.count
    let course = SharedCourse(values, scale, initialLevel: initialLevel, unseenVariance: unseenVariance)
    defer { course.periods.deallocate() }
    if course.hasGaps || n > gapless.count {
      var gains: [Gains] = []
      gains.reserveCapacity(n)
      var variances = Gains.initialVariances
      for y in values {
        variances = y.isNaN ? variances.unobserved(unseenVariance) : variances.observed()
        gains.append(y.isNaN ? .none : variances)
      }
      return gains.withUnsafeBufferPointer { run(course, initialLevel, $0, variances, means) }
    }
    return gapless.withUnsafeBufferPointer {
      run(course, initialLevel, $0, n == 0 ? .initialVariances : $0[n - 1], means)
    }
  }

  private static func run(
    _ course: SharedCourse, _ initialLevel: Double, _ gains: UnsafeBufferPointer<Gains>, _ variances: Gains,
    _ means: UnsafeMutablePointer<SIMD4<Double>>
  ) -> Run {
    let n = course.count
    // No level is below the floor of its period: a steady one was held to a higher one the period before.
    var steady = SIMD8(repeating: max(initialLevel, course.periods[0].floor))
    var reverting = SIMD8(repeating: initialLevel)
    var trending = SIMD4(repeating: initialLevel)
    var trend = SIMD4<Double>.zero
    let (reversion, damping, share) = (reversion, damping, trendShare)
    var low = SIMD8(repeating: Double.infinity)
    var high = SIMD8<Double>.zero
    guard n == 0 || gains.count >= n, let gain = gains.baseAddress else { return Run(states: [], reach: 1...1) }
    for t in 0..<n {
      let period = course.periods[t]
      let floor = period.floor
      let next = course.periods[t &+ 1].floor
      let slow = SIMD8(repeating: period.slow)
      let a = steady
      let b = (slow + reversion * (reverting - slow)).atLeast(SIMD8(repeating: floor))
      let drifted = damping * trend
      let c = (trending + drifted).atLeast(SIMD4(repeating: floor))
      let (rate, scale) = (SIMD8(repeating: period.rate), SIMD8(repeating: period.scale))
      let (meansA, meansB) = (a * scale, b * scale)
      let meansC = c * scale.lowHalf
      means[t] = meansA.lowHalf
      means[t &+ n] = meansA.highHalf
      means[t &+ 2 &* n] = meansB.lowHalf
      means[t &+ 3 &* n] = meansB.highHalf
      means[t &+ 4 &* n] = meansC
      let meansCC = SIMD8(lowHalf: meansC, highHalf: meansC)
      low = low.atMost(meansA).atMost(meansB).atMost(meansCC)
      high = high.atLeast(meansA).atLeast(meansB).atLeast(meansCC)
      steady = (a + gain[t].steady * (rate - a)).atLeast(SIMD8(repeating: next))
      reverting = (b + gain[t].reverting * (rate - b)).atLeast(SIMD8(repeating: next))
      let step = gain[t].trending * (rate.lowHalf - c)
      trending = (c + step).atLeast(SIMD4(repeating: next))
      trend = drifted + share * step
    }
    let end = course.periods[n]
    let states = LevelProcess.grid.indices.map { i in
      LevelState(
        level: i < 8 ? steady[i] : i < 16 ? reverting[i - 8] : trending[i - 16], trend: i < 16 ? 0 : trend[i - 16],
        slow: end.slow, variance: variances[i], slowVariance: course.slowVariance, floor: end.floor)
    }
    return Run(states: states, reach: n == 0 ? 1...1 : low.min()...high.max())
  }

  /// What all processes share.
  private struct SharedCourse {
    struct Period {
      /// Events per standard exposure; 0 where missing, where gains are 0 too.
      var rate: Double
      /// Season x exposure.
      var scale: Double
      /// The slow level that reverting processes return to.
      var slow: Double
      /// No level is below this: half an event in all exposure seen before, and one more.
      var floor: Double
    }

    let count: Int
    /// One more than periods: the last is the state after them. To be deallocated.
    let periods: UnsafeMutablePointer<Period>
    let slowVariance: Double
    let hasGaps: Bool

    init(
      _ values: UnsafeBufferPointer<Double>, _ scale: UnsafeBufferPointer<Double>, initialLevel: Double,
      unseenVariance: Double
    ) {
      count = values.count
      periods = .allocate(capacity: values.count + 1)
      let drift = LevelProcess.slowGain * LevelProcess.slowGain / (1 - LevelProcess.slowGain)
      var slow = initialLevel
      var slowVariance = 0.25
      var exposureSeen = 0.0
      var floor = 0.5
      var hasGaps = false
      for t in values.indices {
        let y = values[t]
        guard !y.isNaN else {
          (periods + t).initialize(to: Period(rate: 0, scale: scale[t], slow: slow, floor: floor))
          slowVariance += max(drift, unseenVariance)
          hasGaps = true
          continue
        }
        let rate = y / scale[t]
        (periods + t).initialize(to: Period(rate: rate, scale: scale[t], slow: slow, floor: floor))
        let ahead = slowVariance + drift
        slowVariance = ahead / (ahead + 1)
        exposureSeen += scale[t]
        floor = 0.5 / (exposureSeen + 1)
        slow = max(floor, slow + slowVariance * (rate - slow))
      }
      (periods + values.count).initialize(to: Period(rate: 0, scale: 1, slow: slow, floor: floor))
      self.slowVariance = slowVariance
      self.hasGaps = hasGaps
    }
  }
}

extension SIMD4<Double> {
  /// Lane by lane the larger (the library's `pointwiseMax` takes the lanes one by one).
  @inline(__always)
  func atLeast(_ other: SIMD4<Double>) -> SIMD4<Double> { replacing(with: other, where: self .< other) }
}

extension SIMD8<Double> {
  /// Lane by lane the larger.
  @inline(__always)
  func atLeast(_ other: SIMD8<Double>) -> SIMD8<Double> { replacing(with: other, where: self .< other) }
  /// Lane by lane the smaller.
  @inline(__always)
  func atMost(_ other: SIMD8<Double>) -> SIMD8<Double> { replacing(with: other, where: self .> other) }
}
