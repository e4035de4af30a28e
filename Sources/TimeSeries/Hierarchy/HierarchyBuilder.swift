/// Crosses areas with measures: first what is counted, then sums over areas, then sums over measures.
struct HierarchyBuilder {
  let areas: HierarchyDimension
  let measures: HierarchyDimension
  private(set) var findings: [Hierarchy.Finding] = []
  /// Column of series that stand alone.
  private var alone: Int { measures.members.count }
  /// Of each area the measures it has, each with its sums, empty for a leaf. An area has few of all measures.
  private var cells: [[Int: [Sum]]]
  /// Of each area the measures that lack a part they need: a total of one would lose what its other parts hold.
  private var incomplete: [Set<Int>]

  private struct Sum {
    let way: Hierarchy.Sum.Way
    let parts: [Cell]
  }

  private struct Cell: Hashable {
    let area: Int
    let measure: Int
  }

  init(areas: HierarchyDimension, measures: HierarchyDimension) {
    self.areas = areas
    self.measures = measures
    cells = Array(repeating: [:], count: areas.members.count)
    incomplete = Array(repeating: [], count: areas.members.count)
  }

  /// Gives every series that is counted its place.
  mutating func place(_ counted: [SeriesKey]) {
    for key in counted {
      guard let area = areas.index(named: key.area),
        let measure = key.measure.map({ measures.index(named: $0) }) ?? alone
      else {
        findings.append(.orphan(key))
        continue
      }
      let isTotal = !areas.parts(of: area).isEmpty || measure != alone && !measures.parts(of: measure).isEmpty
      if isTotal {
        findings.append(.published(key))
      } else if cells[area].updateValue([], forKey: measure) != nil {
        findings.append(.repeated(key))
      }
    }
  }

  /// Sums each measure over areas. What stands alone has no measure that another area could share.
  mutating func addAreas() {
    for total in areas.partsFirst where !areas.parts(of: total).isEmpty {
      let parts = areas.parts(of: total)
      let met = Set(parts.flatMap { incomplete[$0].union(cells[$0].keys) }).subtracting([alone]).sorted()
      for measure in met {
        let present = parts.filter { cells[$0][measure] != nil }
        let lacks = parts.contains { incomplete[$0].contains(measure) }
        if lacks || areas.members[total].needsEveryPart && present.count < parts.count {
          let absent = parts.filter { cells[$0][measure] == nil }.map { areas.members[$0].name.text }
          leaveOut(Cell(area: total, measure: measure), absent: absent)
        } else {
          cells[total][measure] = [Sum(way: .areas, parts: present.map { Cell(area: $0, measure: measure) })]
        }
      }
    }
  }

  /// Sums measures in each area; and where areas have the sum already, over them too.
  mutating func addMeasures() {
    for area in areas.partsFirst {
      for total in measures.partsFirst where !measures.parts(of: total).isEmpty {
        let parts = measures.parts(of: total)
        let present = parts.filter { cells[area][$0] != nil }
        let lacks = parts.contains { incomplete[area].contains($0) }
        guard lacks || !present.isEmpty else { continue }
        if lacks || measures.members[total].needsEveryPart && present.count < parts.count {
          let absent = parts.filter { cells[area][$0] == nil }.map { measures.members[$0].name.text }
          leaveOut(Cell(area: area, measure: total), absent: absent)
          continue
        }
        var sums = [Sum(way: .measures, parts: present.map { Cell(area: area, measure: $0) })]
        let places = areas.parts(of: area).filter { cells[$0][total] != nil }
        if !places.isEmpty {
          sums.append(Sum(way: .areas, parts: places.map { Cell(area: $0, measure: total) }))
        }
        cells[area][total] = sums
      }
    }
  }

  private mutating func leaveOut(_ cell: Cell, absent: [String]) {
    incomplete[cell.area].insert(cell.measure)
    findings.append(.incomplete(key(cell), absent: absent))
  }

  /// The nodes in order, with the sums whose parts hold all the leaves of their total.
  func finish() -> (nodes: [Hierarchy.Node], sums: [Hierarchy.Sum], summing: Hierarchy.SparseRows) {
    var nodes: [Hierarchy.Node] = []
    var positions: [Cell: Int] = [:]
    var columns: [Int: Int] = [:]
    for area in areas.members.indices {
      for measure in cells[area].keys.sorted() {
        let cell = Cell(area: area, measure: measure)
        let isLeaf = cells[area][measure]?.isEmpty ?? true
        if isLeaf { columns[nodes.count] = columns.count }
        positions[cell] = nodes.count
        nodes.append(node(cell, isLeaf: isLeaf))
      }
    }
    var rows = [[Int]](repeating: [], count: nodes.count)
    for (node, column) in columns { rows[node] = [column] }
    var sums: [Hierarchy.Sum] = []
    let measureOrder = measures.partsFirst + [alone]
    for area in areas.partsFirst {
      for measure in measureOrder {
        let cell = Cell(area: area, measure: measure)
        guard let total = positions[cell] else { continue }
        for (way, sum) in (cells[area][measure] ?? []).enumerated() {
          let parts = sum.parts.compactMap { positions[$0] }
          // An area that lacks a member of the group has none of it, yet adds to the members' totals: then the second
          // way would lose those. It can only lose: both dimensions count nothing twice.
          let found = parts.reduce(0) { $0 + rows[$1].count }
          if way == 0 {
            rows[total] = parts.flatMap { rows[$0] }.sorted()
          } else if found < rows[total].count {
            continue
          }
          sums.append(Hierarchy.Sum(total: total, parts: parts, way: sum.way))
        }
      }
    }
    var summing = Hierarchy.SparseRows()
    for row in rows { summing.append(row) }
    return (nodes, sums, summing)
  }

  private func node(_ cell: Cell, isLeaf: Bool) -> Hierarchy.Node {
    let area = areas.members[cell.area]
    let measure = cell.measure == alone ? nil : measures.members[cell.measure]
    let own = key(cell)
    let keys = ([area.name] + area.aliases).flatMap { place in
      measure.map { measure in
        ([measure.name] + measure.aliases).map { SeriesKey(area: place.text, measure: $0.text) }
      } ?? [SeriesKey(area: place.text, measure: nil)]
    }
    return Hierarchy.Node(
      key: own, aliases: keys.filter { $0 != own }, level: .init(area: area.name.level, measure: measure?.name.level),
      area: cell.area, measure: measure.map { _ in cell.measure },
      isResidual: area.isResidual || measure?.isResidual ?? false, isLeaf: isLeaf)
  }

  private func key(_ cell: Cell) -> SeriesKey {
    SeriesKey(
      area: areas.members[cell.area].name.text,
      measure: cell.measure == alone ? nil : measures.members[cell.measure].name.text)
  }
}
