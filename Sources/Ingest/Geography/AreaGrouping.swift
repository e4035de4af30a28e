import CommunitySafety
import Diagnostics
import TimeSeries

/// Adds the areas of a run up into partnerships or forces.
///
/// Residual areas count in their force and stay as they are beside partnerships. So do areas whose partnership or force is not
/// known, values that are no counts or shares, and measures that only some members of a group have, which are noted.
struct AreaGrouping {
  let level: AreaLevel
  let registry: AreaRegistry

  /// Name of the area of a level that another lies in; nil where it is not known, or the level is no wider one.
  static func name(of area: Area, at level: AreaLevel) -> String? {
    // What is in no district is in its force all the same.
    guard area.level != .residual || level == .force else { return nil }
    return switch level {
    case .csp: area.csp
    case .force: area.force
    default: nil
    }
  }

  /// The same data by the areas of the level; unless it is a wider one than districts, the data itself.
  ///
  /// - Throws: `HorizonError` of kind usage where the areas of a table were to be divided.
  func grouped(_ data: IngestedData) throws -> IngestedData {
    guard level == .csp || level == .force else {
      guard data.kind == .policeUK || level == .district else {
        throw HorizonError(
          .usage, "--by \(level.rawValue) cannot divide the areas of a table",
          remedy: "Give --by csp or --by force, which add districts up, or leave it out")
      }
      return data
    }
    var members: [String: [Area]] = [:]
    var order: [String] = []
    for area in data.panel.areas.compactMap({ data.areas[$0] }) {
      guard let group = AreaGrouping.name(of: area, at: level) else { continue }
      if members[group] == nil { order.append(group) }
      members[group, default: []].append(area)
    }
    var counted: [Series] = []
    var alone: [Series] = []
    var values = Set<String>()
    for series in data.panel.series {
      let group = data.areas[series.key.area].flatMap { AreaGrouping.name(of: $0, at: level) }
      guard let group, let measure = series.key.measure else {
        alone.append(series)
        continue
      }
      if series.kind == .value, (members[group] ?? []).count > 1 {
        alone.append(series)
        values.insert(measure)
      } else {
        counted.append(series)
      }
    }
    let hierarchy = try hierarchy(order.map { ($0, members[$0] ?? []) }, data.panel, counted)
    let all = hierarchy.series(data.panel)
    let sums = hierarchy.nodes.indices.filter { !hierarchy.nodes[$0].isLeaf }.compactMap { all[$0] }
    var incomplete: [AreaNote.Group] = []
    // Series without a period have no sum.
    var lacking = Set(hierarchy.nodes.indices.filter { all[$0] == nil }.map { hierarchy.nodes[$0].key })
    for case .incomplete(let key, _) in hierarchy.findings { lacking.insert(key) }
    for group in order {
      for measure in data.panel.measures where lacking.contains(SeriesKey(area: group, measure: measure)) {
        let names = Set((members[group] ?? []).map(\.name))
        alone += counted.filter { names.contains($0.key.area) && $0.key.measure == measure }
        incomplete.append(.init(group, lacks: [measure]))
      }
    }
    let names = Set(sums.map(\.key.area))
    var areas: [String: Area] = [:]
    for name in order where names.contains(name) {
      let members = members[name] ?? []
      areas[name] = Area(
        name: name, level: level, force: members[0].force, csp: level == .csp ? name : nil, members: members)
    }
    let rest = alone.map { series -> Series in
      guard let area = data.areas[series.key.area] else { return series }
      // North Devon, for one, is the name of a district and of a partnership of two.
      let name = names.contains(area.name) ? "\(area.name) (\(area.level.rawValue))" : area.name
      areas[name] = area.renamed(name)
      return series.renamed(SeriesKey(area: name, measure: series.key.measure))
    }
    return IngestedData(
      kind: data.kind, panel: Panel(frequency: data.panel.frequency, style: data.panel.style, series: sums + rest),
      areas: areas, completeness: data.completeness,
      accounting: level == .force ? data.accounting.withoutResidual : data.accounting, sources: data.sources,
      notes: data.notes + notes(data, members, values.sorted(by: FileKind.scalarOrder), incomplete),
      // Forces hold the rows without a place however districts share them.
      unallocated: level == .force
        ? data.unallocated?.withoutChoice
        : data.unallocated?.grouped { name in data.areas[name].flatMap { AreaGrouping.name(of: $0, at: level) } })
  }

  /// The groups as totals of their areas, none of them of some of its areas only.
  private func hierarchy(
    _ groups: [(name: String, members: [Area])], _ panel: Panel, _ counted: [Series]
  ) throws -> Hierarchy {
    // A partnership may have the name of an area, even that of a partnership in the data.
    func part(_ area: Area) -> HierarchyDimension.Name { .init(area.name, "area") }
    let areas = try HierarchyDimension(
      groups.flatMap(\.members).map { .init(part($0)) }
        + groups.map { .init(.init($0.name, level.rawValue), parts: $0.members.map(part), needsEveryPart: true) })
    let measures = try HierarchyDimension(panel.measures.map { .init(.init($0, "measure")) })
    return Hierarchy(areas: areas, measures: measures, counted: counted.map(\.key))
  }

  private func notes(
    _ data: IngestedData, _ members: [String: [Area]], _ values: [String], _ incomplete: [AreaNote.Group]
  ) -> [DataNote] {
    var notes: [DataNote] = []
    let without = data.panel.areas.filter { name in
      data.areas[name].map { $0.level != .residual && AreaGrouping.name(of: $0, at: level) == nil } ?? false
    }
    if !without.isEmpty { notes.append(.areas(.noGroup(without, level: level))) }
    if !values.isEmpty { notes.append(.areas(.notAddedUp(measures: values))) }
    if !incomplete.isEmpty { notes.append(.areas(.incompleteGroups(incomplete, level: level))) }
    let partial = members.keys.sorted(by: FileKind.scalarOrder).compactMap { name -> AreaNote.Group? in
      let absent = absent(members[name] ?? [])
      return absent.isEmpty ? nil : .init(name, lacks: absent)
    }
    if !partial.isEmpty { notes.append(.areas(.partialGroups(partial, level: level))) }
    return notes
  }

  /// Districts of the registry that belong with these but are not among them.
  private func absent(_ members: [Area]) -> [String] {
    let present = Set(
      members.compactMap { area in
        (area.code.flatMap { registry.district(code: $0) } ?? registry.district(named: area.name))
          .map { registry.lastSuccessor(of: $0.name) }
      })
    let districts = present.compactMap { registry.district(named: $0) }
    let groups = Set(districts.map { level == .csp ? $0.csp : $0.force })
    return registry.districts.filter { district in
      district.successor == nil && groups.contains(level == .csp ? district.csp : district.force)
        && !present.contains(district.name)
    }.map(\.name)
  }
}
