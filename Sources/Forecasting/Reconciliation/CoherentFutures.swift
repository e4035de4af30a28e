import NumericCore

/// Joint draws of a whole structure that add up in every draw: the leaves' draws, one path of each put together as one future,
/// and totals that are their sums.
///
/// Every leaf keeps its distribution, whole counts and never negative; what is chosen is which of its paths meet. Put together
/// at random, parts that err together would make totals too certain: of a total the spread of its own forecast says by how much.
/// So each total T brings a shock to all its leaves, of a standard deviation d as a logarithm: with leaf means μ and variances σ²
///
///     var T = Σⱼ σⱼ² + Σ_U d_U² [(Σ_{j ∈ U ∩ T} μⱼ)² - Σ_{j ∈ U ∩ T} μⱼ²]
///
/// over the totals U, and d_T is what is left to bring T to its own spread after the totals before it, parts first. Where own
/// spreads are less than the sum's the sum's stays. A leaf follows its shocks as far as its own spread allows, by the order of its
/// paths (a normal copula by ranks: Iman & Conover 1982, *Communications in Statistics B* 11, 311-334), so that the order that the
/// draws came in, which paths of a measure's areas have in common, counts as its own part.
///
/// Cost: for each leaf a sort of its paths, and for each total a pass over its leaves and their totals.
public struct CoherentFutures: Sendable {
  /// Of each leaf the order of its paths: future `i` takes path `orders[leaf][i]`, a leaf being a position in
  /// ``SummingStructure/leaves``.
  public let orders: [[Int32]]
  /// The shock that each node brings to its leaves, as the standard deviation of a logarithm; 0 of a leaf.
  public let shocks: [Double]

  /// The largest part of a leaf's variance that shocks make up: what is left is its own.
  static let mostShared = 0.9

  /// Puts paths together.
  ///
  /// - Parameters:
  ///   - levels: of each leaf what each path adds up to over the window that matters, such as a year; all of one length.
  ///   - own: of each node the mean and the standard deviation of its own forecast's total over that window; nil for a total
  ///     without one. Of leaves nothing is read.
  ///   - seed: of the shocks; each total has its own stream, named by it.
  /// - Throws: ``ReconciliationError/shape(_:)``.
  public init(
    _ structure: SummingStructure, levels: [[Double]], own: [(mean: Double, deviation: Double)?], seed: UInt64
  ) throws(ReconciliationError) {
    let count = levels.first?.count ?? 0
    guard levels.count == structure.leaves.count, levels.allSatisfy({ $0.count == count }), own.count == structure.count
    else { throw .shape("draws are needed of each leaf, all of one number") }
    let means = levels.map { $0.reduce(0, +) / Double(max(1, count)) }
    let variances = zip(levels, means).map { draws, mean in
      draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, count))
    }
    // As the draws come, the sums' variances.
    var shocks = [Double](repeating: 0, count: structure.count)
    var ofLeaf = [[Int]](repeating: [], count: structure.leaves.count)
    var shared = [Double](repeating: 0, count: structure.count)
    var touched = shared
    var sums = [Double](repeating: 0, count: count)
    for total in structure.totals {
      let leaves = structure.rows[total].map { Int($0) }
      defer { for leaf in leaves { ofLeaf[leaf].append(total) } }
      guard leaves.count > 1, let own = own[total], own.mean > 0, own.deviation.isFinite else { continue }
      for i in 0..<count { sums[i] = 0 }
      for leaf in leaves { for i in 0..<count { sums[i] += levels[leaf][i] } }
      let mean = sums.reduce(0, +) / Double(max(1, count))
      var variance = sums.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, count))
      // What the shocks of totals before it have added.
      var others: [Int] = []
      var squares = 0.0
      for leaf in leaves {
        squares += means[leaf] * means[leaf]
        for other in ofLeaf[leaf] where shocks[other] > 0 {
          if shared[other] == 0 { others.append(other) }
          shared[other] += means[leaf]
          touched[other] += means[leaf] * means[leaf]
        }
      }
      for other in others {
        variance += shocks[other] * shocks[other] * max(0, shared[other] * shared[other] - touched[other])
        (shared[other], touched[other]) = (0, 0)
      }
      let wanted = own.deviation / own.mean * mean
      let room = mean * mean - squares
      if room > 1e-9 * mean * mean, wanted * wanted > variance {
        shocks[total] = ((wanted * wanted - variance) / room).squareRoot()
      }
    }
    self.shocks = shocks
    var scores: [Int: [Double]] = [:]
    for total in structure.totals where shocks[total] > 0 {
      var random = RandomSource(seed: seed, stream: "shock of \(structure.names[total])")
      var shock = SamplePaths.deviates(count)
      shock.shuffle(using: &random)
      scores[total] = shock
    }
    let deviates = SamplePaths.deviates(count)
    // Equal draws in the order that they come.
    let ramp = (0..<count).map { Double($0) / Double(max(1, count)) }
    orders = levels.indices.map { leaf in
      let draws = levels[leaf]
      let own = ofLeaf[leaf].filter { shocks[$0] > 0 }
      let natural = (0..<count).map { Int32($0) }
      guard !own.isEmpty, variances[leaf] > 0 else { return natural }
      // Loadings on the shocks, at most what leaves the leaf a part of its own.
      let loadings = own.map { shocks[$0] * means[leaf] / variances[leaf].squareRoot() }
      let squares = loadings.reduce(0) { $0 + $1 * $1 }
      let scale = squares > CoherentFutures.mostShared ? (CoherentFutures.mostShared / squares).squareRoot() : 1
      let rest = (1 - squares * scale * scale).squareRoot()
      let byDraw = orderByLot(draws, lots: ramp)
      var score = [Double](repeating: 0, count: count)
      for (rank, path) in byDraw.enumerated() { score[path] = rest * deviates[rank] }
      for (total, loading) in zip(own, loadings) {
        guard let shock = scores[total] else { continue }
        for i in 0..<count { score[i] += scale * loading * shock[i] }
      }
      let byScore = orderByLot(score, lots: ramp)
      var order = natural
      for (path, place) in zip(byDraw, byScore) { order[place] = Int32(path) }
      return order
    }
  }
}
