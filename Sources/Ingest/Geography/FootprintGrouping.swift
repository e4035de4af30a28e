import CommunitySafety
import Diagnostics
import TimeSeries

extension IngestedData {
  /// The account of rows where these series are no part of the areas of a footprint.
  fileprivate func accounting(without unused: [Series]) -> RowAccounting {
    let rows = unused.reduce(0) { $0 + (rowsOf[$1.key] ?? 0) }
    guard rows > 0 else { return accounting }
    var accounting = accounting
    accounting.counted -= rows
    accounting.setAside["measure that does not add up on the footprint", default: 0] += rows
    return accounting
  }
}

/// Adds the areas of a run up into those of a footprint, over the whole history.
///
/// An area is the sum of its parts: a period in which a part is missing is missing in the sum. An area of which the
/// data lacks a part is left out (``FootprintReach`` says so). Values that are no counts or shares do not add up and are left out where an
/// area has several parts.
struct FootprintGrouping {
  let placing: FootprintPlacing

  private var footprint: Footprint { placing.footprint }

  /// The parts of each area of the footprint that is whole, by its position, in order of the data.
  private func members(_ data: IngestedData) -> [Int: [Area]] {
    var members: [Int: [Area]] = [:]
    for area in data.panel.areas.compactMap({ data.areas[$0] }) {
      if let position = placing.position(of: area) { members[position, default: []].append(area) }
    }
    return members.filter { placing.lacking($0.key, among: $0.value).isEmpty }
  }

  /// The same data by the areas of the footprint, or with the footprint's areas named as totals of it.
  ///
  /// - Throws: `HorizonError` of kind data if the names of the areas contradict each other.
  func grouped(_ data: IngestedData) throws -> IngestedData {
    let members = members(data)
    var notes = notes(members)
    guard placing.replacesAreas else { return tagged(data, members, notes) }
    var dropped = Set<String>()
    var counted: [Series] = []
    for position in members.keys.sorted() {
      let parts = members[position] ?? []
      let names = Set(parts.map(\.name))
      for series in data.panel.series where names.contains(series.key.area) {
        guard let measure = series.key.measure else { continue }
        if series.kind == .value, parts.count > 1 { dropped.insert(measure) } else { counted.append(series) }
      }
    }
    let hierarchy = try hierarchy(members, data.panel, counted)
    let all = hierarchy.series(data.panel)
    let sums = hierarchy.nodes.indices.filter { !hierarchy.nodes[$0].isLeaf }.compactMap { all[$0] }
    guard !sums.isEmpty else {
      throw HorizonError(
        .data, "no measure of the inputs has figures of every part of an area of the footprint \"\(footprint.id)\"",
        remedy: "Values that are no counts or shares do not add up; see `horizon series` without --footprint")
    }
    var incomplete: [String: [String]] = [:]
    for case .incomplete(let key, _) in hierarchy.findings {
      if let measure = key.measure { incomplete[key.area, default: []].append(measure) }
    }
    let lacks = footprint.areas.compactMap { area in incomplete[area.name].map { AreaNote.Group(area.name, lacks: $0) }
    }
    if !lacks.isEmpty { notes.append(.areas(.footprintMeasures(lacks))) }
    if !dropped.isEmpty { notes.append(.areas(.footprintValues(dropped.sorted(by: FileKind.scalarOrder)))) }
    notes += gaps(sums, members, data.panel)
    let names = Set(sums.map(\.key.area))
    var areas: [String: Area] = [:]
    for (position, parts) in members where names.contains(footprint.areas[position].name) {
      let area = area(position, parts)
      areas[area.name] = area
    }
    let groupOf = Dictionary(
      members.flatMap { position, parts in parts.map { ($0.name, self.area(position, parts).name) } },
      uniquingKeysWith: { first, _ in first })
    let made = Set(sums.map(\.key))
    let unused = data.panel.series.filter { series in
      groupOf[series.key.area].map { !made.contains(SeriesKey(area: $0, measure: series.key.measure)) } ?? true
    }
    return IngestedData(
      kind: data.kind, panel: Panel(frequency: data.panel.frequency, style: data.panel.style, series: sums),
      areas: areas, completeness: data.completeness, accounting: data.accounting(without: unused),
      sources: data.sources,
      notes: data.notes + notes, units: data.units,
      unallocated: data.unallocated?.grouped { groupOf[$0] })
  }

