import CommunitySafety
import Diagnostics
import TimeSeries
import Wording

/// Brings inputs of several sources together: those of a police archive, of tables of a council, a health or a fire service.
///
/// Inputs are of one source where they have one layout and, if they are tables, come under one entry of the register, or under none.
/// Each source is brought together by itself, then all of them: their areas by name, their series side by side. Where two sources report
/// the same measure of a place, the one that was given first counts, whole; the other is compared with it and set aside, and both are
/// named. Nothing is spliced or added up over sources.
extension InputReader {
  /// Brings the files of a run together, those of each source by themselves.
  ///
  /// - Throws: `HorizonError` as ``read(_:)-([String])`` does; usage for sources of different frequencies.
  package func assemble(_ input: IngestedUnits, register: SourceRegister) async throws -> IngestedData {
    let groups = input.grouped(by: register)
    guard groups.count > 1 else { return try await assemble(input) }
    var parts: [IngestedData] = []
    for (index, group) in groups.enumerated() {
      var options = options
      if try group.kind != .policeUK { options.unallocated = .setAside }
      // Areas that the first source holds may be asked for; of the others those are kept that are among them.
      let wanted = options.areas
      if index > 0 { options.areas = nil }
      let part = try await InputReader(options: options, registry: registry).assemble(group)
      let kept = index == 0 ? part : part.keeping(wanted, registry: registry)
      if let first = parts.first, !kept.panel.series.isEmpty, first.panel.frequency != kept.panel.frequency {
        throw HorizonError(
          .usage,
          "the sources are by \(first.panel.frequency.noun) and by \(kept.panel.frequency.noun): \(ListText.abridged(kept.sources.map(\.name), most: 3)) is by \(kept.panel.frequency.noun)",
          remedy: "Give all of them by \(first.panel.frequency.noun), or each frequency in a run of its own")
      }
      parts.append(kept.fromOneSource)
    }
    return IngestedData(joining: parts)
  }
}

extension IngestedUnits {
  /// The units of each source, in the order in which the sources were given.
  fileprivate func grouped(by register: SourceRegister) -> [IngestedUnits] {
    struct Key: Hashable {
      let kind: String
      let entry: String?
    }
    var order: [Key] = []
    var members: [Key: [Int]] = [:]
    var empty: [Int] = []
    for (index, unit) in units.enumerated() {
      guard let content = unit.content else {
        empty.append(index)
        continue
      }
      let kind = type(of: content).source.rawValue
      // The files of an archive continue each other, whatever they are registered as.
      let isTable = kind == IngestedData.SourceKind.table.rawValue
      let key = Key(kind: kind, entry: isTable ? register.entry(file: unit.name, layout: kind)?.id : nil)
      if members[key] == nil { order.append(key) }
      members[key, default: []].append(index)
    }
    guard order.count > 1 else { return [self] }
    return order.enumerated().map { position, key in
      // An empty file says nothing of its source: the first has it, for its notes.
      let chosen = ((members[key] ?? []) + (position == 0 ? empty : [])).sorted()
      let kept = Set(chosen.map { units[$0].source }).sorted()
      let place = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1, $0) })
      var numbers = [Int](repeating: 0, count: units.count)
      for (new, old) in chosen.enumerated() { numbers[old] = new }
      var group = IngestedUnits(
        units: chosen.map { index in
          var unit = units[index]
          unit.source = place[unit.source] ?? 0
          return unit
        }, sources: kept.map { sources[$0] }, skipped: position == 0 ? skipped : 0, notes: position == 0 ? notes : [],
        crimeIDs: key.kind == IngestedData.SourceKind.policeUK.rawValue
          ? (crimeIDs.collected.map { $0.renumbered(numbers) }, crimeIDs.sampling) : ([], 0))
      group.lookups = lookups
      return group
    }
  }
}

extension IngestedData {
  /// The data of areas that were asked for, of names that it has.
  fileprivate func keeping(_ wanted: [String]?, registry: AreaRegistry) -> IngestedData {
    guard let wanted else { return self }
    let all = panel.areas.compactMap { areas[$0] }
    let candidates = all.map { area in
      AreaSelection.Candidate(
        name: area.name, isListed: area.level != .residual,
        aliases: AreaSelection.aliases(area, in: registry) + [area.force].compactMap(\.self))
    }
    let known = wanted.filter { (try? AreaSelection([$0], among: candidates)) != nil }
    let kept = (try? AreaSelection(known, among: candidates))?.isKept ?? all.map { _ in false }
    let names = Set(zip(all, kept).filter(\.1).map(\.0.name))
    return IngestedData(
      kind: kind, panel: panel.filterMap { names.contains($0.key.area) ? $0 : nil },
      areas: areas.filter { names.contains($0.key) }, completeness: completeness, accounting: accounting,
      sources: sources, notes: notes, units: units, unallocated: unallocated
    ).with(rowsOf: rowsOf).with(peers: peers)
  }

