import NumericCore

/// A round of the EM that ``CandidatePrior`` is learnt by: posterior weights of processes and of sizes, summed over the
/// series of a pool or of one of its bands.
struct CandidateWeights: PoolStatistic {
  /// A series: its band of size, and the likelihoods of its candidates, process by size.
  typealias Member = (band: Int, likelihood: [Double])

  /// The prior as the rounds before have left it.
  let prior: CandidatePrior
  /// The band whose series count; nil for all.
  let band: Int?
  private var members = 0
  /// Weights of the processes, then of the sizes.
  private var sums: ExactSums

  init(prior: CandidatePrior, band: Int? = nil) {
    self.prior = prior
    self.band = band
    sums = ExactSums(count: prior.processes.count + prior.sizes.count)
  }

  mutating func add(_ member: Member) {
    if let band, member.band != band { return }
    let sizes = prior.sizes
    let count = sizes.count
    // Of fewer sizes than eight each is taken by itself.
    let wide = count < 8 ? 0 : 8
    let first = wide == 0 ? .zero : SIMD8(sizes[..<8])
    // Sums over sizes and over processes of prior x likelihood, which is posterior but for a factor: eight sizes side by
    // side, and the rest one by one.
    var weights = prior.processes + [Double](repeating: 0, count: count)
    let processes = prior.processes.count
    var total = 0.0
    var firstColumns = SIMD8<Double>.zero
    member.likelihood.withUnsafeBytes { cells in
      for c in 0..<processes {
        let weight = weights[c]
        let start = c * count * MemoryLayout<Double>.stride
        var row = 0.0
        if wide > 0 {
          let eight = cells.loadUnaligned(fromByteOffset: start, as: SIMD8<Double>.self) * first
          row = eight.sum()
          firstColumns += eight * weight
        }
        for k in wide..<count {
          let cell =
            cells.loadUnaligned(fromByteOffset: start + k * MemoryLayout<Double>.stride, as: Double.self) * sizes[k]
          row += cell
          weights[processes + k] += cell * weight
        }
        weights[c] *= row
        total += weights[c]
      }
    }
    for k in 0..<wide { weights[processes + k] = firstColumns[k] }
    for i in weights.indices { weights[i] /= total }
    sums.add(weights)
    members += 1
  }

  mutating func combine(with other: CandidateWeights) {
    members += other.members
    sums.add(other.sums)
  }

  func finished() -> (members: Int, processes: [Double], sizes: [Double]) {
    let totals = sums.values
    let processes = prior.processes.count
    return (members, Array(totals[..<processes]), Array(totals[processes...]))
  }
}
