import TimeSeries

/// What adds up to what, by position: the structure that forecasts are reconciled over, of nodes without series or dates.
///
/// A leaf is counted; every other node, a total, is the sum of parts, in the end of leaves. A node may be part of several
/// totals, as in grouped structures, and a total may be a sum in several ways that hold the same leaves (the first is the one
/// that is used). Nothing dense is kept: the parts of each total and its leaves.
public struct SummingStructure: Sendable {
  /// The nodes' names, for messages.
  public let names: [String]
  /// The nodes' levels, such as `district` or `csp x group`.
  public let levels: [String]
  /// Positions of the leaves, rising.
  public let leaves: [Int]
  /// Positions of the totals, parts before their totals.
  public let totals: [Int]
  /// Of each node its parts; empty for a leaf.
  public let parts: [[Int]]
  /// Of each node the leaves it adds up, as positions in ``leaves``, rising; of a leaf its own.
  public let rows: [[Int32]]

  /// Number of nodes.
  public var count: Int { names.count }

  /// The structure of nodes and edges.
  ///
  /// - Parameters:
  ///   - levels: a level a node; without them all are of one, except that totals are told from leaves.
  ///   - sums: totals with their parts, in any order; of several of one total the first is used.
  /// - Throws: ``ReconciliationError`` for a position that is no node, a total without parts, a cycle, or a total that would
  ///   count a leaf twice.
  public init(
    names: [String], levels: [String]? = nil, sums: [(total: Int, parts: [Int])]
  ) throws(ReconciliationError) {
    var parts = [[Int]](repeating: [], count: names.count)
    for sum in sums {
      guard names.indices.contains(sum.total), sum.parts.allSatisfy(names.indices.contains) else {
        throw .shape("a sum names a node that does not exist")
      }
      guard !sum.parts.isEmpty else { throw .withoutParts(names[sum.total]) }
      if parts[sum.total].isEmpty { parts[sum.total] = sum.parts }
    }
    let isLeaf = parts.map(\.isEmpty)
    guard levels.map({ $0.count == names.count }) ?? true else { throw .shape("a level a node is needed") }
    leaves = names.indices.filter { isLeaf[$0] }
    totals = try SummingStructure.order(names, parts)
    var rows = [[Int32]](repeating: [], count: names.count)
    for (column, leaf) in leaves.enumerated() { rows[leaf] = [Int32(column)] }
    for total in totals {
      let row = parts[total].flatMap { rows[$0] }.sorted()
      if let twice = zip(row, row.dropFirst()).first(where: { $0 == $1 }) {
        throw .countedTwice(names[leaves[Int(twice.0)]], in: names[total])
      }
      rows[total] = row
    }
    self.names = names
    self.levels = levels ?? isLeaf.map { $0 ? "leaf" : "total" }
    self.parts = parts
    self.rows = rows
  }

  /// The structure of a hierarchy of areas and measures: its nodes in their order.
  public init(_ hierarchy: Hierarchy) {
    names = hierarchy.nodes.map(\.key.uniqueID)
    levels = hierarchy.nodes.map { node in
      node.level.measure.map { "\(node.level.area) x \($0)" } ?? node.level.area
    }
    leaves = hierarchy.leaves
    var parts = [[Int]](repeating: [], count: hierarchy.nodes.count)
    var totals: [Int] = []
    for sum in hierarchy.sums where parts[sum.total].isEmpty {
      parts[sum.total] = sum.parts
      totals.append(sum.total)
    }
    self.parts = parts
    self.totals = totals
    rows = hierarchy.nodes.indices.map { hierarchy.summing[$0].map(Int32.init) }
  }

  /// The same nodes in the order of their names, and parts of each total too: what is computed in it does not depend, to the last
  /// digit, on the order in which nodes came.
  ///
  /// - Returns: the structure, and of each of its nodes the position here.
  func sortedByName() -> (structure: SummingStructure, positions: [Int]) {
    let positions = names.indices.sorted { a, b in
      names[a] != names[b] ? names[a].unicodeScalars.lexicographicallyPrecedes(names[b].unicodeScalars) : a < b
    }
    var places = positions
    for (place, position) in positions.enumerated() { places[position] = place }
    return (SummingStructure(self, positions: positions, places: places), positions)
  }

