import NumericCore

/// Prior weights of the candidates of a model that averages them: a process's weight times a size's (or whatever else says
/// how single periods scatter).
struct CandidatePrior: Codable, Sendable {
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
  /// worth ``baseWeight`` series.
  ///
  /// - Parameter band: the band of size whose series are learnt from; nil for all.
  init(pool members: some PoolMembers<CandidateWeights.Member>, band: Int? = nil, base: CandidatePrior) {
    self = base
    for _ in 0..<CandidatePrior.rounds {
      let sums = members.gather(CandidateWeights(prior: self, band: band)).finished()
      guard sums.members > 1 else { return }
      let total = Double(sums.members) + CandidatePrior.baseWeight
      processes = zip(base.processes, sums.processes).map { ($0 * CandidatePrior.baseWeight + $1) / total }
      sizes = zip(base.sizes, sums.sizes).map { ($0 * CandidatePrior.baseWeight + $1) / total }
    }
  }

  /// The priors of a pool's bands of size: small counts say little of how levels move and would drown large ones that
  /// do, so each band refines the prior of the whole pool, which refines `base`.
  static func banded(
    _ members: some PoolMembers<CandidateWeights.Member>, bands: Int, base: CandidatePrior
  ) -> [CandidatePrior] {
    let whole = CandidatePrior(pool: members, base: base)
    return (0..<bands).map { CandidatePrior(pool: members, band: $0, base: whole) }
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
