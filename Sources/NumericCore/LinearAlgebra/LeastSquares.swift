import CLAPACK

/// The x that minimises |A x - b|², by QR factorisation (LAPACK's `dgels`).
///
/// - Parameters:
///   - matrix: A, with at least as many rows as columns and full column rank.
///   - right: b, one element a row of A.
/// - Returns: one coefficient a column of A.
/// - Throws: ``LinearAlgebraError`` for shapes that do not fit, values that are not finite, or dependent columns.
public func leastSquares(_ matrix: Matrix, _ right: [Double]) throws(LinearAlgebraError) -> [Double] {
  guard right.count == matrix.rows else {
    throw .shape("\(matrix.rows) rows and \(right.count) observations do not match")
  }
  guard matrix.rows >= matrix.columns else {
    throw .shape("\(matrix.rows) observations cannot determine \(matrix.columns) coefficients")
  }
  guard matrix.elements.allSatisfy(\.isFinite), right.allSatisfy(\.isFinite) else { throw .notFinite }
  guard matrix.columns > 0 else { return [] }
  // dgels finds only exact zeros on R's diagonal, so dependence within rounding is judged against each column's length.
  let lengths = (0..<matrix.columns).map { j in
    (0..<matrix.rows).reduce(0) { $0 + matrix[$1, j] * matrix[$1, j] }.squareRoot()
  }
  var a = matrix.elements
  var b = right
  var transpose = Int8(UInt8(ascii: "N"))
  var m = Int32(matrix.rows)
  var n = Int32(matrix.columns)
  var one: Int32 = 1
  var leading = m
  var leadingRight = m
  var info: Int32 = 0
  var query: Int32 = -1
  var size = 0.0
  dgels_(&transpose, &m, &n, &one, &a, &leading, &b, &leadingRight, &size, &query, &info, 1)
  guard info == 0 else { throw .illegalArgument(routine: "dgels", position: Int(-info)) }
  guard size < Double(Int32.max) else { throw .tooLarge }
  var workLength = max(Int32(size), 1)
  var work = [Double](repeating: 0, count: Int(workLength))
  dgels_(&transpose, &m, &n, &one, &a, &leading, &b, &leadingRight, &work, &workLength, &info, 1)
  if info > 0 { throw .rankDeficient(column: Int(info)) }
  if info < 0 { throw .illegalArgument(routine: "dgels", position: Int(-info)) }
  for j in 0..<matrix.columns where !(abs(a[j + j * matrix.rows]) > 1e-12 * lengths[j]) {
    throw .rankDeficient(column: j + 1)
  }
  return Array(b[..<matrix.columns])
}
