/// Numbers such as 1.252 in files that semicolons separate: thousands where every number with a point has three digits
/// behind it, and one to three before; decimals elsewhere. Commas are of thousands always, for no others are read, which is
/// said, since such files may come from where they are decimal.
struct ThousandPoints: Sendable {
  /// Where such a number stands: of a long table the row, of a wide one the record and the place in it.
  struct Place: Sendable {
    let row: Int
    let column: Int
  }

  private(set) var places: [Place] = []
  private var isDecimal = false
  private var example = ""
  private var commas = (values: 0, example: "")

  /// Looks at a number that was read from a cell.
  mutating func note(_ cell: UnsafeBufferPointer<UInt8>, _ number: Double, row: Int, column: Int = 0) {
    if cell.contains(UInt8(ascii: ",")) {
      if commas.values == 0 { commas.example = String(decoding: cell, as: UTF8.self) }
      commas.values += 1
    }
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

  /// What to say of those that are thousands; nil where there are none.
  var note: TableNote? {
    let points = isDecimal ? 0 : places.count
    guard points + commas.values > 0 else { return nil }
    return .thousandPoints(example: points > 0 ? example : commas.example, values: points + commas.values)
  }

  /// Places of numbers to be multiplied by a thousand.
  var scaled: [Place] { isDecimal ? [] : places }
}
