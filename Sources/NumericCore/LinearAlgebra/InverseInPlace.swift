/// Inverts a small symmetric positive definite matrix (order x order, both triangles) in place by symmetric sweeps
/// (Beaton 1964; Goodnight 1979, The American Statistician 33, 149-158): no library call, no allocation, and the same bits
/// whichever BLAS is installed.
///
/// - Returns: whether it was numerically positive definite; if not, `a` has no meaning.
@inlinable
public func invertInPlace(_ a: UnsafeMutablePointer<Double>, order n: Int) -> Bool {
  for k in 0..<n {
    let rowK = a + k * n
    let pivot = rowK[k]
    guard pivot > 1e-300, pivot.isFinite else { return false }
    let inverse = 1 / pivot
    for i in 0..<n where i != k {
      let row = a + i * n
      let factor = row[k] * inverse
      for j in 0..<n { row[j] -= factor * rowK[j] }
      row[k] = -factor
    }
    for j in 0..<n { rowK[j] *= inverse }
    rowK[k] = inverse
  }
  return true
}
