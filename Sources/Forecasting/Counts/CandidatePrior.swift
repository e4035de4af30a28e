import NumericCore

/// Prior weights of the candidates of a model that averages them: a process's weight times a size's (or whatever else says
/// how single periods scatter).
struct CandidatePrior: Sendable {
  /// Weights of the processes, in the order of ``CandidateLikelihoods``; sum to 1.
  var processes: [Double]
  /// Weights of ``LevelProcess/sizes``; sum to 1.
  var sizes = LevelProcess.defaultSizePrior

  /// Series that a broader prior is worth against the series it is refined by.
  static let baseWeight = 4.0

  /// Rounds of EM. Run to convergence it would put nearly all weight on one candidate, which is picking, not averaging;
  /// stopped early it keeps what the data can hardly tell apart.
  static let rounds = 3

  /// Share of the default prior on levels relative to the pool's, where it has one.
  static let pooledShare = 0.4

  /// The default, for series with or without a pool that has a level of its own.
  init(pooled: Bool) {
    let own = LevelProcess.defaultPrior
    let share = pooled ? CandidatePrior.pooledShare : 0
    processes = own.map { $0 * (1 - share) } + (pooled ? own.map { $0 * share } : [])
  }

  /// A prior; both weights sum to 1.
  init(processes: [Double], sizes: [Double]) {
    self.processes = processes
    self.sizes = sizes
  }

  /// Learns the prior that makes a pool's series likely (empirical Bayes, by EM), held to `base` by a Dirichlet prior
  /// worth ``baseWeight`` series. The members, likelihoods process by size, come in a fixed order, on which the last bits
  /// depend.
  init(pool members: [[Double]], base: CandidatePrior) {
    self = base
    guard members.count > 1 else { return }
    let count = sizes.count
    // Of fewer sizes than eight each is taken by itself.
    let wide = count < 8 ? 0 : 8
    for _ in 0..<CandidatePrior.rounds {
      let first = wide == 0 ? .zero : SIMD8(sizes[..<8])
      var processSum = base.processes.map { $0 * CandidatePrior.baseWeight }
      var sizeSum = base.sizes.map { $0 * CandidatePrior.baseWeight }
      for member in members {
        // Sums over sizes and over processes of prior x likelihood, which is posterior but for a factor: eight sizes side by
        // side, and the rest one by one.
        var rows = processes
        var columns = [Double](repeating: 0, count: count)
        var total = 0.0
        var firstColumns = SIMD8<Double>.zero
        member.withUnsafeBytes { cells in
          for c in rows.indices {
            let start = c * count * MemoryLayout<Double>.stride
            var row = 0.0
            if wide > 0 {
              let eight = cells.loadUnaligned(fromByteOffset: start, as: SIMD8<Double>.self) * first
              row = eight.sum()
              firstColumns += eight * processes[c]
            }
            for k in wide..<count {
              let cell =
                cells.loadUnaligned(fromByteOffset: start + k * MemoryLayout<Double>.stride, as: Double.self) * sizes[k]
              row += cell
              columns[k] += cell * processes[c]
            }
            rows[c] *= row
            total += rows[c]
          }
        }
        for k in 0..<wide { columns[k] = firstColumns[k] }
        for c in rows.indices { processSum[c] += rows[c] / total }
        for k in 0..<count { sizeSum[k] += columns[k] / total }
      }
      let total = Double(members.count) + CandidatePrior.baseWeight
      processes = processSum.map { $0 / total }
      sizes = sizeSum.map { $0 / total }
    }
  }

  /// Posterior weights of the candidates, in the order of the likelihoods; sum to 1.
  func posterior(_ likelihoods: [Double]) -> [Double] {
    var cells = likelihoods
    var total = 0.0
    for c in processes.indices {
      for k in sizes.indices {
        let i = c * sizes.count + k
        cells[i] *= processes[c] * sizes[k]
        total += cells[i]
      }
    }
    let scale = 1 / total
    for i in cells.indices { cells[i] *= scale }
    return cells
  }
}
