import Assessment
import ModelFiles
import Session
import TimeSeries
import Wording

/// Both sides of a hierarchy, with what may stand for the measure of series that have none.
struct AskedHierarchy {
  let areas: HierarchyDimension
  let measures: HierarchyDimension
  let middle: String?
  /// The panel it is of: series that stand alone have a measure given to them, since totals are of one measure.
  let panel: Panel
  /// What was found of totals that the data publishes beside their parts.
  let notes: [String]
  private let hasNames: Bool

  /// The measure of series that have none.
  fileprivate static let unnamed = "\u{0}"

  /// What a file says, or what the data says without one.
  ///
  /// - Throws: `HorizonError` with the line of a mistake in the file.
  init(file: String?, _ session: Session) throws {
    hasNames = session.data.panel.series.contains { $0.key.measure != nil }
    let panel =
      hasNames || file == nil
      ? session.data.panel
      : session.data.panel.filterMap { $0.renamed(SeriesKey(area: $0.key.area, measure: AskedHierarchy.unnamed)) }
    guard let file else {
      let own = try RunHierarchy(session.data, reference: session.reference)
      (areas, measures, middle, notes) = (own.areas, own.measures, nil, [])
      self.panel = panel
      return
    }
    let read = try HierarchyFile(ReferenceFiles.text(file), name: file)
    let first = try (areas: read.areaDimension(panel.areas), measures: read.measureDimension(panel.measures))
    let rests = PublishedRests(panel, areas: first.areas, measures: first.measures)
    notes = rests.notes
    middle = read.middle
    guard !rests.series.isEmpty else {
      (areas, measures) = first
      self.panel = panel
      return
    }
    let whole = Panel(frequency: panel.frequency, style: panel.style, series: panel.series + rests.series)
    areas = try read.areaDimension(whole.areas, rests: rests.areas)
    measures = try read.measureDimension(whole.measures, rests: rests.measures)
    self.panel = whole
  }

  /// The measures that people see: none, where series have none.
  var shownMeasures: HierarchyDimension {
    measures.member(named: AskedHierarchy.unnamed) == nil ? measures : HierarchyDimension()
  }

  /// The key that people see.
  func shown(_ key: SeriesKey) -> SeriesKey {
    key.measure == AskedHierarchy.unnamed ? SeriesKey(area: key.area, measure: nil) : key
  }

  /// The level that people see: of the area, and of the measure where there is one.
  func level(_ node: Hierarchy.Node) -> String {
    guard let measure = node.level.measure, node.key.measure != AskedHierarchy.unnamed else { return node.level.area }
    return "\(node.level.area) x \(measure)"
  }
}

/// What totals that are published hold beside their parts.
private struct PublishedRests {
  /// Series of what they hold more, counted apart from now on.
  private(set) var series: [Series] = []
  /// Totals of areas with the name of what they hold more, and of measures.
  private(set) var areas: [String: String] = [:]
  private(set) var measures: [String: String] = [:]
  private(set) var notes: [String] = []

  init(_ panel: Panel, areas areaSide: HierarchyDimension, measures measureSide: HierarchyDimension) {
    let hierarchy = Hierarchy(areas: areaSide, measures: measureSide, counted: panel.series.map(\.key))
    let published = hierarchy.findings.compactMap { finding -> SeriesKey? in
      if case .published(let key) = finding { return key }
      return nil
    }
    guard !published.isEmpty else { return }
    let sums = hierarchy.series(panel)
    for key in published {
      guard let own = panel[key], own.kind == .count, let node = hierarchy.node(key), let sum = sums[node] else {
        continue
      }
      let rest = own.values.indices.map { t in sum[own.start + t].map { own.values[t] - $0 } ?? .nan }
      let off = rest.filter { $0.isFinite && $0 != 0 }
      guard !off.isEmpty else { continue }
      let name = key.measure == AskedHierarchy.unnamed ? key.area : key.uniqueID
      let what = "\(name) is not the sum of its parts in \(off.count) of \(own.count) \(own.start.frequency.noun)s"
      let isOfAreas = areaSide.member(named: key.area).map { !$0.parts.isEmpty } ?? false
      let isOfMeasures = key.measure.flatMap { measureSide.member(named: $0) }.map { !$0.parts.isEmpty } ?? false
      // What a total of areas and measures at once lacks has no one place to be kept in.
      guard !off.contains(where: { $0 < 0 }), isOfAreas != isOfMeasures, let measure = key.measure else {
        notes.append(
          "warning: \(what), by \(NumberText.grouped(off.min() ?? 0)) to \(NumberText.grouped(off.max() ?? 0)): the sum is used"
        )
        continue
      }
      let apart = isOfAreas ? "\(key.area) (rest)" : "\(measure) (rest)"
      notes.append(
        "warning: \(what), by up to \(NumberText.grouped(off.max() ?? 0)) more: kept as \(apart)")
      if isOfAreas { areas[key.area] = apart } else { measures[measure] = apart }
      series.append(
        own.replacing(values: rest).renamed(
          isOfAreas ? SeriesKey(area: apart, measure: measure) : SeriesKey(area: key.area, measure: apart)))
    }
  }
}
