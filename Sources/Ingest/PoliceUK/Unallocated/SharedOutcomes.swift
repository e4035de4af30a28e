/// Deals the rows that were shared out, with their outcomes, to the areas that they were given to.
///
/// How many rows an area is given does not depend on outcomes. Which of them it is given is decided row by row: in the
/// order of the outcomes each goes to the area that lacks the largest part of what it is given, so that every area has
/// about the same outcomes as all rows without a place.
struct SharedOutcomes {
  /// Rows of a crime type, outcome and month that an area is given.
  struct Given {
    let area: Int
    let type: Int
    let outcome: Int
    let month: Int
    let rows: Int
  }

  /// Rows of a force and month that were shared out: to areas that are kept, and to others.
  struct Account {
    let force: Int
    let month: Int
    let kept: Int
    let others: Int
  }

  private struct Key: Hashable {
    let force: Int
    let type: Int
    let month: Int
  }

  /// Rows without a place by outcome, in the order of outcomes.
  private var rows: [Key: [Int: Int]] = [:]
  private let allocation: StreetAllocation
  private let months: Int

  /// Gathers the rows of the table that were shared out.
  init(table: StreetTable, span: ClosedRange<Int>, allocation: StreetAllocation) {
    self.allocation = allocation
    months = span.count
    for cell in table.cells where table.areas[cell.place].district.isEmpty {
      let key = Key(force: cell.force, type: cell.type, month: cell.month - span.lowerBound)
      guard allocation.isShared(force: key.force, type: key.type, month: key.month) else { continue }
      rows[key, default: [:]][cell.outcome, default: 0] += cell.rows
    }
  }

  /// Gives every row to an area.
  ///
  /// - Parameters:
  ///   - areas: the force of each area of the panel, and whether it is kept; those that are not are given their rows too,
  ///     which then count as set aside.
  func deal(
    to areas: [(force: Int, isKept: Bool)], given: (Given) -> Void, account: (Account) -> Void
  ) {
    let byForce = Dictionary(grouping: areas.indices, by: { areas[$0].force })
    let order = rows.keys.sorted { ($0.force, $0.type, $0.month) < ($1.force, $1.type, $1.month) }
    for key in order {
      let at = key.type * months + key.month
      let takers = (byForce[key.force] ?? []).filter { !allocation.added[$0].isEmpty && allocation.added[$0][at] > 0 }
      let due = takers.map { allocation.added[$0][at] }
      for (outcome, parts) in dealt((rows[key] ?? [:]).sorted { $0.key < $1.key }, due) {
        for (taker, rows) in zip(takers, parts) where rows > 0 && areas[taker].isKept {
          given(Given(area: taker, type: key.type, outcome: outcome, month: key.month, rows: rows))
        }
      }
      let kept = zip(takers, due).reduce(0) { $0 + (areas[$1.0].isKept ? $1.1 : 0) }
      account(Account(force: key.force, month: key.month, kept: kept, others: due.reduce(0, +) - kept))
    }
  }

  /// For each outcome the rows of each taker.
  private func dealt(_ outcomes: [(key: Int, value: Int)], _ due: [Int]) -> [(outcome: Int, rows: [Int])] {
    if outcomes.count == 1 { return [(outcomes[0].key, due)] }
    var left = due
    return outcomes.map { outcome, rows in
      var parts = [Int](repeating: 0, count: due.count)
      for _ in 0..<rows {
        guard
          let next = due.indices.filter({ left[$0] > 0 }).max(by: { a, b in
            let (x, y) = (left[a] * due[b], left[b] * due[a])
            return x == y ? a > b : x < y
          })
        else { break }
        parts[next] += 1
        left[next] -= 1
      }
      return (outcome, parts)
    }
  }
}
