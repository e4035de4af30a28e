import NumericCore

/// Prior weights of the candidates: a process's weight times a size's.
struct CandidatePrior: Sendable {
  /// Weights of the processes, in the order of ``CandidateLikelihoods``; sum to 1.
  var processes: [Double]
  /// Weights of ``LevelProcess/sizes``; sum to 1.
  var sizes = LevelProcess.defaultSizePrior

  /// Series that the default prior is worth against a pool's own.
  static let defaultWeight = 4.0

  /// Share of the default prior on levels relative to the pool's, where it has one.
  static let pooledShare = 0.4

  /// The default, for series with or without a pool that has a level of its own.
  init(pooled: Bool) {
    let own = LevelProcess.defaultPrior
    let share = pooled ? CandidatePrior.pooledShare : 0
    processes = own.map { $0 * (1 - share) } + (pooled ? own.map { $0 * share } : [])
  }

  /// Learns the prior that makes a pool's series likely (empirical Bayes, by EM), held to the default by a Dirichlet
  /// prior worth ``defaultWeight`` series. The members come in a fixed order, on which the last bits depend.
  init(pool members: [CandidateLikelihoods]) {
    self.init(pooled: members.contains { $0.states.count > LevelProcess.grid.count })
    guard members.count > 1 else { return }
    let defaults = processes
    for _ in 0..<12 {
      var processSum = defaults.map { $0 * CandidatePrior.defaultWeight }
      var sizeSum = LevelProcess.defaultSizePrior.map { $0 * CandidatePrior.defaultWeight }
      for member in members {
        let cells = posterior(member)
        for c in processes.indices {
          for k in sizes.indices {
            processSum[c] += cells[c * sizes.count + k]
            sizeSum[k] += cells[c * sizes.count + k]
          }
        }
      }
      let total = Double(members.count) + CandidatePrior.defaultWeight
      processes = processSum.map { $0 / total }
      sizes = sizeSum.map { $0 / total }
    }
  }

  /// Posterior weights of the candidates, in the order of the likelihoods; sum to 1.
  func posterior(_ likelihoods: CandidateLikelihoods) -> [Double] {
    var cells = likelihoods.logLikelihood
    var total = 0.0
    for c in processes.indices {
      for k in sizes.indices {
        let i = c * sizes.count + k
        cells[i] = cells[i] < -60 ? 0 : exponential(cells[i]) * processes[c] * sizes[k]
        total += cells[i]
      }
    }
    for i in cells.indices { cells[i] /= total }
    return cells
  }
}