  private init(_ other: SummingStructure, positions: [Int], places: [Int]) {
    names = positions.map { other.names[$0] }
    levels = positions.map { other.levels[$0] }
    parts = positions.map { other.parts[$0].map { places[$0] }.sorted() }
    leaves = other.leaves.map { places[$0] }.sorted()
    var columns = places
    for (column, leaf) in leaves.enumerated() { columns[leaf] = column }
    rows = positions.map { other.rows[$0].map { Int32(columns[places[other.leaves[Int($0)]]]) }.sorted() }
    // Parts before totals: of fewer leaves first does not do where a total has a single part, so by depth.
    var depth = [Int](repeating: 0, count: other.names.count)
    for total in other.totals { depth[total] = 1 + (other.parts[total].map { depth[$0] }.max() ?? 0) }
    totals = other.totals.map { places[$0] }.sorted { a, b in
      let (x, y) = (depth[positions[a]], depth[positions[b]])
      return x != y ? x < y : a < b
    }
  }

  /// Totals with their parts before them (Kahn 1962).
  private static func order(_ names: [String], _ parts: [[Int]]) throws(ReconciliationError) -> [Int] {
    var owners = [[Int]](repeating: [], count: names.count)
    for (total, own) in parts.enumerated() { for part in own { owners[part].append(total) } }
    var waiting = parts.map(\.count)
    var order = names.indices.filter { waiting[$0] == 0 }
    let leafCount = order.count
    var next = 0
    while next < order.count {
      for total in owners[order[next]] {
        waiting[total] -= 1
        if waiting[total] == 0 { order.append(total) }
      }
      next += 1
    }
    guard order.count == names.count else {
      var path: [Int] = []
      var at = names.indices.first { waiting[$0] > 0 }
      while let here = at, !path.contains(here) {
        path.append(here)
        at = parts[here].first { waiting[$0] > 0 }
      }
      let start = at.flatMap { path.firstIndex(of: $0) } ?? 0
      throw .cycle(path[start...].map { names[$0] })
    }
    return Array(order[leafCount...])
  }

  /// Fills in every total, in place, as the sum of its parts. One value a node.
  public func addUp(_ values: inout [Double]) {
    for total in totals { values[total] = parts[total].reduce(0) { $0 + values[$1] } }
  }

  /// The levels, in order of first appearance.
  public var levelNames: [String] {
    var seen = Set<String>()
    return levels.filter { seen.insert($0).inserted }
  }

  /// Positions of the nodes at the top: those with the most leaves that no other node holds.
  public var tops: [Int] {
    var isPart = [Bool](repeating: false, count: count)
    for own in parts { for part in own { isPart[part] = true } }
    return names.indices.filter { !isPart[$0] }
  }

  /// Whether nodes hold every leaf once.
  func partitionsLeaves(_ nodes: [Int]) -> Bool {
    var seen = [Bool](repeating: false, count: leaves.count)
    for node in nodes {
      for leaf in rows[node] {
        if seen[Int(leaf)] { return false }
        seen[Int(leaf)] = true
      }
    }
    return seen.allSatisfy { $0 }
  }
}

/// Why forecasts cannot be reconciled: a mistake in what they were to be reconciled over, or something that lacks.
public enum ReconciliationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Numbers of nodes, periods or steps do not fit together.
  case shape(String)
  /// A total that is the sum of nothing.
  case withoutParts(String)
  /// Nodes each of which is part of the one before it, and the first of the last.
  case cycle([String])
  /// A leaf that a total would count twice, over different ways.
  case countedTwice(String, in: String)
  /// A leaf without a forecast: nothing was ever observed of it. What it adds to totals is not known, and not 0.
  case noForecast(String)
  /// A method that splits forecasts wants nodes that hold every leaf once: a single top, or a level.
  case noSplit(String)
  /// A method that rests on past errors has none.
  case noResiduals
  /// A total that is split has no history in which it was above 0 and its leaves were known.
  case noProportions(String)
  /// The equations cannot be solved.
  case singular(String)

  /// The reason as a sentence without a full stop.
  public var description: String {
    switch self {
    case .shape(let reason): reason
    case .withoutParts(let name): "the total \"\(name)\" has no parts"
    case .cycle(let names):
      "\"\(names.first ?? "")\" is part of itself, by way of \(names.map { "\"\($0)\"" }.joined(separator: ", "))"
    case .countedTwice(let name, let total): "\"\(total)\" would count \"\(name)\" twice"
    case .noForecast(let name): "\"\(name)\" has no forecast, so that nothing it is part of can be added up"
    case .noSplit(let what): "\(what) do not hold every part of the hierarchy exactly once"
    case .noResiduals: "the errors of past forecasts are needed, and there are none"
    case .noProportions(let name): "\"\(name)\" has no history to split its forecast by"
    case .singular(let reason): "the forecasts cannot be reconciled: \(reason)"
    }
  }
}
