/// A symmetric matrix of which only the elements that are not zero are kept, as they are added up.
public struct SparseSymmetric: Sendable {
  /// Number of rows and columns.
  public let order: Int
  /// The diagonal.
  public internal(set) var diagonal: [Double]
  /// What was added off the diagonal: the smaller index, the larger and the value. A place may come several times.
  private(set) var entries: [(row: Int32, column: Int32, value: Double)] = []

  /// The zero matrix of an order, at most 2^31 - 1.
  public init(order: Int) throws(LinearAlgebraError) {
    guard order >= 0 else { throw .shape("a matrix cannot have \(order) rows") }
    guard order <= Int(Int32.max) else { throw .tooLarge }
    self.order = order
    diagonal = [Double](repeating: 0, count: order)
  }

  /// Adds to element (i, j) and to (j, i), which is the same for i = j; both must be in range.
  public mutating func add(_ value: Double, at i: Int, _ j: Int) {
    precondition(i >= 0 && j >= 0 && i < order && j < order, "matrix index out of range")
    if i == j {
      diagonal[i] += value
    } else {
      entries.append((Int32(min(i, j)), Int32(max(i, j)), value))
    }
  }

  /// Every row's elements off the diagonal: columns rising, each once, values added up in the order they came.
  func rows() -> [SparseRow] {
    var counts = [Int](repeating: 0, count: order + 1)
    for entry in entries {
      counts[Int(entry.row) + 1] += 1
      counts[Int(entry.column) + 1] += 1
    }
    for i in 0..<order { counts[i + 1] += counts[i] }
    var places = counts
    var columns = [Int32](repeating: 0, count: 2 * entries.count)
    var values = [Double](repeating: 0, count: 2 * entries.count)
    for entry in entries {
      for (row, column) in [(entry.row, entry.column), (entry.column, entry.row)] {
        let place = places[Int(row)]
        columns[place] = column
        values[place] = entry.value
        places[Int(row)] += 1
      }
    }
    return (0..<order).map { i in
      let order = (counts[i]..<counts[i + 1]).sorted { (columns[$0], $0) < (columns[$1], $1) }
      var row = SparseRow()
      for place in order {
        if row.columns.last == columns[place] {
          row.values[row.values.count - 1] += values[place]
        } else {
          row.columns.append(columns[place])
          row.values.append(values[place])
        }
      }
      return row
    }
  }
}

/// Elements of a row by rising column.
struct SparseRow: Sendable {
  var columns: [Int32] = []
  var values: [Double] = []
}
