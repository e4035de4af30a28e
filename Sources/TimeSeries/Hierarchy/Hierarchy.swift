/// What adds up to what: areas and measures, crossed.
///
/// A node is an area with a measure. The leaves are counted; every other node is a sum: over areas (a partnership of its
/// districts), over measures (a group of its members), or both ways where both give the same leaves. Areas and measures
/// are two hierarchies that cross, which is the grouped structure of Hyndman & Athanasopoulos, "Forecasting: Principles
/// and Practice", 3rd ed. (2021), ch. 11.1; ``summing`` is its summing matrix S without the zeros.
///
/// ```swift
/// let hierarchy = Hierarchy(areas: areas, measures: measures, counted: panel.series.map(\.key))
/// let all = hierarchy.evaluated(panel)
/// all[SeriesKey(area: "South and Vale", measure: "All crime")]
/// ```
///
/// Residual members (records of a force that have no place) are leaves like others, of the totals they belong to. A node
/// has every name of its area: a partnership of one district is one node under two keys, so that no result is copied.
///
/// Cost: linear in nodes and edges to build and to evaluate, besides the leaves of every node, which are kept.
public struct Hierarchy: Sendable {
  /// A pair of levels, of the area and of the measure.
  public struct Level: Hashable, Sendable {
    /// Level of the area.
    public let area: String
    /// Level of the measure; nil for series that stand alone.
    public let measure: String?

    /// A pair of levels.
    public init(area: String, measure: String?) {
      self.area = area
      self.measure = measure
    }
  }

  /// A measure in an area.
  public struct Node: Sendable, Hashable {
    /// The key of its series.
    public let key: SeriesKey
    /// Other keys by which it is found.
    public let aliases: [SeriesKey]
    /// Its levels.
    public let level: Level
    /// Position of its area in ``Hierarchy/areas``.
    public let area: Int
    /// Position of its measure in ``Hierarchy/measures``; nil for a series that stands alone.
    public let measure: Int?
    /// Whether its area or measure holds what no other part of a total does.
    public let isResidual: Bool
    /// Whether it is counted rather than added up.
    public let isLeaf: Bool
  }

  /// One way in which a node is the sum of others.
  public struct Sum: Sendable, Hashable {
    /// What it adds up over.
    public enum Way: Sendable, Hashable {
      /// One measure over areas.
      case areas
      /// One area over measures.
      case measures
    }
    /// Position of the total.
    public let total: Int
    /// Positions of its parts, in the order of the dimension.
    public let parts: [Int]
    /// What it adds up over.
    public let way: Way
  }

  /// What is not added up, and why.
  public enum Finding: Sendable, Hashable {
    /// A series whose area or measure is no member: an orphan, part of no total.
    case orphan(SeriesKey)
    /// A series that was counted although it is a total of others: no part of the hierarchy, which adds it up itself.
    case published(SeriesKey)
    /// Two series of one node, under two of its names: its own, else the alias that comes first, is taken.
    case repeated(SeriesKey)
    /// A total that lacks parts, which are named: it needs every part, or one of them does.
    case incomplete(SeriesKey, absent: [String])
  }

  /// The areas.
  public let areas: HierarchyDimension
  /// The measures.
  public let measures: HierarchyDimension
  /// The nodes: areas in their order, of each its measures in theirs, one that stands alone last.
  public let nodes: [Node]
  /// Positions of the leaves, rising: the columns of ``summing``.
  public let leaves: [Int]
  /// Every way in which a node is a sum, parts always before their totals. The first of a total is the one it is
  /// evaluated by.
  public let sums: [Sum]
  /// What was left out: series in the order of their keys, then totals as they are built.
  public let findings: [Finding]
  /// The summing matrix, a row a node: the columns in which it has a 1, rising.
  public let summing: SparseRows
  private let index: [SeriesKey: Int]

  /// Rows of column positions, one after another.
  public struct SparseRows: Sendable, Hashable {
    /// Where each row starts in `columns`, and where the last ends.
    public private(set) var starts = [0]
    /// The columns of all rows.
    public private(set) var columns: [Int] = []

    mutating func append(_ row: [Int]) {
      columns += row
      starts.append(columns.count)
    }

    /// The columns of a row.
    public subscript(row: Int) -> ArraySlice<Int> { columns[starts[row]..<starts[row + 1]] }
    /// Number of rows.
    public var count: Int { starts.count - 1 }
  }

