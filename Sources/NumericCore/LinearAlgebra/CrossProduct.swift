/// The product X'Y of two matrices of which it is known to be symmetric, such as X'X or X'A⁻¹X.
///
/// The order of summation is fixed: the same input gives the same bits whichever BLAS is installed. Cost: rows x width² / 2
/// multiplications.
///
/// - Parameters:
///   - x: row-major, `rows * width` elements.
///   - y: likewise.
/// - Returns: width x width.
public func symmetricProduct(_ x: [Double], _ y: [Double], rows: Int, width: Int) throws(LinearAlgebraError) -> Matrix {
  guard rows >= 0, width >= 0, x.count == rows * width, y.count == rows * width else {
    throw .shape("\(x.count) and \(y.count) elements are not \(rows) rows of \(width)")
  }
  var product = try Matrix(rows: width, columns: width)
  product.elements.withUnsafeMutableBufferPointer { sums in
    x.withUnsafeBufferPointer { x in
      y.withUnsafeBufferPointer { y in
        var row = 0
        // Four rows at a time: each sum is then read and written a quarter as often.
        while row + 4 <= rows {
          let (a, b, c, d) = (row * width, (row + 1) * width, (row + 2) * width, (row + 3) * width)
          for i in 0..<width {
            let (p, q, r, s) = (x[a + i], x[b + i], x[c + i], x[d + i])
            let at = i * width
            for j in i..<width { sums[at + j] += (p * y[a + j] + q * y[b + j]) + (r * y[c + j] + s * y[d + j]) }
          }
          row += 4
        }
        while row < rows {
          let a = row * width
          for i in 0..<width {
            let p = x[a + i]
            for j in i..<width { sums[i * width + j] += p * y[a + j] }
          }
          row += 1
        }
      }
    }
    for i in 0..<width { for j in 0..<i { sums[i * width + j] = sums[j * width + i] } }
  }
  return product
}
