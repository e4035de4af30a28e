import CLAPACK

/// The Cholesky factor of a symmetric positive definite matrix: A = L L', by LAPACK's `dpotrf`.
public struct Cholesky: Sendable {
  /// The lower triangle holds L; the upper triangle is what the caller gave and has no meaning.
  private let factor: Matrix

  /// Order of the matrix.
  public var order: Int { factor.rows }

  /// Factors a symmetric matrix; only its lower triangle is read. A 0 x 0 matrix has the empty factor.
  ///
  /// - Throws: ``LinearAlgebraError`` if it is not square, not finite or not positive definite.
  public init(_ matrix: Matrix) throws(LinearAlgebraError) {
    guard matrix.rows == matrix.columns else {
      throw .shape("a \(matrix.rows) x \(matrix.columns) matrix is not square")
    }
    var work = matrix
    let order = matrix.rows
    for j in 0..<order {
      for i in j..<order where !work.elements[i + j * order].isFinite { throw .notFinite }
    }
    let info = work.elements.withUnsafeMutableBufferPointer { choleskyInPlace($0, order: order) }
    if info > 0 { throw .notPositiveDefinite(order: info) }
    if info < 0 { throw .illegalArgument(routine: "dpotrf", position: -info) }
    factor = work
  }

  /// Solves A X = B; `right` has `order` rows.
  public func solve(_ right: Matrix) throws(LinearAlgebraError) -> Matrix {
    guard right.rows == order else { throw .shape("\(right.rows) rows cannot be solved for with order \(order)") }
    guard order > 0, right.columns > 0 else { return right }
    var solution = right
    let info = factor.elements.withUnsafeBufferPointer { a in
      solution.elements.withUnsafeMutableBufferPointer { b in
        choleskySolve(a, order: order, right: b, columns: right.columns)
      }
    }
    if info < 0 { throw .illegalArgument(routine: "dpotrs", position: -info) }
    return solution
  }

  /// Solves A x = b.
  public func solve(_ right: [Double]) throws(LinearAlgebraError) -> [Double] {
    try solve(Matrix(rows: right.count, columns: 1, elements: right)).elements
  }

  /// The inverse of A, both triangles filled.
  public func inverse() throws(LinearAlgebraError) -> Matrix {
    guard order > 0 else { return factor }
    var inverse = factor
    let info = inverse.elements.withUnsafeMutableBufferPointer { choleskyInverseInPlace($0, order: order) }
    if info > 0 { throw .notPositiveDefinite(order: info) }
    if info < 0 { throw .illegalArgument(routine: "dpotri", position: -info) }
    return inverse
  }
}

// The calls themselves, on buffers whose size the callers have checked: `order` is positive or zero, at most Int32.max,
// and `a` holds order x order elements. They return LAPACK's info.

func choleskyInPlace(_ a: UnsafeMutableBufferPointer<Double>, order: Int) -> Int {
  guard order > 0, let base = a.baseAddress else { return 0 }
  var n = Int32(order)
  var info: Int32 = 0
  var lower = Int8(UInt8(ascii: "L"))
  var leading = n
  dpotrf_(&lower, &n, base, &leading, &info, 1)
  return Int(info)
}

func choleskySolve(
  _ a: UnsafeBufferPointer<Double>, order: Int, right: UnsafeMutableBufferPointer<Double>, columns: Int
) -> Int {
  guard order > 0, columns > 0, let base = a.baseAddress, let b = right.baseAddress else { return 0 }
  var n = Int32(order)
  var count = Int32(columns)
  var info: Int32 = 0
  var lower = Int8(UInt8(ascii: "L"))
  var leading = n
  var leadingRight = n
  dpotrs_(&lower, &n, &count, base, &leading, b, &leadingRight, &info, 1)
  return Int(info)
}

/// Overwrites a factor by the inverse of the matrix it came from and mirrors the lower triangle.
func choleskyInverseInPlace(_ a: UnsafeMutableBufferPointer<Double>, order: Int) -> Int {
  guard order > 0, let base = a.baseAddress else { return 0 }
  var n = Int32(order)
  var info: Int32 = 0
  var lower = Int8(UInt8(ascii: "L"))
  var leading = n
  dpotri_(&lower, &n, base, &leading, &info, 1)
  for j in 0..<order {
    for i in 0..<j { a[i + j * order] = a[j + i * order] }
  }
  return Int(info)
}
