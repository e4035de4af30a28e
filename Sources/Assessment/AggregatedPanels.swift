import CommunitySafety
import Ingest
import TimeSeries

/// The panels of one run, a panel for each level of geography and kind of measure, all ending in the same period.
struct AggregatedPanels {
  /// The series of one level and kind, with their areas.
  struct Layer {
    let level: AreaLevel
    let isGroup: Bool
    let panel: Panel
  }

  /// Name of the area that adds up everything in the run.
  static let wholeAreaName = Assessor.wholeAreaName

  /// Areas of the run, by level: base areas in input order, then partnerships, forces, the whole.
  private(set) var areas: [Area] = []
  /// Layers in the order of their areas, measures before groups.
  private(set) var layers: [Layer] = []
  /// Partnerships that are one district under the partnership's own name: their results are the district's.
  private(set) var aliases: [(partnership: Area, district: Area)] = []

  /// Adds up the base panel of `data` into partnerships, forces and the whole, and measures into groups.
  init(_ data: IngestedData, measures: MeasureRegistry) {
    let base = AggregatedPanels.aligned(data.panel)
    let baseAreas = base.areas.compactMap { data.areas[$0] }
    let home = baseAreas.filter { $0.level != .residual }
    let residual = baseAreas.filter { $0.level == .residual }
    areas = home + residual

    let byArea = Dictionary(grouping: base.series) { $0.key.area }
    func add(_ level: AreaLevel, _ parts: [(area: Area, members: [Area])]) {
      areas += parts.map(\.area)
      let series = parts.flatMap { part in
        base.measures.compactMap { measure in
          Series.sum(
            part.members.compactMap { member in byArea[member.name]?.first { $0.key.measure == measure } },
            key: SeriesKey(area: part.area.name, measure: measure))
        }
      }
      append(level, Panel(frequency: base.frequency, style: base.style, series: series), measures)
    }

    for level in AreaLevel.allCases {
      let names = Set(home.lazy.filter { $0.level == level }.map(\.name))
      append(level, base.filterMap { names.contains($0.key.area) ? $0 : nil }, measures)
    }
    let residualNames = Set(residual.map(\.name))
    append(.residual, base.filterMap { residualNames.contains($0.key.area) ? $0 : nil }, measures, groups: false)

    var partnerships: [(Area, [Area])] = []
    let homeNames = Set(home.map(\.name))
    for (name, members) in AggregatedPanels.grouped(baseAreas.filter { $0.level != .csp }, by: \.csp) {
      let isDistrict = members.count == 1 && members[0].level == .district
      // North Devon, for one, is the name of a district and of a partnership of two.
      let isAmbiguous = !isDistrict && homeNames.contains(name)
      let partnership = Area(
        name: isAmbiguous ? "\(name) (partnership)" : name, level: .csp, force: members[0].force, csp: name,
        members: members)
      if isDistrict {
        aliases.append((partnership, members[0]))
      } else {
        partnerships.append((partnership, members))
      }
    }
    areas += aliases.map(\.partnership)
    add(.csp, partnerships)
    let forces = AggregatedPanels.grouped(home + residual, by: \.force)
    if forces.count > 1, !home.contains(where: { $0.level == .force }) {
      add(.force, forces.map { (Area(name: $0, level: .force, force: $0, members: $1), $1) })
    }
    let hasSharedMeasures = base.series.contains { $0.key.measure != nil }
    if baseAreas.count > 1 && hasSharedMeasures {
      add(.whole, [(Area(name: AggregatedPanels.wholeAreaName, level: .whole, members: baseAreas), baseAreas)])
    }
  }

  private mutating func append(_ level: AreaLevel, _ panel: Panel, _ measures: MeasureRegistry, groups: Bool = true) {
    guard !panel.series.isEmpty else { return }
    layers.append(Layer(level: level, isGroup: false, panel: panel))
    guard groups else { return }
    let byArea = Dictionary(grouping: panel.series) { $0.key.area }
    let grouped = panel.areas.flatMap { area in
      measures.groups.compactMap { group -> Series? in
        let wanted = group.members ?? []
        let members = (byArea[area] ?? []).filter { series in
          series.kind == group.kind
            && series.key.measure.map { wanted.contains(measures.measure($0, kind: series.kind).id) } ?? false
        }
        // A group is the sum of all its members; with some of them absent from the source it would be another thing.
        guard members.count == wanted.count else { return nil }
        return Series.sum(members, key: SeriesKey(area: area, measure: group.label))
      }
    }
    guard !grouped.isEmpty else { return }
    let groupPanel = Panel(frequency: panel.frequency, style: panel.style, series: grouped)
    layers.append(Layer(level: level, isGroup: true, panel: groupPanel))
  }

  /// Every series extended with missing values to the last period of the panel, so that "the last year" is the same
  /// year for all.
  private static func aligned(_ panel: Panel) -> Panel {
    guard let end = panel.span?.upperBound else { return panel }
    return panel.filterMap { series in
      guard series.count > 0 else { return nil }
      if series.end == end { return series }
      return series.replacing(values: series.values + [Double](repeating: .nan, count: end - series.end))
    }
  }

  /// Areas grouped by a name, in order of first appearance; areas without one are left out.
  private static func grouped(_ areas: [Area], by name: (Area) -> String?) -> [(String, [Area])] {
    var order: [String] = []
    var members: [String: [Area]] = [:]
    for area in areas {
      guard let name = name(area) else { continue }
      if members[name] == nil { order.append(name) }
      members[name, default: []].append(area)
    }
    return order.map { ($0, members[$0] ?? []) }
  }
}
