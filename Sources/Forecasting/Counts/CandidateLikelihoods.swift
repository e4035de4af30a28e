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
    let a = own.likelihoods()
    var logLikelihood = a.logLikelihood
    states = a.states
    if let b = pooled?.likelihoods() {
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
  func likelihoods() -> (logLikelihood: [Double], states: [LevelState]) {
    let sizes = LevelProcess.sizes
    let processes = LevelProcess.grid
    var constants = [Double](repeating: 0, count: sizes.count)
    for (k, r) in sizes.enumerated() {
      var sum = 0.0
      if r.isFinite {
        let own = logGamma(r) - r * logarithm(r)
        for y in values where !y.isNaN { sum += logGamma(y + r) - own }
      }
      constants[k] = sum
    }
    var table = [Double](repeating: 0, count: processes.count * sizes.count)
    var states: [LevelState] = []
    states.reserveCapacity(processes.count)
    var means = [Double](repeating: 0, count: values.count)
    values.withUnsafeBufferPointer { y in
      scale.withUnsafeBufferPointer { s in
        means.withUnsafeMutableBufferPointer { mu in
          for (c, process) in processes.enumerated() {
            states.append(
              process.filter(
                values: y, scale: s, initialLevel: initialLevel, unseenVariance: unseenVariance, means: mu))
            var common = 0.0
            var poisson = 0.0
            for t in 0..<y.count where !y[t].isNaN {
              common += y[t] > 0 ? y[t] * logarithm(mu[t]) : 0
              poisson -= mu[t]
            }
            for (k, r) in sizes.enumerated() {
              var sum = poisson
              if r.isFinite {
                sum = 0
                for t in 0..<y.count where !y[t].isNaN { sum -= (y[t] + r) * logarithm(mu[t] + r) }
              }
              table[c * sizes.count + k] = common + sum + constants[k]
            }
          }
        }
      }
    }
    return (table, states)
  }

  /// One-step expectations, averaged over processes by weight; processes of weight 0 are skipped.
  func expectations(weights: ArraySlice<Double>) -> [Double] {
    var average = [Double](repeating: 0, count: values.count)
    var means = average
    values.withUnsafeBufferPointer { y in
      scale.withUnsafeBufferPointer { s in
        means.withUnsafeMutableBufferPointer { mu in
          for (process, weight) in zip(LevelProcess.grid, weights) where weight > 0 {
            _ = process.filter(
              values: y, scale: s, initialLevel: initialLevel, unseenVariance: unseenVariance, means: mu)
            for t in 0..<y.count { average[t] += weight * mu[t] }
          }
        }
      }
    }
    return average
  }
}
