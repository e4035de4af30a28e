/// Shares rows without a place out to the districts of their force, and in them to wards or LSOAs, in whole rows.
///
/// Of each force, crime type and month the rows go to districts in proportion to the rows that have a place there, whole
/// rows first and the rest by largest remainder (Hamilton's method), so that the sums of parts stay the sums. What a
/// district was given too little or too much of by rounding is carried to the next month of the same force and type:
/// without that a small district would be passed over every month. A district without a row in the month is given none.
struct ProportionalAllocation {
  /// Weights and what was carried, of the parts of one whole.
  private var carried: [Double]

  /// Nothing was carried yet.
  init(parts: Int) { carried = [Double](repeating: 0, count: parts) }

  /// Whole rows of each part; they add up to `rows`, or are all 0 where no part has weight.
  ///
  /// - Parameter weights: rows of each part, none below 0.
  mutating func share(_ rows: Int, weights: [Int]) -> [Int] {
    let total = weights.reduce(0, +)
    guard rows > 0, total > 0 else { return [Int](repeating: 0, count: weights.count) }
    let quotas = weights.map { Double(rows) * Double($0) / Double(total) }
    // A part in debt gives no rows back, and one without weight takes none.
    let due = zip(quotas, carried).map { $0 + $1 }
    var given = zip(due, weights).map { $1 > 0 ? max(0, Int($0.rounded(.down))) : 0 }
    var left = rows - given.reduce(0, +)
    let order = weights.indices.filter { weights[$0] > 0 }
    while left != 0 {
      let step = left > 0 ? 1 : -1
      let candidates = step > 0 ? order : order.filter { given[$0] > 0 }
      // The part that is due most, or was given most beyond what it is due; of equals the first.
      let next = candidates.max { a, b in
        let (x, y) = (Double(step) * (due[a] - Double(given[a])), Double(step) * (due[b] - Double(given[b])))
        return x == y ? a > b : x < y
      }
      guard let next else { break }
      given[next] += step
      left -= step
    }
    for part in weights.indices { carried[part] = due[part] - Double(given[part]) }
    return given
  }
}
