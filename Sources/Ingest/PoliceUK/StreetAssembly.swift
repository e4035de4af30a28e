import CommunitySafety
import TimeSeries

/// Makes the panel of a run of police.uk files.
struct StreetAssembly {
  /// Most values of a panel: forces cannot come near it, slips and hostile files can.
  static let valueLimit = 50_000_000

  private let files: [StreetFile]
  private let options: IngestOptions
  private let registry: AreaRegistry
  private let selection: StreetSelection
  private let table: StreetTable
  private let geographies: [ForceGeography]
  /// First and last month, counted from year 0.
  private let span: ClosedRange<Int>

  /// Chooses what counts and tells home districts.
  ///
  /// - Throws: `HorizonError` of kind data if no file holds a row.
  init(
    files: [StreetFile], options: IngestOptions, registry: AreaRegistry, lookup: DistrictLookup? = nil
  ) throws {
    self.files = files
    self.options = options
    self.registry = registry
    selection = StreetSelection(files: files)
    table = StreetTable(files: files, selection: selection, names: DistrictNames(registry), lookup: lookup)
    let months = selection.vouching.keys.map(\.month)
    guard let first = months.min(), let last = months.max() else {
      throw HorizonError(
        .data, files.count == 1 ? "the file has a header and no rows" : "no file holds a row",
        at: .init(file: files.first?.location ?? "", line: 1),
        remedy: "Download it again; a force-month holds thousands")
    }
    span = first...last
    geographies = StreetAssembly.geographies(table, registry)
  }

  /// An area of the panel.
  private struct Target {
    let area: Area
    let force: Int
    let reason: String?
    let isKept: Bool
  }

  /// The panel, its account and what to know about it.
  func data(sources: [SourceFile], notes: [DataNote]) throws -> IngestedData {
    let (targets, targetOf) = try targets()
    let months = span.count
    let kept = targets.indices.filter { targets[$0].isKept }
    guard kept.count * table.types.count <= StreetAssembly.valueLimit / months else {
      throw HorizonError(
        .data, "\(kept.count) areas, \(table.types.count) crime types and \(months) months are too many",
        remedy: "Check the columns Month, Crime type and LSOA name of the files")
    }
    var accounting = RowAccounting(read: files.reduce(0) { $0 + $1.tally.rows }, setAside: selection.setAside)
    var counts = StreetCounts(
      areas: targets.map(\.isKept), types: table.types, months: months, outcomes: table.outcomes,
      classes: options.outcomes
    )
    for cell in table.cells {
      let index = targetOf[cell.force][cell.place]
      guard targets[index].isKept else {
        accounting.setAside["area not asked for", default: 0] += cell.rows
        continue
      }
      counts.add(cell, area: index, month: cell.month - span.lowerBound)
      if let reason = targets[index].reason {
        accounting.residual[reason, default: 0] += cell.rows
      } else {
        accounting.counted += cell.rows
      }
    }
    let isThere = table.forces.map { slug in
      span.map { selection.vouching[.init(slug: slug, month: $0)] != nil }
    }
    let calendar = StreetCalendar(
      table: table, geographies: geographies, span: span, isThere: isThere,
      forces: Set(kept.map { targets[$0].force }).sorted())
    let trust = StreetTrust(table: table, span: span, isThere: isThere, partial: calendar.partialMonths)
    let start = Period(frequency: .monthly, ordinal: span.lowerBound)
    let series = kept.flatMap { index in
      counts.series(
        area: index, named: targets[index].area.name, start: start, force: targets[index].force,
        isThere: isThere[targets[index].force], trust: trust)
    }
    return IngestedData(
      kind: .policeUK, panel: Panel(frequency: .monthly, style: .yearMonth, series: series),
      areas: Dictionary(uniqueKeysWithValues: kept.map { (targets[$0].area.name, targets[$0].area) }),
      completeness: CompletenessCalendar(cells: calendar.cells), accounting: accounting, sources: sources,
      notes: notes + selection.notes
        + StreetNotes(files: files, table: table, geographies: geographies, accounting: accounting).notes
        + calendar.notes + trust.notes + counts.notes)
  }

  private static func geographies(_ table: StreetTable, _ registry: AreaRegistry) -> [ForceGeography] {
    var rows = [[String: Int]](repeating: [:], count: table.forces.count)
    for cell in table.cells { rows[cell.force][table.areas[cell.place], default: 0] += cell.rows }
    let claimed = table.forces.indices.map {
      ForceGeography(slug: table.forces[$0], display: table.displays[$0], rows: rows[$0], registry: registry)
    }
    // A district at home in two forces goes to the one the registry knows, then to the one with most rows in it.
    var owner: [String: Int] = [:]
    for (index, geography) in claimed.enumerated() {
      for district in geography.districts {
        guard let other = owner[district] else {
          owner[district] = index
          continue
        }
        let (a, b) = (claimed[other], geography)
        let (inA, inB) = (rows[other][district] ?? 0, rows[index][district] ?? 0)
        if a.isGuessed != b.isGuessed ? a.isGuessed : inB > inA { owner[district] = index }
      }
    }
    return claimed.enumerated().map { index, geography in
      geography.without(Set(geography.districts.filter { owner[$0] != index }))
    }
  }

  /// The areas of all forces in order, and for each force and district name the area its rows count in.
  private func targets() throws -> ([Target], [[Int]]) {
    var areas: [(area: Area, force: Int, reason: String?)] = []
    var targetOf: [[Int]] = []
    var seen = [[Bool]](
      repeating: [Bool](repeating: false, count: table.areas.count), count: table.forces.count)
    for cell in table.cells { seen[cell.force][cell.place] = true }
    for (force, geography) in geographies.enumerated() {
      let start = areas.count
      areas += geography.districts.map { (district($0, geography), force, nil) }
      let places = table.areas.map { geography.place(of: $0) }
      var position = Dictionary(
        uniqueKeysWithValues: geography.districts.enumerated().map { (ForceGeography.Place.district($1), start + $0) })
      for (place, reason) in [(ForceGeography.Place.outside, "outside the force"), (.unlocated, "no location")] {
        guard places.indices.contains(where: { seen[force][$0] && places[$0] == place }) else { continue }
        position[place] = areas.count
        let name = "\(geography.display): \(reason)"
        areas.append(
          (Area(name: name, level: .residual, force: geography.display), force, reason))
      }
      targetOf.append(places.map { position[$0] ?? 0 })
    }
    let choice = try options.areas.map { wanted in
      try AreaSelection(
        wanted,
        among: areas.map { item in
          AreaSelection.Candidate(
            name: item.area.name, isListed: item.reason == nil,
            aliases: (item.reason == nil ? AreaSelection.aliases(item.area) : [])
              + ForceName.aliases(slug: table.forces[item.force], display: geographies[item.force].display))
        })
    }
    let targets = areas.enumerated().map {
      Target(
        area: $1.area, force: $1.force, reason: $1.reason, isKept: choice?.isKept[$0] ?? true)
    }
    return (targets, targetOf)
  }

  private func district(_ name: String, _ geography: ForceGeography) -> Area {
    let known = registry.district(named: name)
    return Area(
      name: name, code: known?.code, level: .district, force: geography.display, csp: known?.csp,
      population: known?.population)
  }
}
