import CommunitySafety
import Diagnostics
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

  /// Areas of the run and what they add up to.
  let places: RunPlaces
  /// What adds up to what. A place with several names, such as a partnership of one district, is one node.
  let hierarchy: Hierarchy
  /// Layers in the order of their areas, measures before groups.
  private(set) var layers: [Layer] = []
  /// What the run cannot say of its areas and their totals, worst first.
  private(set) var limitations: [Limitation] = []

  /// Adds up the base panel of `data` into partnerships, forces and the whole, and measures into groups.
  ///
  /// - Parameters:
  ///   - registry: what is known of the areas; totals go by the dates of those that began or ended.
  ///   - addsUp: whether totals and groups are made; without them there are the layers of the data alone, and an empty hierarchy.
  /// - Throws: `HorizonError` if the names of the areas or of the groups contradict each other.
  init(
    _ data: IngestedData, measures: MeasureRegistry, areas registry: AreaRegistry = AreaRegistry(districts: []),
    addsUp: Bool = true
  ) throws {
    let base = AggregatedPanels.aligned(data.panel)
    let areas = base.areas.compactMap { data.areas[$0] }
    let history = AreaHistory(base, areas: areas, registry: registry)
    places = try RunPlaces(
      areas, withWhole: base.series.contains { $0.key.measure != nil }, dates: history.dates)
    hierarchy =
      addsUp
      ? Hierarchy(
        areas: places.dimension, measures: try AggregatedPanels.dimension(of: measures, in: base),
        counted: base.series.map(\.key)) : Hierarchy()
    let series = hierarchy.series(base)
    let nodes = Dictionary(grouping: hierarchy.nodes.indices) { hierarchy.nodes[$0].level }
    /// Areas of one level may be counted, added up, or some of them each.
    func panel(_ level: AreaLevel, _ measure: String, ofTotals: Bool) -> Panel {
      let found = (nodes[.init(area: level.rawValue, measure: measure)] ?? []).filter {
        places.dimension.parts(of: hierarchy.nodes[$0].area).isEmpty != ofTotals
      }
      return Panel(frequency: base.frequency, style: base.style, series: found.compactMap { series[$0] })
    }

    for level in AreaLevel.allCases where level != .residual {
      let names = Set(places.home.lazy.filter { $0.level == level }.map(\.name))
      guard !names.isEmpty else { continue }
      append(level, isGroup: false, base.filterMap { names.contains($0.key.area) ? $0 : nil })
      append(level, isGroup: true, panel(level, AggregatedPanels.groupLevel, ofTotals: false))
    }
    let residual = Set(places.residual.map(\.name))
    append(.residual, isGroup: false, base.filterMap { residual.contains($0.key.area) ? $0 : nil })
    for level in places.totalLevels {
      append(level, isGroup: false, panel(level, AggregatedPanels.measureLevel, ofTotals: true))
      append(level, isGroup: true, panel(level, AggregatedPanels.groupLevel, ofTotals: true))
    }
    let missing = missingMembers(series, registry)
    let leftOut = groupsLeftOut
    if !history.overlaps.isEmpty { limitations.append(.areasOverlap(history.overlaps)) }
    if !missing.isEmpty { limitations.append(.membersMissing(missing)) }
    if !history.changes.isEmpty { limitations.append(.areasChanged(history.changes)) }
    if !leftOut.isEmpty { limitations.append(.groupsLeftOut(leftOut)) }
  }

  private mutating func append(_ level: AreaLevel, isGroup: Bool, _ panel: Panel) {
    guard !panel.series.isEmpty else { return }
    layers.append(Layer(level: level, isGroup: isGroup, panel: panel))
  }

  private static let measureLevel = "measure"
  private static let groupLevel = "group"

  /// The measures of a panel, and the groups all members of which it has: with some of them absent from the source a group
  /// would be another thing.
  private static func dimension(of registry: MeasureRegistry, in panel: Panel) throws -> HierarchyDimension {
    var kinds: [String: MeasureKind] = [:]
    for series in panel.series {
      if let measure = series.key.measure, kinds[measure] == nil { kinds[measure] = series.kind }
    }
    let names = panel.measures
    var byID: [MeasureID: [String]] = [:]
    for name in names { byID[registry.measure(name, kind: kinds[name] ?? .count).id, default: []].append(name) }
    let groups = registry.groups.compactMap { group -> HierarchyDimension.Member? in
      let wanted = group.members ?? []
      let found = Set(wanted.flatMap { byID[$0] ?? [] }.filter { kinds[$0] == group.kind })
      guard !wanted.isEmpty, found.count == wanted.count else { return nil }
      return .init(
        .init(group.label, groupLevel), parts: names.filter(found.contains).map { .init($0, measureLevel) },
        needsEveryPart: true)
    }
    do throws(HierarchyError) {
      // Shoplifting is a theft and an acquisitive crime: groups overlap.
      return try HierarchyDimension(names.map { .init(.init($0, measureLevel)) } + groups, mayOverlap: true)
    } catch {
      throw HorizonError(
        .data, "the groups of measures do not add up: \(error)", remedy: "Give every group a label of its own")
    }
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
}
