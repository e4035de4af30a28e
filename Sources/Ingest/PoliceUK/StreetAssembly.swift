import CommunitySafety
import Diagnostics
import TimeSeries

/// Makes the panel of a run of police.uk files.
struct StreetAssembly {
  /// Values that a panel may have whatever was read, and for each row that was where that is more: the LSOAs of all forces over ten
  /// years have more than the former, slips and hostile files would have more than either.
  static let (valueLimit, valuesPerRow) = (50_000_000, 20)

  private let files: [StreetFile]
  private let options: IngestOptions
  private let registry: AreaRegistry
  private let selection: StreetSelection
  private let table: StreetTable
  private let geography: Geography?
  private let geographies: [ForceGeography]
  /// Level counted at: districts, wards or LSOAs; wider areas are added up from districts.
  private let level: AreaLevel
  /// First and last month, counted from year 0.
  private let span: ClosedRange<Int>

  /// Chooses what counts and tells home districts.
  ///
  /// - Throws: `HorizonError` of kind data if no file holds a row.
  init(
    files: [StreetFile], options: IngestOptions, registry: AreaRegistry, geography: Geography? = nil
  ) throws {
    self.files = files
    self.options = options
    self.registry = registry
    self.geography = geography
    level = options.by.map { [.lsoa, .ward].contains($0) ? $0 : .district } ?? .district
    selection = StreetSelection(files: files)
    table = StreetTable(
      files: files, selection: selection, names: DistrictNames(registry), geography: geography, level: level)
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

  /// For each file whether any of its rows counts.
  var areFilesUsed: [Bool] {
    selection.accepted.reduce(into: files.map { _ in false }) { $0[Int($1.file)] = true }
  }

  /// An area of the panel.
  private struct Target {
    let area: Area
    let force: Int
    let reason: String?
    let isKept: Bool
    /// Whether it is a district that was not asked for, of a force of which another was.
    var isPeer = false
  }

  /// The panel, its account and what to know about it.
  func data(sources: [SourceFile], notes: [DataNote]) throws -> IngestedData {
    let (areas, targets, targetOf, reachNotes) = try targets()
    let months = span.count
    let sharesOut = options.unallocated == .shared
    // Under districts what sharing out would add is known only where it is asked for: it would be as much again.
    let allocation = StreetAllocation(
      table: table, span: span, targets: areas.targets, targetOf: targetOf, sharesOut: sharesOut || level == .district)
    let kept = targets.indices.filter {
      targets[$0].isKept
        && !(sharesOut && allocation.leavesNone(of: targets[$0].force) && isUnlocated(targets[$0], $0, targetOf))
    }
    let limit = max(
      StreetAssembly.valueLimit, StreetAssembly.valuesPerRow * files.reduce(0) { $0 + $1.tally.rows })
    guard kept.count * table.types.count <= limit / months else {
      throw HorizonError(
        .data, "\(kept.count) areas, \(table.types.count) crime types and \(months) months are too many",
        remedy: "Check the columns Month, Crime type and LSOA name of the files")
    }
    var accounts = StreetAccounts(selection, table: table, span: span)
    var counts = StreetCounts(
      areas: targets.map(\.isKept), forces: targets.map(\.force), types: table.types, months: months,
      outcomes: table.outcomes,
      classes: options.outcomes
    )
    // Districts beside those that were asked for, whose outcomes nobody compares.
    var beside = StreetCounts(
      areas: targets.map(\.isPeer), forces: targets.map(\.force), types: table.types, months: months, outcomes: [],
      classes: nil)
    for cell in table.cells {
      let index = targetOf[cell.force][cell.place]
      if sharesOut, table.areas[cell.place].district.isEmpty,
        allocation.isShared(force: cell.force, type: cell.type, month: cell.month - span.lowerBound)
      {
        continue
      }
      guard targets[index].isKept else {
        accounts.setAside(cell, "area not asked for")
        if targets[index].isPeer { beside.add(cell, area: index, month: cell.month - span.lowerBound) }
        continue
      }
      counts.add(cell, area: index, month: cell.month - span.lowerBound)
      accounts.count(cell, residual: targets[index].reason)
    }
    if sharesOut {
      SharedOutcomes(table: table, span: span, allocation: allocation).deal(to: targets.map { ($0.force, $0.isKept) }) {
        counts.add($0.rows, type: $0.type, outcome: $0.outcome, area: $0.area, month: $0.month)
      } account: {
        accounts.countShared(force: $0.force, month: $0.month, kept: $0.kept, others: $0.others)
      }
    }
    let isThere = table.forces.map { slug in
      span.map { selection.vouching[.init(slug: slug, month: $0)] != nil }
    }
    let calendar = StreetCalendar(
      table: table, geographies: geographies, span: span, isThere: isThere,
      forces: Set(kept.map { targets[$0].force }).sorted(), accounts: accounts)
    let trust = StreetTrust(table: table, span: span, isThere: isThere, partial: calendar.partialMonths)
    let accounting = accounts.total
    let start = Period(frequency: .monthly, ordinal: span.lowerBound)
    let series = kept.flatMap { index in
      counts.series(
        area: index, named: targets[index].area.name, start: start, force: targets[index].force,
        isThere: isThere[targets[index].force], trust: trust)
    }
    let pending = Set(kept.map { targets[$0].force }).sorted().compactMap { force -> DataNote? in
      let months = counts.pending(force: force, isThere: isThere[force]).map { start + $0 }
      return months.isEmpty
        ? nil : .street(.outcomesPending(force: ForceName.display(slug: table.forces[force]), months))
    }
    return IngestedData(
      kind: .policeUK, panel: Panel(frequency: .monthly, style: .yearMonth, series: series),
      areas: Dictionary(uniqueKeysWithValues: kept.map { (targets[$0].area.name, targets[$0].area) }),
      completeness: CompletenessCalendar(cells: calendar.cells), accounting: accounting, sources: sources,
      notes: notes + selection.notes
        + StreetNotes(
          files: files, table: table, geographies: geographies, geography: geography, registry: registry, level: level,
          accounting: accounting
        ).notes
        + StreetNotes.notes(onForcesWithoutPlaces: kept.map { targets[$0].area })
        + (sharesOut ? StreetNotes.notes(onSharing: allocation, of: accounting) : [])
        + reachNotes + calendar.notes + trust.notes + counts.notes + pending,
      unallocated: allocation.rows(
        table: table, geographies: geographies, isThere: isThere, start: start,
        shares: level == .district ? shares(allocation, kept.map { ($0, targets[$0].area.name) }) : [:],
        isShared: sharesOut,
        forcesKept: Set(
          targets.indices.filter { targets[$0].isKept && isUnlocated(targets[$0], $0, targetOf) }
            .map { geographies[targets[$0].force].display }))
    )
    .with(
      peers: peers(targets) { index, area in
        let own = beside.series(
          area: index, named: area.name, start: start, force: targets[index].force,
          isThere: isThere[targets[index].force], trust: trust)
        // What sharing out gives to districts of the run it gives to these.
        guard sharesOut else { return own }
        return own.enumerated().map { type, series in
          let added = allocation.added[index].dropFirst(type * months).prefix(months)
          return added.isEmpty ? series : series.replacing(values: zip(series.values, added).map { $0 + Double($1) })
        }
      })
  }

  /// Districts beside those that were asked for; nil where there are none.
  private func peers(_ targets: [Target], series: (Int, Area) -> [Series]) -> PeerDistricts? {
    let found = targets.indices.filter { targets[$0].isPeer }
    guard !found.isEmpty else { return nil }
    return PeerDistricts(
      panel: Panel(
        frequency: .monthly, style: .yearMonth, series: found.flatMap { series($0, targets[$0].area) }),
      areas: Dictionary(found.map { (targets[$0].area.name, targets[$0].area) }, uniquingKeysWith: { a, _ in a }))
  }

  /// Whether an area is the one that a force's rows without a place count in.
  private func isUnlocated(_ target: Target, _ position: Int, _ targetOf: [[Int]]) -> Bool {
    target.reason == StreetNote.Residual.noLocation.rawValue
      && table.areas.indices.contains { table.areas[$0].district.isEmpty && targetOf[target.force][$0] == position }
  }

  /// What sharing out adds to the series of areas, by their positions and names.
  private func shares(_ allocation: StreetAllocation, _ areas: [(position: Int, name: String)]) -> [SeriesKey: [Int]] {
    var shares: [SeriesKey: [Int]] = [:]
    for (position, name) in areas where !allocation.added[position].isEmpty {
      for (type, label) in table.types.enumerated() {
        let added = allocation.added[position][(type * span.count)..<((type + 1) * span.count)]
        if added.contains(where: { $0 > 0 }) { shares[SeriesKey(area: name, measure: label)] = Array(added) }
      }
    }
    return shares
  }

  private static func geographies(_ table: StreetTable, _ registry: AreaRegistry) -> [ForceGeography] {
    var rows = [[String: Int]](repeating: [:], count: table.forces.count)
    for cell in table.cells { rows[cell.force][table.areas[cell.place].district, default: 0] += cell.rows }
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

  /// The areas of all forces in order, for each force and area of the table the one its rows count in, and what the
  /// footprint of the run leaves out.
  private func targets() throws -> (StreetTargets, [Target], [[Int]], [DataNote]) {
    let areas = StreetTargets(
      table: table, geographies: geographies, geography: geography, registry: registry, level: level)
    let reach = try FootprintReach(options, among: areas.targets.map(\.area))
    let choice = try AreaSelection(
      options.areas,
      among: areas.targets.map { item in
        AreaSelection.Candidate(
          name: item.area.name, isListed: item.reason == nil,
          aliases: (item.isPlace ? AreaSelection.aliases(item.area, in: registry) : [])
            + ForceName.aliases(slug: table.forces[item.force], display: geographies[item.force].display),
          group: options.group(of: item.area), isOutside: !reach.contains(item.area))
      }, footprint: options.placing?.footprint.id)
    // Of a footprint nothing stands beside: its areas are no districts.
    let forces = Set(areas.targets.indices.filter { choice.isKept[$0] }.map { areas.targets[$0].force })
    let hasPeers = level == .district && options.placing == nil && options.areas != nil
    let targets = areas.targets.enumerated().map { position, item in
      Target(
        area: item.area, force: item.force, reason: item.reason, isKept: choice.isKept[position],
        isPeer: hasPeers && !choice.isKept[position] && item.area.level == .district && forces.contains(item.force))
    }
    return (areas, targets, areas.targetOf, reach.notes)
  }
}
