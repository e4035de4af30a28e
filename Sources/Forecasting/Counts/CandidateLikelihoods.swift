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
    var best = -Double.infinity
    var table: [Double] = []
    table.reserveCapacity(2 * LevelProcess.grid.count * LevelProcess.sizes.count)
    states = own.likelihoods(sums, into: &table, best: &best)
    if let pooled { states += pooled.likelihoods(sums, into: &table, best: &best) }
    if best == -.infinity { best = 0 }
    likelihood = table.map { $0 - best > -CandidateLikelihoods.negligible ? exponential($0 - best) : 0 }
  }

  /// A log-likelihood so far below the best counts as none: e^-30 is 1e-13.
  static let negligible = 30.0
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

  /// Evaluates the grid: appends log-likelihoods but for a constant of the series, process by size, and returns the
  /// states the processes end in.
  ///
  /// Sizes are walked outwards from what was best for the processes before, as far as likelihoods rise or are not yet
  /// ``CandidateLikelihoods/negligible``; those beyond are minus infinity.
  ///
  /// - Parameter best: the largest log-likelihood so far.
  func likelihoods(_ sums: CountLogSums, into table: inout [Double], best: inout Double) -> [LevelState] {
    let sizes = LevelProcess.sizes
    let finite = sizes.count - 1
    var rows = [SIMD4<Double>](repeating: .zero, count: sizes.count)
    var middle = finite / 2
    let (found, means) = run()
    defer { means.deallocate() }
    for group in 0..<LevelLanes.groups {
      let means = UnsafePointer(means + group * values.count)
      for k in rows.indices { rows[k] = SIMD4(repeating: -.infinity) }
      // A size of 0 gives sum y log mu, which all sizes have in common.
      let (common, start) = sums.sums(means, sizes: (0, sizes[middle]), reach: found.reach)
      rows[finite] = common - sums.sumOfMeans(means)
      rows[middle] = common + sums.constants[middle] - start
      var (low, high) = (middle, middle)
      best = max(best, rows[finite].max(), rows[middle].max())
      while true {
        let least = best - CandidateLikelihoods.negligible
        let down = low > 0 && (low == middle || rows[low].max() > least || any(rows[low] .> rows[low + 1]))
        let up =
          high < finite - 1 && (high == middle || rows[high].max() > least || any(rows[high] .> rows[high - 1]))
        guard down || up else { break }
        let a = down ? low - 1 : high + 1
        let b = up ? (down ? high + 1 : min(high + 2, finite - 1)) : max(low - 2, 0)
        let (first, second) = sums.sums(means, sizes: (sizes[a], sizes[b]), reach: found.reach)
        rows[a] = common + sums.constants[a] - first
        rows[b] = common + sums.constants[b] - second
        (low, high) = (min(low, a, b), max(high, a, b))
        best = max(best, rows[a].max(), rows[b].max())
      }
      for i in 0..<4 { for k in rows.indices { table.append(rows[k][i]) } }
      middle = (0..<finite).max { rows[$0].max() < rows[$1].max() } ?? middle
    }
    return found.states
  }

  /// One-step expectations, averaged over processes by weight.
  func expectations(weights: ArraySlice<Double>) -> [Double] {
    var average = [Double](repeating: 0, count: values.count)
    let (_, means) = run()
    defer { means.deallocate() }
    for (i, weight) in weights.enumerated() where weight > 0 {
      for t in average.indices { average[t] += weight * means[i / 4 * average.count + t][i % 4] }
    }
    return average
  }

  /// Runs the grid; expected counts are four processes to a group, group after group, to be deallocated.
  private func run() -> (LevelLanes.Run, UnsafeMutablePointer<SIMD4<Double>>) {
    let means = UnsafeMutablePointer<SIMD4<Double>>.allocate(capacity: max(1, LevelLanes.groups * values.count))
    let run = values.withUnsafeBufferPointer { y in
      scale.withUnsafeBufferPointer { s in
        LevelLanes.filter(
          values: y, scale: s, initialLevel: initialLevel, unseenVariance: unseenVariance, means: means)
      }
    }
    return (run, means)
  }
}
