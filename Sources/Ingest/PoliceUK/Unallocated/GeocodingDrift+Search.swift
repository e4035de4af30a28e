import TimeSeries

extension GeocodingDrift {
  /// Fewest rows a month in the middle for a crime type to be tested by itself; those with fewer are tested together.
  static let fewestRows = 20.0
  /// Months, of those there are, within which changes of several types are one.
  static let tolerance = 2
  /// Months within which a change is that of another date, if it is nearly as distinct there: ``nearly`` of its statistic.
  static let farthest = 12
  static let nearly = 0.8

  /// The drifts of every force, by force and date.
  ///
  /// Each crime type is tested by itself (``ShareChange``). Changes of several types in the same direction within
  /// ``tolerance`` months are one, dated where all of them together are most distinct. Of types that were tested together
  /// those alone are meant that changed. Where the types that changed hold most
  /// of a force's rows, the others are asked whether they changed then too.
  static func all(in counts: [UnallocatedRows.Count]) -> [GeocodingDrift] {
    var order: [String] = []
    var byForce: [String: [UnallocatedRows.Count]] = [:]
    for count in counts {
      if byForce[count.force] == nil { order.append(count.force) }
      byForce[count.force, default: []].append(count)
    }
    return order.flatMap { force -> [GeocodingDrift] in
      let own = byForce[force] ?? []
      // Of a force none of whose rows has a place no district is seen.
      let isPlaced = own.contains { count in
        zip(count.rows, count.unallocated).contains { ($0 ?? 0) > $1 }
      }
      return isPlaced ? ForceDrifts(own).drifts : []
    }
  }
}

/// The drifts of one force.
private struct ForceDrifts {
  /// What is tested: a crime type, or several small ones together.
  private struct Unit {
    let types: [Int]
    /// Positions of the months with a row, counted from the first.
    let months: [Int]
    let change: ShareChange
    let size: Int
    var divisions: [ShareChange.Division]

    /// Position of a month among those of the unit: the first at or after it.
    func position(of month: Int) -> Int { months.firstIndex { $0 >= month } ?? months.count }
  }

  /// A change of one unit.
  private struct Found {
    let unit: Int
    let month: Int
    let isRise: Bool
    let strength: Double
  }

  private let counts: [UnallocatedRows.Count]
  private let units: [Unit]
  /// Months that the force has, and for each month its place among them.
  private let present: [Int]

  init(_ counts: [UnallocatedRows.Count]) {
    self.counts = counts
    let months = counts.first?.rows.count ?? 0
    present = (0..<months).filter { month in counts.contains { ($0.rows[month] ?? 0) > 0 } }
    let isLarge = counts.map { count in
      HalfLoaded.median(count.rows.compactMap { $0.map(Double.init) }) >= GeocodingDrift.fewestRows
    }
    let small = counts.indices.filter { !isLarge[$0] }
    let groups = counts.indices.filter { isLarge[$0] }.map { [$0] } + (small.isEmpty ? [] : [small])
    units = groups.map { types in
      var unit = ForceDrifts.unit(types, counts)
      unit.divisions = unit.change.divisions()
      return unit
    }
  }

  /// Types as they are tested together, before any test.
  private static func unit(_ types: [Int], _ counts: [UnallocatedRows.Count]) -> Unit {
    let months = counts.first?.rows.count ?? 0
    let known = (0..<months).filter { month in types.contains { (counts[$0].rows[month] ?? 0) > 0 } }
    let totals = known.map { month in types.reduce(0) { $0 + (counts[$1].rows[month] ?? 0) } }
    let change = ShareChange(
      counts: known.map { month in types.reduce(0) { $0 + counts[$1].unallocated[month] } }, totals: totals)
    return Unit(types: types, months: known, change: change, size: totals.reduce(0, +), divisions: [])
  }

  var drifts: [GeocodingDrift] {
    let clusters = clusters()
    return clusters.sorted { ($0.month, $0.isRise ? 1 : 0) < ($1.month, $1.isRise ? 1 : 0) }.compactMap { cluster in
      guard let first = present.first, let last = present.last else { return nil }
      // A change of other types leaves these as they were.
      let dates = clusters.filter { !Set($0.units).isDisjoint(with: cluster.units) }.map(\.month).sorted()
      let start = dates.last { $0 < cluster.month } ?? first
      let end = dates.first { $0 > cluster.month }.flatMap { next in present.last { $0 < next } } ?? last
      return drift(cluster, start: start, end: end)
    }
  }

  private typealias Cluster = (month: Int, isRise: Bool, units: [Int])

  /// Changes of units, the strongest first taking in those of others near it.
  private func clusters() -> [Cluster] {
    var left = units.indices.flatMap { unit in
      units[unit].divisions.map {
        Found(
          unit: unit, month: units[unit].months[$0.at], isRise: $0.statistic > 0, strength: abs($0.statistic))
      }
    }
    var clusters: [Cluster] = []
    let place = Dictionary(uniqueKeysWithValues: present.enumerated().map { ($1, $0) })
    while let strongest = left.max(by: { ($0.strength, -$0.unit) < ($1.strength, -$1.unit) }) {
      let centre = place[strongest.month] ?? 0
      let near = left.filter {
        $0.isRise == strongest.isRise && abs((place[$0.month] ?? 0) - centre) <= GeocodingDrift.tolerance
      }
      left.removeAll { found in near.contains { $0.unit == found.unit && $0.month == found.month } }
      // A unit may have changed by steps: it is one member.
      let members = Set(near.map(\.unit)).sorted()
      clusters.append((date(near, members), strongest.isRise, members))
    }
    return joined(clusters, place)
  }

