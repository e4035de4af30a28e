import NumericCore

/// Prior weights of the candidates: a process's weight times a size's.
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

  /// Learns the prior that makes a pool's series likely (empirical Bayes, by EM), held to `base` by a Dirichlet prior
  /// worth ``baseWeight`` series. The members come in a fixed order, on which the last bits depend.
  init(pool members: [CandidateLikelihoods], base: CandidatePrior) {
    self = base
    guard members.count > 1 else { return }
    for _ in 0..<CandidatePrior.rounds {
      var processSum = base.processes.map { $0 * CandidatePrior.baseWeight }
      var sizeSum = base.sizes.map { $0 * CandidatePrior.baseWeight }
      for member in members {
        let cells = posterior(member)
        for c in processes.indices {
          for k in sizes.indices {
            processSum[c] += cells[c * sizes.count + k]
            sizeSum[k] += cells[c * sizes.count + k]
          }
        }
      }
      let total = Double(members.count) + CandidatePrior.baseWeight
      processes = processSum.map { $0 / total }
      sizes = sizeSum.map { $0 / total }
    }
  }

  /// Posterior weights of the candidates, in the order of the likelihoods; sum to 1.
  func posterior(_ likelihoods: CandidateLikelihoods) -> [Double] {
    var cells = likelihoods.likelihood
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
