import NumericCore

/// Likelihoods of every candidate (level process x size) for one series, and the state each process ends in.
struct CandidateLikelihoods: Sendable {
  /// Row-major: process, then size; relative to the largest. The processes of ``LevelProcess/grid`` on the series' own
  /// level, then, in a pool that has a level of its own, the same relative to that.
  var likelihood: [Double]
  /// One a process.
  var states: [LevelState]

  /// Evaluates the candidates.
  ///
  /// Sizes are walked outwards from what was best for the processes before, as far as likelihoods rise or are not yet
  /// ``negligible``; those beyond count as none.
  init(own: FilterInput, pooled: FilterInput?) {
    let run = CandidateRun(own: own, pooled: pooled)
    let counts = CountLogSums(own.values)
    let sizes = LevelProcess.sizes.count
    let poisson = sizes - 1
    var table = [Double](repeating: -.infinity, count: run.states.count * sizes)
    var rows = [SIMD8<Double>](repeating: .zero, count: sizes)
    var (middle, best) = (poisson / 2, -Double.infinity)
    for (block, processes) in run.blocks.enumerated() {
      for k in rows.indices { rows[k] = SIMD8(repeating: -.infinity) }
      var walk = SizeWalk(around: middle)
      // A size of 0 gives sum y log mu, which all sizes have in common.
      var wanted = walk.sizes
      wanted[0] = 0
      var four = run.logSums(block, counts, sizes: wanted)
      let common = four[0]
      rows[poisson] = common - run.sums[block]
      best = max(best, rows[poisson].max())
      var new = 1..<4
      while !new.isEmpty {
        for i in new {
          let k = walk.indices[i]
          rows[k] = common + counts.constants[k] - four[i]
          best = max(best, rows[k].max())
        }
        new = walk.advance(rows, least: best - CandidateLikelihoods.negligible)
        if !new.isEmpty { four = run.logSums(block, counts, sizes: walk.sizes) }
      }
      for lane in 0..<8 {
        guard let process = processes[lane] else { continue }
        for k in rows.indices { table[process * sizes + k] = rows[k][lane] }
      }
      middle = walk.evaluated.max { rows[$0].max() < rows[$1].max() } ?? middle
    }
    if best == -.infinity { best = 0 }
    states = run.states
    likelihood = table.map { $0 - best > -CandidateLikelihoods.negligible ? exponential($0 - best) : 0 }
  }

  /// A log-likelihood so far below the best counts as none: e^-30 is 1e-13.
  static let negligible = 30.0
}