  /// Whether a unit, of few rows perhaps, may as well have changed at another month: there it is nearly as distinct.
  private func isAsDistinct(_ unit: Int, _ cluster: Cluster, at month: Int) -> Bool {
    let unit = units[unit]
    let at = unit.position(of: cluster.month)
    let own = unit.divisions.map(\.at).min { abs($0 - at) < abs($1 - at) } ?? at
    let others = unit.divisions.map(\.at).filter { $0 != own }
    let range = (others.last { $0 < own } ?? 0)..<(others.first { $0 > own } ?? unit.months.count)
    guard let there = unit.change.division(unit.position(of: month), of: range, tests: 1),
      let here = unit.change.division(own, of: range, tests: 1)
    else { return false }
    return there.statistic * here.statistic > 0
      && abs(there.statistic) >= GeocodingDrift.nearly * abs(here.statistic)
  }

  /// Clusters that their dates have brought together, or that may as well have the date of a larger one, are one.
  private func joined(_ clusters: [Cluster], _ place: [Int: Int]) -> [Cluster] {
    func size(_ cluster: Cluster) -> Int { cluster.units.reduce(0) { $0 + units[$1].size } }
    var joined: [Cluster] = []
    for cluster in clusters.sorted(by: { (size($0), -$0.month) > (size($1), -$1.month) }) {
      let near = joined.firstIndex { other in
        let apart = abs((place[other.month] ?? 0) - (place[cluster.month] ?? 0))
        return other.isRise == cluster.isRise
          && (apart <= GeocodingDrift.tolerance
            || apart <= GeocodingDrift.farthest
              && cluster.units.allSatisfy { isAsDistinct($0, cluster, at: other.month) })
      }
      if let near {
        joined[near].units = Set(joined[near].units + cluster.units).sorted()
      } else {
        joined.append(cluster)
      }
    }
    return joined
  }

  /// The month at which the members of a cluster together are most distinct, among those that any of them gave.
  private func date(_ near: [Found], _ members: [Int]) -> Int {
    let candidates = Set(near.map(\.month)).sorted()
    guard candidates.count > 1 else { return candidates.first ?? 0 }
    let support = candidates.map { month in
      members.reduce(0.0) { sum, unit in
        let (at, range) = (units[unit].position(of: month), neighbourhood(unit, near))
        guard let division = units[unit].change.division(at, of: range, tests: 1) else { return sum }
        return sum + division.statistic * division.statistic
      }
    }
    let best = support.max() ?? 0
    return zip(candidates, support).first { $1 == best }?.0 ?? candidates[0]
  }

  /// The months of a unit between the changes before and after a cluster.
  private func neighbourhood(_ unit: Int, _ near: [Found]) -> Range<Int> {
    let own = near.filter { $0.unit == unit }.map(\.month)
    let others = units[unit].divisions.map(\.at).filter { !own.contains(units[unit].months[$0]) }
    let at = own.first.map(units[unit].position) ?? 0
    return (others.last { $0 < at } ?? 0)..<(others.first { $0 > at } ?? units[unit].months.count)
  }

  private func drift(_ cluster: Cluster, start: Int, end: Int) -> GeocodingDrift? {
    guard let last = present.last(where: { $0 < cluster.month }), start <= last, cluster.month <= end,
      let origin = counts.first?.start
    else { return nil }
    var members = Set(cluster.units)
    let size = units.reduce(0) { $0 + $1.size }
    if 2 * members.reduce(0, { $0 + units[$1].size }) > size {
      members.formUnion(units.indices.filter { joins($0, cluster, start...end) })
    }
    let types = members.flatMap { unit in
      // Of types that were tested together those alone that moved the same way: one may have moved all.
      units[unit].types.filter { units[unit].types.count == 1 || moved($0) }
    }.sorted()
    guard !types.isEmpty else { return nil }
    func moved(_ type: Int) -> Bool {
      let (before, after) = (share(type, start...last), share(type, cluster.month...end))
      let change = after.value - before.value
      return (change > 0) == cluster.isRise && abs(change) >= ShareChange.smallest && before.differs(from: after)
    }
    func share(_ type: Int, _ months: ClosedRange<Int>) -> GeocodingDrift.Share {
      months.reduce(GeocodingDrift.Share(unallocated: 0, rows: 0)) { sum, month in
        guard let rows = counts[type].rows[month] else { return sum }
        return sum + .init(unallocated: counts[type].unallocated[month], rows: rows)
      }
    }
    return GeocodingDrift(
      force: counts[0].force, forceName: counts[0].forceName, before: (origin + start)...(origin + last),
      after: (origin + cluster.month)...(origin + end),
      shifts: types.map {
        .init(type: counts[$0].type, before: share($0, start...last), after: share($0, cluster.month...end))
      }, isOfEveryType: types.count == counts.count)
  }

  /// Whether a unit that was not found to change by itself changed with the others: asked of one date, at the usual level.
  private func joins(_ unit: Int, _ cluster: Cluster, _ span: ClosedRange<Int>) -> Bool {
    let unit = units[unit]
    let (from, to) = (unit.position(of: span.lowerBound), unit.position(of: span.upperBound + 1))
    let at = unit.position(of: cluster.month)
    guard from < at, at < to, let division = unit.change.division(at, of: from..<to, tests: 1) else { return false }
    return division.probability <= 0.05 && (division.statistic > 0) == cluster.isRise
      && abs(division.after - division.before) >= ShareChange.smallest
  }
}

extension GeocodingDrift.Share {
  /// Whether two shares differ by more than three times what chance alone explains, by the usual test of two proportions.
  fileprivate func differs(from other: GeocodingDrift.Share) -> Bool {
    let pooled = (self + other).value
    let variance = pooled * (1 - pooled) * (1 / Double(max(rows, 1)) + 1 / Double(max(other.rows, 1)))
    return abs(value - other.value) > 3 * variance.squareRoot()
  }
}