  /// The same with its files and calendar saying which source they are of.
  fileprivate var fromOneSource: IngestedData {
    let files = sources.map { $0.of(layout: kind.rawValue) }
    let name = kind == .policeUK ? nil : sources.first?.name
    let cells = completeness.cells.map { cell in
      CompletenessCalendar.Cell(
        source: name.map { cell.source == "table" ? $0 : cell.source } ?? cell.source, period: cell.period,
        status: cell.status, rows: cell.rows, unlocated: cell.unlocated, medianRows: cell.medianRows,
        account: cell.account)
    }
    let measured = Dictionary(
      panel.measures.map { ($0, files.map(\.name)) }, uniquingKeysWith: { first, _ in first })
    return IngestedData(
      kind: kind, panel: panel, areas: areas, completeness: CompletenessCalendar(cells: cells), accounting: accounting,
      sources: files, notes: notes, units: units, unallocated: unallocated
    ).with(rowsOf: rowsOf).with(peers: peers).with(filesOf: measured)
  }

  /// The sources of a run as one, in the order in which they were given; at least one.
  fileprivate init(joining parts: [IngestedData]) {
    var series: [Series] = []
    var place: [SeriesKey: Int] = [:]
    var clashes: [FileNote.Clash] = []
    var (areas, units, rows, files): ([String: Area], [String: String], [SeriesKey: Int], [String: [String]]) = (
      [:], [:], [:], [:]
    )
    var from: [Int] = []
    var accounting = parts[0].accounting
    for (index, part) in parts.enumerated() {
      for one in part.panel.series {
        if let known = place[one.key] {
          let names = [from[known], index].map { parts[$0].sources.first?.name ?? "" }
          FileNote.Clash.add(
            to: &clashes, measure: one.key.measure ?? one.key.area, area: one.key.area, kept: names[0], other: names[1],
            series[known], one)
        } else {
          place[one.key] = series.count
          series.append(one)
          from.append(index)
        }
      }
      areas.merge(part.areas) { first, _ in first }
      units.merge(part.units) { first, _ in first }
      rows.merge(part.rowsOf) { first, _ in first }
      files.merge(part.filesOf) { first, _ in first }
      guard index > 0 else { continue }
      if accounting.unit != part.accounting.unit { accounting.unit = .rowsAndCells }
      accounting.add(part.accounting)
    }
    let used = Set(series.map(\.key.area))
    var seen = Set<DataNote>()
    let notes = (clashes.map { DataNote.files(.clash($0)) } + parts.flatMap(\.notes)).filter {
      seen.insert($0).inserted
    }
    self.init(
      kind: parts.first { $0.kind == .policeUK }?.kind ?? parts[0].kind,
      panel: Panel(frequency: parts[0].panel.frequency, style: parts[0].panel.style, series: series),
      areas: areas.filter { used.contains($0.key) },
      completeness: CompletenessCalendar(cells: parts.flatMap(\.completeness.cells)), accounting: accounting,
      sources: parts.flatMap(\.sources), notes: notes, units: units,
      unallocated: parts.lazy.compactMap(\.unallocated).first)
    self = with(rowsOf: rows).with(peers: parts.lazy.compactMap(\.peers).first).with(filesOf: files)
  }
}

extension FileNote {
  /// Two sources that report the same measure.
  public struct Clash: Hashable, Sendable, Codable {
    /// The measure.
    public let measure: String
    /// Files of the source that counts, and of the one that is set aside.
    public let kept: String, other: String
    /// Places where both report it.
    public private(set) var areas: [String]
    /// Periods of those places that both report, and those of which their figures differ.
    public private(set) var periods: Int, differing: Int
    /// The largest difference, the other less the kept; 0 where they agree.
    public private(set) var largest: Double

    static func add(
      to clashes: inout [Clash], measure: String, area: String, kept: String, other: String, _ first: Series,
      _ second: Series
    ) {
      var one = Clash(
        measure: measure, kept: kept, other: other, areas: [area], periods: 0, differing: 0, largest: 0)
      if second.count > 0 {
        for offset in 0..<second.count {
          guard let a = first[second.start + offset], let b = second[second.start + offset] else { continue }
          one.periods += 1
          guard a != b else { continue }
          one.differing += 1
          if (b - a).magnitude > one.largest.magnitude { one.largest = b - a }
        }
      }
      if let index = clashes.firstIndex(where: { $0.measure == measure && $0.kept == kept && $0.other == other }) {
        clashes[index].areas.append(area)
        clashes[index].periods += one.periods
        clashes[index].differing += one.differing
        if one.largest.magnitude > clashes[index].largest.magnitude { clashes[index].largest = one.largest }
      } else {
        clashes.append(one)
      }
    }
  }
}
