import NumericCore

/// Likelihoods of every candidate (level process x size) for one series, and the state each process ends in.
struct CandidateLikelihoods: Sendable {
  /// Row-major: process, then size; relative to the largest. The processes of ``LevelProcess/grid`` on the series' own
  /// level, then, in a pool that has a level of its own, the same relative to that.
  var likelihood: [Double]
  /// One a process.
  var states: [LevelState]

  /// Joins the candidates on the own level with those relative to the pool's.
  init(own: FilterInput, pooled: FilterInput?) {
    let sums = CountLogSums(own.values)
    let a = own.likelihoods(sums)
    var logLikelihood = a.logLikelihood
    states = a.states
    if let b = pooled?.likelihoods(sums) {
      logLikelihood += b.logLikelihood
      states += b.states
    }
    let best = logLikelihood.max() ?? 0
    likelihood = logLikelihood.map { $0 - best > -60 ? exponential($0 - best) : 0 }
  }
}

/// What the candidates need of a series: counts, season x exposure, a starting level.
struct FilterInput: Sendable {
  let values: [Double]
  /// Season x exposure.
  let scale: [Double]
  let initialLevel: Double
  /// Least level variance added in a missing period, in units of the observation variance.
  let unseenVariance: Double

  /// - Parameter scale: season x exposure (x level of the pool).
  init(_ history: CountHistory, scale: [Double]) {
    values = history.values
    self.scale = scale
    // Mean rate of the first year (or cycle), with half an event for what a run of zeros does not rule out.
    let wanted = max(12, history.seasonLength)
    var events = 0.5
    var exposure = 0.0
    var seen = 0
    var all = 0.0
    for t in values.indices where !values[t].isNaN {
      if seen < wanted {
        events += values[t]
        exposure += scale[t]
        seen += 1
      }
      all += values[t]
    }
    initialLevel = exposure > 0 ? events / exposure : 0.5
    let mean = max(all / Double(max(1, history.observed)), 0.01)
    // Observation variance relative to the squared level at a typical size of 16.
    unseenVariance = unseenDrift * unseenDrift / (1 / mean + 1.0 / 16)
  }

  /// Evaluates the grid: log-likelihoods but for a constant of the series, process by size, and end states.
  func likelihoods(_ sums: CountLogSums) -> (logLikelihood: [Double], states: [LevelState]) {
    let sizes = LevelProcess.sizes
    let processes = LevelProcess.grid.count
    // Means of size 0 give sum y log mu, which all have in common.
    let wanted = sizes.filter(\.isFinite) + [0]
    var table = [Double](repeating: 0, count: processes * sizes.count)
    var states: [LevelState] = []
    states.reserveCapacity(processes)
    var sum = [SIMD4<Double>](repeating: .zero, count: wanted.count + 2)
    run { first, found, means, reach in
      for k in stride(from: 0, to: wanted.count, by: 3) {
        let three = SIMD3(wanted[k], wanted[min(k + 1, wanted.count - 1)], wanted[min(k + 2, wanted.count - 1)])
        (sum[k], sum[k + 1], sum[k + 2]) = sums.sums(means, sizes: three, reach: reach)
      }
      let common = sum[wanted.count - 1]
      let poisson = sums.sumOfMeans(means)
      for (i, state) in found.enumerated() where first + i < processes {
        states.append(state)
        var finite = 0
        for (k, r) in sizes.enumerated() {
          var value = common[i] + sums.constants[k]
          if r.isFinite {
            value -= sum[finite][i]
            finite += 1
          } else {
            value -= poisson[i]
          }
          table[(first + i) * sizes.count + k] = value
        }
      }
    }
    return (table, states)
  }

  /// One-step expectations, averaged over processes by weight; processes of weight 0 are skipped.
  func expectations(weights: ArraySlice<Double>) -> [Double] {
    var average = [Double](repeating: 0, count: values.count)
    let weights = Array(weights)
    run(only: { first in weights[first..<min(first + 4, weights.count)].contains { $0 > 0 } }) { first, _, means, _ in
      for i in 0..<min(4, weights.count - first) where weights[first + i] > 0 {
        for t in average.indices { average[t] += weights[first + i] * means[t][i] }
      }
    }
    return average
  }

  /// Runs the grid, four processes at a time: `body` gets the index of the first, the states they end in, their expected
  /// counts, and the largest and smallest of these.
  private func run(
    only wanted: (Int) -> Bool = { _ in true },
    _ body: (Int, [LevelState], UnsafePointer<SIMD4<Double>>, ClosedRange<Double>) -> Void
  ) {
    guard !values.isEmpty else { return }
    values.withUnsafeBufferPointer { y in
      scale.withUnsafeBufferPointer { s in
        withUnsafeTemporaryAllocation(of: SIMD4<Double>.self, capacity: y.count) { means in
          guard let mu = means.baseAddress else { return }
          for (g, lanes) in LevelLanes.grid.enumerated() where wanted(4 * g) {
            let states = lanes.filter(
              values: y, scale: s, initialLevel: initialLevel, unseenVariance: unseenVariance, means: mu)
            var (low, high) = (-mu[0], mu[0])
            for t in 1..<max(1, y.count) {
              low = low.atLeast(-mu[t])
              high = high.atLeast(mu[t])
            }
            body(4 * g, states, mu, -low.max()...high.max())
          }
        }
      }
    }
  }
}
