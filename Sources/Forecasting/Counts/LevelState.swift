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

extension LevelProcess {
  /// Expected level `step` periods after the state (1 is the next period), and its variance there beyond that of a
  /// one-step error, in units of the observation variance: the sum of c_j² over the steps between (Hyndman et al. 2008,
  /// chapter 6), and what the filter has not yet learnt. One pair a step.
  func outlook(steps: Int, from state: LevelState) -> [(level: Double, excessVariance: Double)] {
    let unlearnt = (1 - gain) * max(0, state.variance - gain)
    var kept = 1.0
    var damped = 1.0
    // phi + ... + phi^step.
    var trendSum = 0.0
    var sum = 0.0
    return (0..<max(0, steps)).map { step in
      if step > 0 {
        let weight = trendGain > 0 ? gain + trendGain * trendSum : gain * kept
        sum += weight * weight
      }
      kept *= reversion
      damped *= trendDamping
      trendSum += damped
      let level = state.slow + kept * (state.level - state.slow) + (trendGain > 0 ? state.trend * trendSum : 0)
      return (
        max(state.floor, level), sum + unlearnt * kept * kept + (1 - kept) * (1 - kept) * state.slowVariance
      )
    }
  }
}
