import TimeSeries

/// The rows of a run without a place: how many there are by force, type and month, and where they go if they are shared
/// out.
struct StreetAllocation {
  private let months: Int
  private let types: Int
  /// By force and type, for each month: all rows, those without a place.
  private var rows: [Int]
  private var unallocated: [Int]
  /// By area of the panel, for each type its months: rows that sharing out adds.
  private(set) var added: [[Int]] = []

  /// Counts rows; shares them out where the areas to share them out to are given.
  ///
  /// - Parameters:
  ///   - targets: the areas of the panel.
  ///   - targetOf: for each force and area of the table the position of the one its rows count in.
  init(
    table: StreetTable, span: ClosedRange<Int>, targets: [StreetTargets.Target], targetOf: [[Int]], sharesOut: Bool
  ) {
    (months, types) = (span.count, table.types.count)
    rows = [Int](repeating: 0, count: table.forces.count * types * months)
    unallocated = rows
    let isHome = targets.map { $0.isPlace && $0.area.level != .force }
    var located = isHome.map { $0 && sharesOut ? [Int](repeating: 0, count: types * months) : [] }
    for cell in table.cells {
      let month = cell.month - span.lowerBound
      let place = (cell.force * types + cell.type) * months + month
      rows[place] += cell.rows
      if table.areas[cell.place].district.isEmpty { unallocated[place] += cell.rows }
      let target = targetOf[cell.force][cell.place]
      if sharesOut, isHome[target] { located[target][cell.type * months + month] += cell.rows }
    }
    guard sharesOut else { return }
    added = located.map { [Int](repeating: 0, count: $0.count) }
    for force in table.forces.indices {
      let home = targets.indices.filter { isHome[$0] && targets[$0].force == force }
      share(force, among: StreetAllocation.byDistrict(home, targets), located)
    }
  }

  /// The areas of a force, a list for each district, in order.
  private static func byDistrict(_ home: [Int], _ targets: [StreetTargets.Target]) -> [[Int]] {
    var lists: [[Int]] = []
    var position: [String: Int] = [:]
    for target in home {
      let district = targets[target].area.district ?? targets[target].area.name
      if let known = position[district] {
        lists[known].append(target)
      } else {
        position[district] = lists.count
        lists.append([target])
      }
    }
    return lists
  }

  private mutating func share(_ force: Int, among districts: [[Int]], _ located: [[Int]]) {
    for type in 0..<types {
      var whole = ProportionalAllocation(parts: districts.count)
      var parts = districts.map { ProportionalAllocation(parts: $0.count) }
      for month in 0..<months {
        let at = type * months + month
        let weights = districts.map { $0.map { located[$0][at] } }
        let given = whole.share(self[unallocated: force, type, month], weights: weights.map { $0.reduce(0, +) })
        for (district, rows) in given.enumerated() where rows > 0 {
          let shares = parts[district].share(rows, weights: weights[district])
          for (target, share) in zip(districts[district], shares) { added[target][at] += share }
        }
        if given.contains(where: { $0 > 0 }) { isShared.insert((force * types + type) * months + month) }
      }
    }
  }

  /// Forces, types and months of which the rows were shared out.
  private var isShared = Set<Int>()

  /// Whether the rows of a force, type and month without a place were shared out.
  func isShared(force: Int, type: Int, month: Int) -> Bool {
    isShared.contains((force * types + type) * months + month)
  }

  /// Whether every row of a force without a place was shared out.
  func leavesNone(of force: Int) -> Bool {
    (force * types * months..<(force + 1) * types * months).allSatisfy { unallocated[$0] == 0 || isShared.contains($0) }
  }

  /// Rows without a place.
  subscript(unallocated force: Int, type: Int, month: Int) -> Int {
    unallocated[(force * types + type) * months + month]
  }

  /// Rows that were shared out, and rows without a place that were not.
  var totals: (shared: Int, left: Int) {
    let all = unallocated.reduce(0, +)
    let shared = isShared.reduce(0) { $0 + unallocated[$1] }
    return (shared, all - shared)
  }

  /// What is known of the run's rows without a place.
  ///
  /// - Parameter shares: what sharing out adds to the series of the panel.
  func rows(
    table: StreetTable, geographies: [ForceGeography], isThere: [[Bool]], start: Period, shares: [SeriesKey: [Int]],
    isShared: Bool, forcesKept: Set<String>
  ) -> UnallocatedRows {
    let counts = table.forces.indices.flatMap { force in
      (0..<types).map { type in
        let first = (force * types + type) * months
        return UnallocatedRows.Count(
          force: table.forces[force], forceName: geographies[force].display, type: table.types[type], start: start,
          rows: (0..<months).map { isThere[force][$0] ? rows[first + $0] : nil },
          unallocated: Array(unallocated[first..<(first + months)]))
      }
    }
    return UnallocatedRows(counts: counts, start: start, shares: shares, isShared: isShared, forcesKept: forcesKept)
  }
}
