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

/// The sum of the rows of a matrix, each times its weight: X'w. Rows of weight 0 are passed over. One pass over the matrix.
///
/// - Parameters:
///   - x: row-major, `weights.count * width` elements.
///   - weights: one a row.
/// - Returns: `width` numbers.
public func sumOfRows(_ x: [Double], weights: [Double], width: Int) -> [Double] {
  precondition(x.count == weights.count * width, "a weight is needed of each row")
  var sums = [Double](repeating: 0, count: width)
  sums.withUnsafeMutableBufferPointer { sums in
    x.withUnsafeBufferPointer { x in
      guard let sums = sums.baseAddress, let x = x.baseAddress else { return }
      for (row, weight) in weights.enumerated() where weight != 0 {
        let from = x + row * width
        for k in 0..<width { sums[k] += weight * from[k] }
      }
    }
  }
  return sums
}

/// The products of the rows of a matrix with a vector: Xv. Each is summed in four parts, every fourth element to one.
///
/// - Parameters:
///   - x: row-major, of as many columns as `vector` has elements.
///   - vector: what each row is multiplied by.
/// - Returns: one number a row; none where there are no columns.
public func productOfRows(_ x: [Double], _ vector: [Double]) -> [Double] {
  let width = vector.count
  guard width > 0 else { return [] }
  precondition(x.count % width == 0, "rows are as long as the vector")
  var products = [Double](repeating: 0, count: x.count / width)
  x.withUnsafeBufferPointer { x in
    vector.withUnsafeBufferPointer { vector in
      guard let x = x.baseAddress, let vector = vector.baseAddress else { return }
      for row in products.indices {
        let from = x + row * width
        var sums = SIMD4<Double>.zero
        var k = 0
        while k + 4 <= width {
          sums +=
            SIMD4(from[k], from[k + 1], from[k + 2], from[k + 3])
            * SIMD4(vector[k], vector[k + 1], vector[k + 2], vector[k + 3])
          k += 4
        }
        var sum = (sums[0] + sums[1]) + (sums[2] + sums[3])
        while k < width {
          sum += from[k] * vector[k]
          k += 1
        }
        products[row] = sum
      }
    }
  }
  return products
}
