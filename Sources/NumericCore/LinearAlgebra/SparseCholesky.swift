/// The factor of a sparse symmetric positive definite matrix: A = L D L', rows eliminated in the order of fewest neighbours
/// (minimum degree: Tinney & Walker 1967, *Proceedings of the IEEE* 55, 1801-1809; George & Liu 1989, *SIAM Review* 31, 1-19),
/// until what is left is full, which LAPACK factors as one block.
///
/// A tree fills in nothing. Where a few rows cross many, as totals of measures cross areas, the many go first and leave a
/// small block. The same input gives the same bits: ties go to the smaller index.
///
/// Cost: about the elements of L times the neighbours of a row; memory the elements of L.
public struct SparseCholesky: Sendable {
  /// Order of the matrix.
  public let order: Int
  /// Eliminated rows in turn, each with its column of L below it.
  private var pivots: [Int32] = []
  private var columns: [SparseRow] = []
  private var reciprocals: [Double] = []
  /// Rows that were left, rising, and the factor of their block.
  private var rest: [Int] = []
  private var block: Cholesky?

  /// A pivot is taken for zero when it is this part of the row's own diagonal: what is left then is rounding.
  private static let smallest = 1e-13

  /// Factors a matrix.
  ///
  /// - Throws: ``LinearAlgebraError/notPositiveDefinite(order:)`` with the number (from 1) of a row that hangs on others or
  ///   has no positive diagonal, ``LinearAlgebraError/notFinite``.
  public init(_ matrix: SparseSymmetric) throws(LinearAlgebraError) {
    order = matrix.order
    var rows = matrix.rows()
    var diagonal = matrix.diagonal
    guard diagonal.allSatisfy(\.isFinite), rows.allSatisfy({ $0.values.allSatisfy(\.isFinite) }) else {
      throw .notFinite
    }
    var queue = DegreeQueue(rows.map(\.columns.count))
    while let pivot = queue.next() {
      let row = rows[pivot]
      if row.columns.count + 1 == queue.count && queue.count > 2 {
        rest = queue.members()
        break
      }
      queue.remove(pivot)
      guard diagonal[pivot] > SparseCholesky.smallest * matrix.diagonal[pivot] else {
        throw .notPositiveDefinite(order: pivot + 1)
      }
      let reciprocal = 1 / diagonal[pivot]
      rows[pivot] = SparseRow()
      for (place, column) in row.columns.enumerated() {
        let i = Int(column)
        let factor = row.values[place] * reciprocal
        diagonal[i] -= factor * row.values[place]
        rows[i].subtract(factor, times: row, pivot: Int32(pivot), own: column)
        queue.move(i, to: rows[i].columns.count)
      }
      pivots.append(Int32(pivot))
      reciprocals.append(reciprocal)
      columns.append(SparseRow(columns: row.columns, values: row.values.map { $0 * reciprocal }))
    }
    guard !rest.isEmpty else { return }
    var full = try Matrix(rows: rest.count, columns: rest.count)
    var places = [Int](repeating: 0, count: order)
    for (place, i) in rest.enumerated() { places[i] = place }
    for (place, i) in rest.enumerated() {
      guard diagonal[i] > SparseCholesky.smallest * matrix.diagonal[i] else { throw .notPositiveDefinite(order: i + 1) }
      full[place, place] = diagonal[i]
      for (column, value) in zip(rows[i].columns, rows[i].values) { full[places[Int(column)], place] = value }
    }
    do {
      block = try Cholesky(full)
    } catch {
      if case .notPositiveDefinite(let minor) = error { throw .notPositiveDefinite(order: rest[minor - 1] + 1) }
      throw error
    }
  }

