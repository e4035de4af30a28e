/// A dense matrix of doubles in column-major order, as LAPACK reads it.
public struct Matrix: Hashable, Sendable {
  /// Number of rows.
  public let rows: Int
  /// Number of columns.
  public let columns: Int
  /// Element (i, j) is `elements[i + j * rows]`.
  public internal(set) var elements: [Double]

  /// A matrix from its elements, column after column.
  ///
  /// - Throws: ``LinearAlgebraError/shape(_:)`` unless there are `rows * columns` elements, and
  ///   ``LinearAlgebraError/tooLarge`` if a dimension exceeds what LAPACK's 32-bit integers can hold.
  public init(rows: Int, columns: Int, elements: [Double]) throws(LinearAlgebraError) {
    guard rows >= 0, columns >= 0 else { throw .shape("a matrix cannot have \(rows) x \(columns) elements") }
    guard rows <= Int(Int32.max), columns <= Int(Int32.max) else { throw .tooLarge }
    let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
    guard !overflow else { throw .tooLarge }
    guard elements.count == count else {
      throw .shape("a \(rows) x \(columns) matrix needs \(count) elements, not \(elements.count)")
    }
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  /// A matrix of one value.
  public init(rows: Int, columns: Int, repeating value: Double = 0) throws(LinearAlgebraError) {
    let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
    guard !overflow, rows >= 0, columns >= 0 else { throw .shape("a matrix cannot be \(rows) x \(columns)") }
    guard rows <= Int(Int32.max), columns <= Int(Int32.max) else { throw .tooLarge }
    try self.init(rows: rows, columns: columns, elements: [Double](repeating: value, count: count))
  }

  /// A matrix from equally long columns; no columns give a 0 x 0 matrix.
  public init(columns: [[Double]]) throws(LinearAlgebraError) {
    let height = columns.first?.count ?? 0
    for column in columns where column.count != height { throw .shape("columns differ in length") }
    try self.init(rows: height, columns: columns.count, elements: Array(columns.joined()))
  }

  /// The identity matrix of an order.
  public static func identity(_ order: Int) throws(LinearAlgebraError) -> Matrix {
    var matrix = try Matrix(rows: order, columns: order)
    for i in 0..<order { matrix[i, i] = 1 }
    return matrix
  }

  /// The element in row `i`, column `j`; both must be in range.
  public subscript(i: Int, j: Int) -> Double {
    get {
      precondition(i >= 0 && i < rows && j >= 0 && j < columns, "matrix index out of range")
      return elements[i + j * rows]
    }
    set {
      precondition(i >= 0 && i < rows && j >= 0 && j < columns, "matrix index out of range")
      elements[i + j * rows] = newValue
    }
  }

  /// Row `i` as a vector; `i` must be in range.
  public func row(_ i: Int) -> [Double] { (0..<columns).map { self[i, $0] } }

  /// The product with a vector of `columns` elements.
  public func times(_ vector: [Double]) throws(LinearAlgebraError) -> [Double] {
    guard vector.count == columns else {
      throw .shape("a \(rows) x \(columns) matrix cannot multiply \(vector.count) elements")
    }
    var product = [Double](repeating: 0, count: rows)
    for j in 0..<columns {
      let factor = vector[j]
      for i in 0..<rows { product[i] += elements[i + j * rows] * factor }
    }
    return product
  }
}

/// Why a matrix could not be made, factored or solved with.
public enum LinearAlgebraError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Dimensions do not fit together.
  case shape(String)
  /// A dimension exceeds 2^31 - 1, the largest LAPACK's integers hold.
  case tooLarge
  /// An element is NaN or infinite.
  case notFinite
  /// The leading minor of this order is not positive: the matrix has no Cholesky factor.
  case notPositiveDefinite(order: Int)
  /// LAPACK rejected an argument (a defect of the wrapper, reported rather than ignored).
  case illegalArgument(routine: String, position: Int)

  /// The reason as a sentence without a full stop.
  public var description: String {
    switch self {
    case .shape(let reason): reason
    case .tooLarge: "a matrix dimension exceeds 2147483647"
    case .notFinite: "a matrix element is not a finite number"
    case .notPositiveDefinite(let order): "the matrix is not positive definite (leading minor \(order))"
    case .illegalArgument(let routine, let position): "\(routine) rejected argument \(position)"
    }
  }
}
