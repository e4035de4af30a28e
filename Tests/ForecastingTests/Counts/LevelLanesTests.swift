import NumericCore
import Testing

@testable import Forecasting

/// The processes side by side against the recursions one by one, as ``LevelProcess`` states them.
@Suite struct LevelLanesTests {
  /// Expected counts are of a process and a period.
  private func run(_ y: [Double], scale: [Double], initial: Double, unseen: Double) -> (
    run: LevelLanes.Run, mean: (Int, Int) -> Double
  ) {
    let offsets = (0..<LevelLanes.groups).map { 8 * y.count * ($0 / 2) + 4 * ($0 % 2) }
    let count = 3 * 8 * y.count
    let means = UnsafeMutablePointer<Double>.allocate(capacity: max(1, count))
    means.initialize(repeating: .nan, count: count)
    defer { means.deallocate() }
    let input = FilterInput(values: y, scale: scale, initialLevel: initial, unseenVariance: unseen)
    let run = LevelLanes.filter([input], means: means, offsets: [offsets.map(Int64.init)])[0]
    let all = Array(UnsafeBufferPointer(start: means, count: count))
    return (run, { process, t in all[offsets[process / 4] + 8 * t + process % 4] })
  }

  static let histories: [(name: String, values: [Double], initial: Double)] = [
    ("counts", values(90) { Double($0 * 37 % 23) }, 9),
    ("rare", values(60) { $0 % 17 == 3 ? 1 : 0 }, 0.04),
    ("gaps", values(80) { (30..<41).contains($0) || $0 < 2 ? .nan : Double($0 * 5 % 11) }, 4),
    ("long", values(700) { Double($0 * 37 % 23) + Double($0 / 50) }, 9), ("none", [], 1),
  ]

  private static func values(_ count: Int, _ value: (Int) -> Double) -> [Double] { (0..<count).map(value) }

  @Test(arguments: histories) func agreesWithTheRecursions(_ name: String, _ y: [Double], _ initial: Double) {
    let scale = y.indices.map { 0.7 + 0.1 * Double($0 % 7) }
    let unseen = 0.3
    let (found, mean) = run(y, scale: scale, initial: initial, unseen: unseen)
    var (least, most) = (Double.infinity, 0.0)
    for (i, process) in LevelProcess.grid.enumerated() {
      var (level, trend, variance, sum) = (initial, 0.0, 0.25, 0.0)
      var (slow, slowVariance, exposure, floor) = (initial, 0.25, 0.0, 0.5)
      let slowDrift = LevelProcess.slowGain * LevelProcess.slowGain / (1 - LevelProcess.slowGain)
      for t in y.indices {
        let drift = process.trendDamping * trend
        let expected = max(floor, slow + process.reversion * (level - slow) + drift)
        let mean = mean(i, t)
        #expect(abs(mean - expected * scale[t]) < 1e-9 * expected, "\(name), \(process), period \(t)")
        (least, most) = (min(least, mean), max(most, mean))
        guard !y[t].isNaN else {
          (level, trend) = (expected, drift)
          variance = process.reversion * process.reversion * variance + max(process.drift, unseen)
          slowVariance += max(slowDrift, unseen)
          continue
        }
        sum += mean
        let rate = y[t] / scale[t]
        let ahead = process.reversion * process.reversion * variance + process.drift
        variance = ahead / (ahead + 1)
        slowVariance = (slowVariance + slowDrift) / (slowVariance + slowDrift + 1)
        exposure += scale[t]
        floor = 0.5 / (exposure + 1)
        level = max(floor, expected + variance * (rate - expected))
        trend = drift + process.trendGain / process.gain * variance * (rate - expected)
        slow = max(floor, slow + slowVariance * (rate - slow))
      }
      let state = found.states[i]
      #expect(y.isEmpty || abs(state.level - level) < 1e-9 * level)
      #expect(abs(state.trend - trend) < 1e-9 && abs(state.slow - slow) < 1e-9 * slow)
      #expect(abs(state.variance - variance) < 1e-12 && abs(state.slowVariance - slowVariance) < 1e-12)
      #expect(state.floor == floor)
      #expect(abs(found.sums[i / 4][i % 4] - sum) <= 1e-12 * sum)
    }
    #expect(found.reach == (y.isEmpty ? 1...1 : least...most))
  }

  @Test func aGapWidensTheForecastAndHoldsTheLevel() {
    let values = (0..<60).map { _ in 20.0 }
    let long = values + [Double](repeating: .nan, count: 10)
    let ones = [Double](repeating: 1, count: 70)
    let seen = run(values, scale: Array(ones[..<60]), initial: 20, unseen: 0).run.states
    let gap = run(long, scale: ones, initial: 20, unseen: 0).run.states
    for (i, process) in LevelProcess.steady.enumerated() where process.gain > 0.1 {
      #expect(abs(seen[i].variance - process.gain) < 1e-6, "the Kalman gain settles at the process's gain")
      #expect(gap[i].level == seen[i].level)
      #expect(abs(gap[i].variance - seen[i].variance - 10 * process.drift) < 1e-9)
      // One step ahead nothing is added beyond the one-step variance; later steps add the gain squared each.
      let outlook = process.outlook(steps: 5, from: seen[i])
      #expect(abs(outlook[0].excessVariance) < 1e-6)
      #expect(abs(outlook[4].excessVariance - 4 * process.gain * process.gain) < 1e-6)
      #expect(outlook.allSatisfy { $0.level == 20 })
    }
  }

  /// Closed forms of what the outlook sums step by step.
  @Test func outlooksOfReversionAndTrend() {
    let state = LevelState(level: 12, trend: 0.5, slow: 8, variance: 0.4, slowVariance: 0.1, floor: 0.01)
    for process in LevelProcess.reverting + LevelProcess.trending {
      for (h, (level, excess)) in process.outlook(steps: 7, from: state).enumerated() {
        let kept = power(process.reversion, Double(h + 1))
        func trendSum(_ j: Int) -> Double {
          (1..<max(2, j + 1)).reduce(0) { $0 + power(process.trendDamping, Double($1)) }
        }
        let drifted = process.trendGain > 0 ? 0.5 * trendSum(h + 1) : 0
        #expect(abs(level - (8 + kept * 4 + drifted)) < 1e-12)
        var sum = 0.0
        for j in 1..<max(1, h + 1) {
          let c =
            process.trendGain > 0
            ? process.gain + process.trendGain * trendSum(j) : process.gain * power(process.reversion, Double(j))
          sum += c * c
        }
        let unlearnt = (1 - process.gain) * max(0, 0.4 - process.gain) * kept * kept
        #expect(abs(excess - (sum + unlearnt + (1 - kept) * (1 - kept) * 0.1)) < 1e-12)
      }
    }
  }
}