  /// The hierarchy of those series that are counted, by key; their order does not matter.
  public init(areas: HierarchyDimension, measures: HierarchyDimension, counted: [SeriesKey]) {
    var builder = HierarchyBuilder(areas: areas, measures: measures)
    builder.place(counted.sorted())
    builder.addAreas()
    builder.addMeasures()
    let built = builder.finish()
    self.areas = areas
    self.measures = measures
    nodes = built.nodes
    sums = built.sums
    findings = builder.findings
    leaves = nodes.indices.filter { built.nodes[$0].isLeaf }
    summing = built.summing
    // A node's own key goes before what another is also called.
    var index = Dictionary(nodes.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
    for (position, node) in nodes.enumerated() {
      for alias in node.aliases where index[alias] == nil { index[alias] = position }
    }
    self.index = index
  }

  /// A hierarchy of nothing.
  public init() { self.init(areas: HierarchyDimension(), measures: HierarchyDimension(), counted: []) }

  /// Position of the node with this key, by any of its names.
  public func node(_ key: SeriesKey) -> Int? { index[key] }

  /// Positions of the leaves that a node adds up, rising; of a leaf its own.
  public func leaves(of node: Int) -> [Int] { summing[node].map { leaves[$0] } }

  /// Positions of the nodes of a pair of levels, in order.
  public func nodes(at level: Level) -> [Int] { nodes.indices.filter { nodes[$0].level == level } }

  /// The pairs of levels that have nodes, in order of first appearance.
  public var levels: [Level] {
    var seen = Set<Level>()
    return nodes.map(\.level).filter { seen.insert($0).inserted }
  }

  /// The series of every node, made from those that are counted: leaves as they are, totals by ``Series/sum(_:key:)`` over
  /// their parts. A total is missing where a part is that existed in that period; without a series, a node has none.
  ///
  /// - Parameter base: series of the leaves, by any of their names; others are not looked at.
  /// - Returns: one a node, in the order of ``nodes``.
  public func series(_ base: Panel) -> [Series?] {
    var series = [Series?](repeating: nil, count: nodes.count)
    for leaf in leaves {
      let node = nodes[leaf]
      guard let found = base[node.key] ?? node.aliases.lazy.compactMap({ base[$0] }).first else { continue }
      series[leaf] = found.key == node.key ? found : found.renamed(node.key)
    }
    var done = Set(leaves)
    for sum in sums where done.insert(sum.total).inserted {
      let parts = sum.parts.compactMap { part in series[part].map { ($0, areas.members[nodes[part].area]) } }
      let key = nodes[sum.total].key
      if sum.way == .areas, parts.contains(where: { $0.1.first != nil || $0.1.last != nil }) {
        series[sum.total] = .sum(parts, key: key)
      } else if parts.count == 1 {
        series[sum.total] = parts[0].0.renamed(key)
      } else {
        series[sum.total] = .sum(parts.map(\.0), key: key)
      }
    }
    return series
  }

  /// The series of every node that has one, as a panel in the order of ``nodes``; see ``series(_:)``.
  public func evaluated(_ base: Panel) -> Panel {
    Panel(frequency: base.frequency, style: base.style, series: series(base).compactMap { $0 })
  }
}

extension Series {
  /// The sum of series of areas over the union of their spans, in each period of those that existed in it.
  fileprivate static func sum(_ parts: [(series: Series, area: HierarchyDimension.Member)], key: SeriesKey) -> Series? {
    let filled = parts.filter { $0.series.count > 0 }
    guard let start = filled.map(\.series.start).min(), let end = filled.map(\.series.end).max() else { return nil }
    // Where it did not exist, an area adds 0 to what did; where none did, nothing is known.
    let count = end - start + 1
    let anyone = (0..<count).map { offset in filled.contains { $0.area.exists(in: start + offset) } }
    let padded = filled.map { part in
      let isShare = part.series.kind == .proportion
      var values = [Double](repeating: .nan, count: count)
      var denominators = values
      for offset in 0..<count where anyone[offset] {
        if !part.area.exists(in: start + offset) {
          (values[offset], denominators[offset]) = (isShare ? .nan : 0, 0)
        } else if let value = part.series[start + offset] {
          values[offset] = value
        }
        let own = start + offset - part.series.start
        if part.area.exists(in: start + offset), let known = part.series.denominators, known.indices.contains(own) {
          denominators[offset] = known[own]
        }
      }
      let shift = part.series.start - start
      return Series(
        key: part.series.key, start: start, values: values, kind: part.series.kind,
        denominators: isShare ? denominators : nil,
        partial: part.series.partial.map { $0 + shift }.filter { part.area.exists(in: start + $0) })
    }
    return sum(padded, key: key)
  }
}