  /// The data as it is, each area with the name of the area it lies in of this footprint, as the one beside.
  func marked(_ data: IngestedData) -> IngestedData {
    var areas = data.areas
    for (position, parts) in members(data) {
      for part in parts { areas[part.name]?.beside = footprint.areas[position].name }
    }
    return IngestedData(
      kind: data.kind, panel: data.panel, areas: areas, completeness: data.completeness, accounting: data.accounting,
      sources: data.sources, notes: data.notes, units: data.units, unallocated: data.unallocated)
  }

  /// The data as it is, each area with the name of the footprint's area it lies in.
  private func tagged(_ data: IngestedData, _ members: [Int: [Area]], _ notes: [DataNote]) -> IngestedData {
    var areas = data.areas
    for (position, parts) in members {
      for part in parts { areas[part.name]?.authority = footprint.areas[position].name }
    }
    return IngestedData(
      kind: data.kind, panel: data.panel, areas: areas, completeness: data.completeness, accounting: data.accounting,
      sources: data.sources, notes: data.notes + notes, units: data.units, unallocated: data.unallocated)
  }

  /// An area of the footprint from its parts.
  private func area(_ position: Int, _ parts: [Area]) -> Area {
    let part = footprint.areas[position]
    let districts = placing.districts[position]
    if footprint.kind == .district, parts.count == 1, parts[0].level == .district { return parts[0].renamed(part.name) }
    let forces = Set(parts.map(\.force))
    var area = Area(
      name: part.name, level: footprint.kind.level, force: forces.count == 1 ? parts[0].force : nil,
      csp: footprint.kind == .csp ? part.name : nil, members: parts)
    area.districts = districts
    return area
  }

  private func hierarchy(_ members: [Int: [Area]], _ panel: Panel, _ counted: [Series]) throws -> Hierarchy {
    // An area of the footprint may have the name of one of its parts.
    let positions = members.keys.sorted()
    func part(_ area: Area) -> HierarchyDimension.Name { .init(area.name, "area") }
    let byArea = Dictionary(grouping: counted, by: \.key.area)
    let parts = positions.flatMap { members[$0] ?? [] }.map { area in
      let dates = placing.dates(of: area, frequency: panel.frequency, byArea[area.name] ?? [])
      return HierarchyDimension.Member(part(area), first: dates.first, last: dates.last)
    }
    let totals = positions.map { position in
      HierarchyDimension.Member(
        .init(footprint.areas[position].name, "footprint"), parts: (members[position] ?? []).map(part),
        needsEveryPart: true)
    }
    let areas = try HierarchyDimension(parts + totals)
    let measures = try HierarchyDimension(panel.measures.map { .init(.init($0, "measure")) })
    return Hierarchy(areas: areas, measures: measures, counted: counted.map(\.key))
  }

  private func notes(_ members: [Int: [Area]]) -> [DataNote] {
    let parts = members.keys.sorted().map { position in
      AreaNote.FootprintArea(
        footprint.areas[position].name,
        parts: placing.districts[position].map { $0.isWhole ? $0.name : "\($0.name) in part" })
    }
    var notes: [DataNote] = [
      .areas(
        .footprint(
          name: footprint.name, isProposed: footprint.isProposed, from: footprint.from?.year, note: footprint.note,
          areas: parts))
    ]
    if !placing.unlisted.isEmpty {
      notes.append(.areas(.unlistedLSOAs(placing.unlisted.map { .init(district: $0.district, lsoas: $0.lsoas) })))
    }
    return notes
  }

  /// Periods in which a sum is missing although some of its parts are known, by area.
  private func gaps(_ sums: [Series], _ members: [Int: [Area]], _ panel: Panel) -> [DataNote] {
    var known: [SeriesKey: Series] = [:]
    for series in panel.series { known[series.key] = series }
    var gaps: [String: Set<Period>] = [:]
    let partsOf = Dictionary(
      members.map { (footprint.areas[$0.key].name, $0.value) }, uniquingKeysWith: { first, _ in first })
    for sum in sums {
      let parts = (partsOf[sum.key.area] ?? []).compactMap {
        known[SeriesKey(area: $0.name, measure: sum.key.measure)]
      }
      for (offset, value) in sum.values.enumerated() where value.isNaN {
        let period = sum.start + offset
        if parts.contains(where: { $0[period] != nil }) { gaps[sum.key.area, default: []].insert(period) }
      }
    }
    guard !gaps.isEmpty else { return [] }
    return [
      .areas(
        .footprintGaps(
          footprint.areas.compactMap { area in gaps[area.name].map { .init(area: area.name, periods: $0.sorted()) } }))
    ]
  }
}
