import NumericCore

/// Where a level process stands after the last period.
struct LevelState: Sendable {
  /// Level, events per standard exposure.
  var level: Double
  /// Local trend a period.
  var trend = 0.0
  /// The slow level that reverting processes return to.
  var slow: Double
  /// Variance of the level, in units of the observation variance.
  var variance: Double
  /// Variance of the slow level, in the same unit.
  var slowVariance: Double
  /// The level is never below this: half an event in all exposure seen, and one more.
  var floor: Double
}

/// Standard deviation a period by which a level is taken to drift while nobody looks (a gap): 3 % of the level, which
/// is 10 % a year.
let unseenDrift = 0.03

/// Standard deviation a period by which the level of a short history is taken to drift ahead, beyond what it showed: 5 %
/// of the level, 17 % a year. A guess on the wide side, since a short history cannot show how levels move.
let shortHistoryDrift = 0.05

/// Four level processes, run over a history side by side.
struct LevelLanes {
  private let rho: SIMD4<Double>
  private let phi: SIMD4<Double>
  private let trendShare: SIMD4<Double>
  private let drift: SIMD4<Double>

  /// One to four processes; with fewer than four the last fills the lanes left.
  init(_ processes: ArraySlice<LevelProcess>) {
    func lanes(_ value: (LevelProcess) -> Double) -> SIMD4<Double> {
      var result = SIMD4<Double>.zero
      for i in 0..<4 { result[i] = value(processes[min(processes.startIndex + i, processes.endIndex - 1)]) }
      return result
    }
    rho = lanes(\.reversion)
    phi = lanes(\.trendDamping)
    trendShare = lanes { $0.trendGain / $0.gain }
    drift = lanes(\.drift)
  }

  /// The processes of ``LevelProcess/grid``, four at a time.
  static let grid: [LevelLanes] = stride(from: 0, to: LevelProcess.grid.count, by: 4).map {
    LevelLanes(LevelProcess.grid[$0..<min($0 + 4, LevelProcess.grid.count)])
  }

  /// Runs the processes over a history.
  ///
  /// - Parameters:
  ///   - values: counts, NaN where missing.
  ///   - scale: season x exposure, one a period, > 0.
  ///   - initialLevel: events per standard exposure before the first period, > 0.
  ///   - unseenVariance: least variance added to the level in a missing period, in units of the observation variance.
  ///   - means: receives the expected count of each period, > 0.
  /// - Returns: where each of the four ends.
  func filter(
    values: UnsafeBufferPointer<Double>, scale: UnsafeBufferPointer<Double>, initialLevel: Double,
    unseenVariance: Double, means: UnsafeMutablePointer<SIMD4<Double>>
  ) -> [LevelState] {
    let rhoSquared = rho * rho
    let qUnseen = drift.atLeast(SIMD4(repeating: unseenVariance))
    let qSlow = LevelProcess.slowGain * LevelProcess.slowGain / (1 - LevelProcess.slowGain)
    var level = SIMD4(repeating: initialLevel)
    var trend = SIMD4<Double>.zero
    // The initial level is worth four observations.
    var variance = SIMD4(repeating: 0.25)
    // What they revert to depends on the history alone.
    var slow = initialLevel
    var slowVariance = 0.25
    var exposureSeen = 0.0
    var floor = 0.5
    for t in 0..<values.count {
      let expected = (slow + rho * (level - slow) + phi * trend).atLeast(SIMD4(repeating: floor))
      means[t] = expected * scale[t]
      if values[t].isNaN {
        level = expected
        trend *= phi
        variance = rhoSquared * variance + qUnseen
        slowVariance += max(qSlow, unseenVariance)
        continue
      }
      let rate = values[t] / scale[t]
      let error = rate - expected
      let ahead = rhoSquared * variance + drift
      let kalman = ahead / (ahead + 1)
      let slowAhead = slowVariance + qSlow
      let slowKalman = slowAhead / (slowAhead + 1)
      exposureSeen += scale[t]
      floor = 0.5 / (exposureSeen + 1)
      level = (expected + kalman * error).atLeast(SIMD4(repeating: floor))
      trend = phi * trend + trendShare * kalman * error
      slow = max(floor, slow + slowKalman * (rate - slow))
      variance = kalman
      slowVariance = slowKalman
    }
    return (0..<4).map {
      LevelState(
        level: level[$0], trend: trend[$0], slow: slow, variance: variance[$0], slowVariance: slowVariance, floor: floor
      )
    }
  }
}

extension SIMD4<Double> {
  /// Lane by lane the larger (the library's `pointwiseMax` takes the lanes one by one).
  @inline(__always)
  func atLeast(_ other: SIMD4<Double>) -> SIMD4<Double> { replacing(with: other, where: self .< other) }
}

extension LevelProcess {
  /// Expected level `step` periods after the state (1 is the next period).
  func level(after step: Int, from state: LevelState) -> Double {
    let drifted = trendGain > 0 ? state.trend * trendSum(step) : 0
    let kept = reversion == 1 ? 1 : power(reversion, Double(step))
    return max(state.floor, state.slow + kept * (state.level - state.slow) + drifted)
  }

  /// Variance of the level `step` periods ahead beyond that of a one-step error, in units of the observation variance:
  /// the sum of c_j² over the steps between (Hyndman et al. 2008, chapter 6), and what the filter has not yet learnt.
  func excessVariance(after step: Int, from state: LevelState) -> Double {
    var sum = 0.0
    for j in 1..<max(1, step) {
      let weight: Double
      if trendGain > 0 {
        weight = gain + trendGain * trendSum(j)
      } else {
        weight = reversion == 1 ? gain : gain * power(reversion, Double(j))
      }
      sum += weight * weight
    }
    let kept = reversion == 1 ? 1 : power(reversion, Double(step))
    let unlearnt = (1 - gain) * max(0, state.variance - gain) * kept * kept
    return sum + unlearnt + (1 - kept) * (1 - kept) * state.slowVariance
  }

  /// phi + ... + phi^step.
  private func trendSum(_ step: Int) -> Double {
    trendDamping * (1 - power(trendDamping, Double(step))) / (1 - trendDamping)
  }
}
