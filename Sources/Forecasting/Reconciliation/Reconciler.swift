/// Brings the forecasts of parts and totals to add up, by one method over one structure.
///
/// ```swift
/// let structure = try SummingStructure(names: ["All", "A", "B"], sums: [(total: 0, parts: [1, 2])])
/// let reconciler = try Reconciler(structure, .mint, residuals: residuals)
/// try reconciler.reconcile([[10.5], [4], [7]], nonNegative: true)
/// ```
///
/// Whatever the method every total of the result is the sum of its parts as floating-point numbers are added, part after part.
public struct Reconciler: Sendable {
  /// The structure.
  public let structure: SummingStructure
  /// The method.
  public let method: ReconciliationMethod
  /// What weights the errors, for a method that weighs them.
  public let covariance: ErrorCovariance?
  /// Nodes whose forecasts are kept and split, each with the shares of its leaves.
  private let split: [(node: Int, shares: [Double])]

  /// A reconciler.
  ///
  /// - Parameters:
  ///   - residuals: past observations less their one-step forecasts, one row a node, all of one length, NaN where missing: for
  ///     ``ReconciliationMethod/wlsVar`` and ``ReconciliationMethod/mint``. A node without any is weighted as the median node.
  ///   - history: past observations likewise, for methods that split totals by past shares.
  ///   - middle: the level whose forecasts ``ReconciliationMethod/middleOut`` keeps.
  /// - Throws: ``ReconciliationError``.
  public init(
    _ structure: SummingStructure, _ method: ReconciliationMethod, residuals: [[Double]] = [], history: [[Double]] = [],
    middle: String? = nil
  ) throws(ReconciliationError) {
    self.structure = structure
    self.method = method
    if method.needsResiduals {
      guard !residuals.isEmpty || structure.count == 0 else { throw .noResiduals }
      guard residuals.count == structure.count else {
        throw .shape("\(residuals.count) rows of errors are not \(structure.count) nodes'")
      }
    }
    covariance =
      switch method {
      case .bottomUp, .topDown, .middleOut: nil
      case .ols: ErrorCovariance(variances: structure.names.map { _ in 1 })
      case .wlsStruct: ErrorCovariance(variances: structure.rows.map { Double($0.count) })
      case .wlsVar: try ErrorCovariance(meanSquaresOf: residuals)
      case .mint: try ErrorCovariance(shrunk: residuals)
      }
    guard method.splits else {
      split = []
      return
    }
    let nodes: [Int]
    if method == .topDown {
      nodes = structure.tops
      guard structure.partitionsLeaves(nodes) else { throw .noSplit("the totals at the top") }
    } else {
      guard let middle, structure.levels.contains(middle) else {
        throw .shape("the level whose forecasts are kept is one of: \(structure.levelNames.joined(separator: ", "))")
      }
      nodes = structure.names.indices.filter { structure.levels[$0] == middle }
      guard structure.partitionsLeaves(nodes) else { throw .noSplit("the nodes of level \"\(middle)\"") }
    }
    guard history.count == structure.count else {
      throw .shape("\(history.count) histories are not \(structure.count) nodes'")
    }
    var split: [(node: Int, shares: [Double])] = []
    for node in nodes {
      split.append((node, try Reconciler.shares(of: node, structure, history)))
    }
    self.split = split
  }

  /// A reconciler that weighs the nodes' errors by given variances, one a node; what is not above 0 is taken for next to nothing.
  ///
  /// - Throws: ``ReconciliationError/shape(_:)``.
  public init(_ structure: SummingStructure, variances: [Double]) throws(ReconciliationError) {
    guard variances.count == structure.count, variances.allSatisfy(\.isFinite) else {
      throw .shape("a variance is needed of each node")
    }
    self.structure = structure
    method = .wlsVar
    covariance = ErrorCovariance(variances: variances.map { max($0, ErrorCovariance.leastVariance) })
    split = []
  }

  /// A node's leaves' shares of it, each averaged over the periods in which the node was above 0 and the leaf known. Ragged
  /// histories may average to shares that do not sum to 1: they are scaled to.
  private static func shares(
    of node: Int, _ structure: SummingStructure, _ history: [[Double]]
  ) throws(ReconciliationError) -> [Double] {
    let total = history[node]
    if structure.rows[node].count == 1 { return [1] }
    let averages = structure.rows[node].map { column -> Double in
      let own = history[structure.leaves[Int(column)]]
      var (sum, count) = (0.0, 0)
      for t in 0..<min(own.count, total.count) where total[t] > 0 && own[t].isFinite {
        sum += own[t] / total[t]
        count += 1
      }
      return count > 0 ? sum / Double(count) : 0
    }
    let sum = averages.reduce(0, +)
    guard sum > 0, sum.isFinite else { throw .noProportions(structure.names[node]) }
    return averages.map { $0 / sum }
  }

  /// Coherent forecasts.
  ///
  /// - Parameters:
  ///   - base: each node's own forecast, one row a node, one value a step. A total may lack one (NaN): it then has no say and
  ///     is the sum of its parts. A leaf may not.
  ///   - nonNegative: whether no value may be below 0; of weighted methods the nearest such values, of others what the own
  ///     forecasts are.
  /// - Returns: one row a node, one value a step.
  /// - Throws: ``ReconciliationError/noForecast(_:)`` for a leaf, or a total that is to be split, without one;
  ///   ``ReconciliationError/shape(_:)``, ``ReconciliationError/singular(_:)``.
  public func reconcile(_ base: [[Double]], nonNegative: Bool = false) throws(ReconciliationError) -> [[Double]] {
    let steps = base.first?.count ?? 0
    guard base.count == structure.count, base.allSatisfy({ $0.count == steps }) else {
      throw .shape("forecasts are one row a node, \(structure.count), and one value a step")
    }
    let needed = method.splits ? split.map(\.node) : structure.leaves
    if let lacking = needed.first(where: { !base[$0].allSatisfy(\.isFinite) }) {
      throw .noForecast(structure.names[lacking])
    }
    var result = base
    func put(_ values: [Double], _ step: Int) { for node in result.indices { result[node][step] = values[node] } }
    guard let covariance else {
      for step in 0..<steps {
        var values = base.map { $0[step] }
        for (node, shares) in split {
          for (column, share) in zip(structure.rows[node], shares) {
            values[structure.leaves[Int(column)]] = base[node][step] * share
          }
        }
        if nonNegative { for leaf in structure.leaves { values[leaf] = max(0, values[leaf]) } }
        structure.addUp(&values)
        put(values, step)
      }
      return result
    }
    let squares = CoherentLeastSquares(structure, covariance, hasForecast: base.map { $0.allSatisfy(\.isFinite) })
    let equations = try squares.equations()
    for step in 0..<steps {
      let own = base.map { $0[step].isFinite ? $0[step] : 0 }
      put(
        nonNegative ? try squares.nonNegative(own, equations) : try squares.project(own, equations).values, step)
    }
    return result
  }
}