  /// Solves A X = B in place for `width` right-hand sides.
  ///
  /// - Parameter right: row-major: element (i, k) of B is `right[i * width + k]`; `order * width` of them.
  public func solve(_ right: inout [Double], width: Int) throws(LinearAlgebraError) {
    guard right.count == order * width, width >= 0 else {
      throw .shape("\(right.count) elements are not \(width) right-hand sides of order \(order)")
    }
    guard width > 0, order > 0 else { return }
    right.withUnsafeMutableBufferPointer { b in
      guard let b = b.baseAddress else { return }
      for (k, pivot) in pivots.enumerated() {
        let from = b + Int(pivot) * width
        let column = columns[k]
        for (i, factor) in zip(column.columns, column.values) {
          let to = b + Int(i) * width
          for c in 0..<width { to[c] -= factor * from[c] }
        }
      }
    }
    if let block {
      var part = try Matrix(rows: rest.count, columns: width)
      for (place, i) in rest.enumerated() {
        for c in 0..<width { part.elements[place + c * rest.count] = right[i * width + c] }
      }
      let solved = try block.solve(part)
      for (place, i) in rest.enumerated() {
        for c in 0..<width { right[i * width + c] = solved.elements[place + c * rest.count] }
      }
    }
    right.withUnsafeMutableBufferPointer { b in
      guard let b = b.baseAddress else { return }
      for k in pivots.indices.reversed() {
        let to = b + Int(pivots[k]) * width
        let column = columns[k]
        for c in 0..<width { to[c] *= reciprocals[k] }
        for (i, factor) in zip(column.columns, column.values) {
          let from = b + Int(i) * width
          for c in 0..<width { to[c] -= factor * from[c] }
        }
      }
    }
  }

  /// Elements of L off the diagonal, those of the full block among them.
  public var fill: Int { columns.reduce(rest.count * max(0, rest.count - 1) / 2) { $0 + $1.columns.count } }
}

extension SparseRow {
  /// This row less a multiple of another, without the column of the pivot and without its own, which is the diagonal's.
  fileprivate mutating func subtract(_ factor: Double, times other: SparseRow, pivot: Int32, own: Int32) {
    var merged = SparseRow()
    merged.columns.reserveCapacity(columns.count + other.columns.count)
    merged.values.reserveCapacity(columns.count + other.columns.count)
    var (a, b) = (0, 0)
    while a < columns.count || b < other.columns.count {
      let left = a < columns.count ? columns[a] : Int32.max
      let right = b < other.columns.count ? other.columns[b] : Int32.max
      let column = min(left, right)
      var value = 0.0
      if left == column {
        value = values[a]
        a += 1
      }
      if right == column {
        value -= factor * other.values[b]
        b += 1
      }
      guard column != pivot, column != own else { continue }
      merged.columns.append(column)
      merged.values.append(value)
    }
    self = merged
  }
}

/// Rows by their number of neighbours, linked within each number; of equals the one that came last goes first.
private struct DegreeQueue {
  private(set) var count: Int
  private var degrees: [Int]
  private var heads: [Int]
  private var following: [Int]
  private var previous: [Int]
  private var lowest = 0
  private var isGone: [Bool]

  init(_ degrees: [Int]) {
    self.degrees = degrees
    count = degrees.count
    heads = [Int](repeating: -1, count: degrees.count + 1)
    following = [Int](repeating: -1, count: degrees.count)
    previous = following
    isGone = [Bool](repeating: false, count: degrees.count)
    for i in degrees.indices.reversed() { link(i) }
  }

  private mutating func link(_ i: Int) {
    let degree = degrees[i]
    following[i] = heads[degree]
    previous[i] = -1
    if heads[degree] >= 0 { previous[heads[degree]] = i }
    heads[degree] = i
    lowest = min(lowest, degree)
  }

  private mutating func unlink(_ i: Int) {
    if previous[i] >= 0 { following[previous[i]] = following[i] } else { heads[degrees[i]] = following[i] }
    if following[i] >= 0 { previous[following[i]] = previous[i] }
  }

  /// A row with fewest neighbours; nil when none is left.
  mutating func next() -> Int? {
    guard count > 0 else { return nil }
    while heads[lowest] < 0 { lowest += 1 }
    return heads[lowest]
  }

  mutating func remove(_ i: Int) {
    unlink(i)
    isGone[i] = true
    count -= 1
  }

  mutating func move(_ i: Int, to degree: Int) {
    unlink(i)
    degrees[i] = degree
    link(i)
  }

  /// The rows left, rising.
  func members() -> [Int] { isGone.indices.filter { !isGone[$0] } }
}
