/// Numbers such as 1.252 in files that semicolons separate: thousands where every number with a point has three digits
/// behind it, and one to three before; decimals elsewhere.
struct ThousandPoints: Sendable {
  /// Where such a number stands: of a long table the row, of a wide one the record and the place in it.
  struct Place: Sendable {
    let row: Int
    let column: Int
  }

  private(set) var places: [Place] = []
  private var isDecimal = false
  private var example = ""

  /// Looks at a number that was read from a cell.
  mutating func note(_ cell: UnsafeBufferPointer<UInt8>, _ number: Double, row: Int, column: Int = 0) {
    guard !isDecimal, let point = cell.firstIndex(of: UInt8(ascii: ".")) else { return }
    // More than one point was read as thousands already.
    guard cell.lastIndex(of: UInt8(ascii: ".")) == point else { return }
    let digits = point - (cell.first == UInt8(ascii: "-") ? 1 : 0)
    guard cell.count - point == 4, (1...3).contains(digits), cell[point - digits] != UInt8(ascii: "0") else {
      isDecimal = true
      return
    }
    if places.isEmpty { example = String(decoding: cell, as: UTF8.self) }
    places.append(Place(row: row, column: column))
  }

  /// What to say of them; nil where there are none, or they are decimals.
  var note: TableNote? {
    isDecimal || places.isEmpty ? nil : .thousandPoints(example: example, values: places.count)
  }
}
