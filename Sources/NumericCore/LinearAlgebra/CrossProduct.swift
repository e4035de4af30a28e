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
  guard rows > 0, width > 0 else { return product }
  product.elements.withUnsafeMutableBufferPointer { sums in
    x.withUnsafeBufferPointer { x in
      y.withUnsafeBufferPointer { y in
        guard let sums = sums.baseAddress, let x = x.baseAddress, let y = y.baseAddress else { return }
        var row = 0
        // Four rows at a time: each sum is then read and written a quarter as often.
        while row + 4 <= rows {
          let left = x + row * width
          let (a, b, c, d) = (y + row * width, y + (row + 1) * width, y + (row + 2) * width, y + (row + 3) * width)
          for i in 0..<width {
            let (p, q, r, s) = (left[i], left[width + i], left[2 * width + i], left[3 * width + i])
            let to = sums + i * width
            for j in i..<width { to[j] += (p * a[j] + q * b[j]) + (r * c[j] + s * d[j]) }
          }
          row += 4
        }
        while row < rows {
          let (left, right) = (x + row * width, y + row * width)
          for i in 0..<width {
            let (p, to) = (left[i], sums + i * width)
            for j in i..<width { to[j] += p * right[j] }
          }
          row += 1
        }
      }
    }
    for i in 0..<width { for j in 0..<i { sums[i * width + j] = sums[j * width + i] } }
  }
  return product
}
