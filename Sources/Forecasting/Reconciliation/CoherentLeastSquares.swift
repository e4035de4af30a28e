import NumericCore

/// The coherent forecasts nearest to given ones, in the metric of their error covariance W.
///
/// Of every total the constraint is that it less its parts is 0: C y = 0 with a sparse C, a row a total. Then
///
///     ỹ = ŷ - W C' (C W C')⁻¹ C ŷ
///
/// (the projection of Wickramasuriya, Athanasopoulos & Hyndman 2019, section 2.4). With W = D + F F' the matrix in the middle is
/// the sparse C D C' and a product of low rank: the one is factored sparsely (``NumericCore/SparseCholesky``), the other enters
/// by the formula of Woodbury (1950). No matrix of nodes by nodes is made.
///
/// Leaves may be held at 0, which adds rows to C; so forecasts are kept from being negative (``nonNegative(_:limit:)``).
struct CoherentLeastSquares: Sendable {
  private let structure: SummingStructure
  private let covariance: ErrorCovariance
  /// Rows of C: of each the nodes with their signs.
  private let constraints: [[(node: Int, sign: Double)]]

  /// - Parameter hasForecast: whether each node has a forecast of its own. A total without one has no say: the totals that
  ///   it is part of are compared with its parts.
  init(_ structure: SummingStructure, _ covariance: ErrorCovariance, hasForecast: [Bool]) {
    self.structure = structure
    self.covariance = covariance
    var expanded = [[Int]](repeating: [], count: structure.count)
    for leaf in structure.leaves { expanded[leaf] = [leaf] }
    var constraints: [[(node: Int, sign: Double)]] = []
    for total in structure.totals {
      let parts = structure.parts[total].flatMap { expanded[$0] }
      expanded[total] = hasForecast[total] ? [total] : parts
      if hasForecast[total] { constraints.append([(total, 1)] + parts.map { ($0, -1) }) }
    }
    self.constraints = constraints
  }

  /// The equations C W C' with some leaves held at 0, factored.
  struct Equations {
    fileprivate let rows: [[(node: Int, sign: Double)]]
    fileprivate let sparse: SparseCholesky
    /// K⁻¹ C F, and I + (C F)' K⁻¹ C F.
    fileprivate let solved: [Double]
    fileprivate let small: Cholesky?
  }

  func equations(holding held: [Int] = []) throws(ReconciliationError) -> Equations {
    let rows = constraints + held.map { [($0, 1.0)] }
    var uses = [[(row: Int, sign: Double)]](repeating: [], count: structure.count)
    for (row, members) in rows.enumerated() { for (node, sign) in members { uses[node].append((row, sign)) } }
    let rank = covariance.rank
    do throws(LinearAlgebraError) {
      var matrix = try SparseSymmetric(order: rows.count)
      for (node, own) in uses.enumerated() {
        for (place, a) in own.enumerated() {
          for b in own[place...] { matrix.add(covariance.diagonal[node] * a.sign * b.sign, at: a.row, b.row) }
        }
      }
      let sparse = try SparseCholesky(matrix)
      guard rank > 0, !rows.isEmpty else { return Equations(rows: rows, sparse: sparse, solved: [], small: nil) }
      var product = [Double](repeating: 0, count: rows.count * rank)
      product.withUnsafeMutableBufferPointer { product in
        covariance.factor.withUnsafeBufferPointer { factor in
          for (row, members) in rows.enumerated() {
            for (node, sign) in members {
              for k in 0..<rank { product[row * rank + k] += sign * factor[node * rank + k] }
            }
          }
        }
      }
      var solved = product
      try sparse.solve(&solved, width: rank)
      var small = try symmetricProduct(product, solved, rows: rows.count, width: rank)
      for k in 0..<rank { small[k, k] += 1 }
      return Equations(rows: rows, sparse: sparse, solved: solved, small: try Cholesky(small))
    } catch {
      if case .notPositiveDefinite(let order) = error, rows.indices.contains(order - 1),
        let node = rows[order - 1].first?.node
      {
        throw .singular("the errors of \"\(structure.names[node])\" and its parts have no variance")
      }
      throw .singular(error.description)
    }
  }

  /// The coherent values of one step, and the multiplier of each row.
  func project(_ base: [Double], _ equations: Equations) throws(ReconciliationError) -> (
    values: [Double], multipliers: [Double]
  ) {
    let rows = equations.rows
    var multipliers = rows.map { members in
      members.reduce(0) { $1.sign > 0 ? $0 + base[$1.node] : $0 - base[$1.node] }
    }
    let gap = multipliers
    let rank = covariance.rank
    do throws(LinearAlgebraError) {
      try equations.sparse.solve(&multipliers, width: 1)
      if let small = equations.small {
        let inner = try small.solve(sumOfRows(equations.solved, weights: gap, width: rank))
        let moved = productOfRows(equations.solved, inner)
        for row in rows.indices { multipliers[row] -= moved[row] }
      }
    } catch {
      throw .singular(error.description)
    }
    var pull = [Double](repeating: 0, count: structure.count)
    for (row, members) in rows.enumerated() { for (node, sign) in members { pull[node] += sign * multipliers[row] } }
    let shared = productOfRows(covariance.factor, sumOfRows(covariance.factor, weights: pull, width: rank))
    var values = base
    for leaf in structure.leaves {
      values[leaf] -= covariance.diagonal[leaf] * pull[leaf] + (rank > 0 ? shared[leaf] : 0)
    }
    // To the last digit the sum of its parts, which a total is by these equations but for rounding.
    structure.addUp(&values)
    return (values, multipliers)
  }

  /// The nearest coherent values none of which is negative (Wickramasuriya, Turlach & Hyndman 2020, *Statistics and Computing*
  /// 30, 1167-1182), by block principal pivoting (Júdice & Pires 1994, *Computers & Operations Research* 21, 587-596): leaves that would
  /// be negative are held at 0, those that would rise from 0 let go, all at once while their number falls, else the last one.
  ///
  /// - Parameter limit: most rounds, after which what is negative is set to 0 as it stands.
  func nonNegative(_ base: [Double], _ free: Equations, limit: Int = 200) throws(ReconciliationError) -> [Double] {
    let scale = base.reduce(1e-300) { max($0, $1.magnitude) }
    let tolerance = 1e-10 * scale
    var values = try project(base, free).values
    var held: [Int] = []
    var fewest = Int.max
    var patience = 3
    for _ in 0..<limit {
      let isHeld = Set(held)
      var multipliers: ArraySlice<Double> = []
      if !held.isEmpty {
        let solution = try project(base, equations(holding: held))
        values = solution.values
        multipliers = solution.multipliers.suffix(held.count)
      }
      // A multiplier has the unit of a forecast over a variance.
      let below = structure.leaves.filter { !isHeld.contains($0) && values[$0] < -tolerance }
      let rising = zip(held, multipliers).filter {
        $1 * (covariance.diagonal[$0] + ErrorCovariance.leastVariance) > tolerance
      }.map(\.0)
      let wrong = (below + rising).sorted()
      guard let last = wrong.last else { break }
      var moving = Set(wrong)
      if wrong.count < fewest {
        fewest = wrong.count
        patience = 3
      } else if patience > 0 {
        patience -= 1
      } else {
        moving = [last]
      }
      held = (held.filter { !moving.contains($0) } + below.filter(moving.contains)).sorted()
    }
    for leaf in structure.leaves where values[leaf] < 0 || held.contains(leaf) { values[leaf] = 0 }
    structure.addUp(&values)
    return values
  }
}
