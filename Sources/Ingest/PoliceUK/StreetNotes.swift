import CommunitySafety

/// What to say about the rows of a run of police.uk files, apart from completeness and duplicates.
struct StreetNotes {
  private(set) var notes: [DataNote] = []

  /// Looks at files, crime types, places and residual rows.
  init(
    files: [StreetFile], table: StreetTable, geographies: [ForceGeography], geography: Geography?,
    registry: AreaRegistry, level: AreaLevel, accounting: RowAccounting
  ) {
    noteFiles(files)
    noteTypes(table)
    notePlaces(table.placed, accounting)
    for (index, force) in geographies.enumerated() {
      note(force)
      noteFolded(force, table.placed.districts.filter { $0.key.force == index }, geography, registry)
    }
    for (reason, rows) in accounting.residual.sorted(by: { FileKind.scalarOrder($0.key, $1.key) }) {
      guard let reason = StreetNote.Residual(rawValue: reason) else { continue }
      add(.residual(reason, rows: rows, of: accounting.read, level: level))
    }
  }

  private mutating func add(_ note: StreetNote) { notes.append(.street(note)) }

  private mutating func notePlaces(_ placed: StreetTable.Placed, _ accounting: RowAccounting) {
    if placed.misses > 0 { add(.lookupMissed(rows: placed.misses)) }
    if placed.bestFit > 0 { add(.bestFit(rows: placed.bestFit, of: accounting.read)) }
    if placed.redrawn > 0 {
      add(.redrawn(rows: placed.redrawn, of: accounting.read, areas: placed.redrawnAreas.count))
    }
  }

  /// What to say about forces that are areas themselves, because none of their rows has a place.
  static func notes(onForcesWithoutPlaces areas: [Area]) -> [DataNote] {
    let forces = areas.filter { $0.level == .force }.map(\.name)
    return forces.isEmpty ? [] : [.street(.forcesWithoutPlaces(forces))]
  }

  /// What to say about rows without a place that were shared out.
  static func notes(onSharing allocation: StreetAllocation, of accounting: RowAccounting) -> [DataNote] {
    let (shared, left) = allocation.totals
    return shared + left == 0 ? [] : [.street(.sharedOut(rows: shared, of: accounting.read, left: left))]
  }

  /// What to say about repeated crime IDs, counted among one in 2^sampling of them.
  static func notes(on repeats: CrimeIDs.Repeats, sampling: Int) -> [DataNote] {
    guard repeats.ids > 0 else { return [] }
    return [
      .street(
        .repeatedCrimeIDs(
          ids: repeats.ids << sampling, acrossFiles: repeats.acrossFiles << sampling, rows: repeats.rows << sampling,
          isEstimate: sampling > 0))
    ]
  }

  private mutating func noteFiles(_ files: [StreetFile]) {
    let empty = files.filter { $0.tally.rows == 0 }
    if !empty.isEmpty { add(.emptyFiles(empty.map(\.label))) }
    let earliest = files.filter { $0.tally.isEarliest && $0.tally.rows > 0 }
    if !earliest.isEmpty {
      add(.earlyLayout(files: earliest.map(\.label), rows: earliest.reduce(0) { $0 + $1.tally.rows }))
    }
    let unnamed = files.filter { $0.tally.rows > 0 && $0.distinctSlugs.contains(StreetFile.unknownForce) }
    if !unnamed.isEmpty { add(.unknownForce(files: unnamed.map(\.label))) }
  }

  private mutating func noteTypes(_ table: StreetTable) {
    let current = Set(CrimeType.allCases.map(\.rawValue))
    let others = table.types.filter { !current.contains($0) }
    let retired = others.filter(StreetTable.retiredTypes.contains)
    let unknown = others.filter { !StreetTable.retiredTypes.contains($0) }
    if !retired.isEmpty { add(.retiredTypes(retired)) }
    if !unknown.isEmpty { add(.unrecognisedTypes(unknown)) }
  }

  private mutating func note(_ geography: ForceGeography) {
    if geography.isGuessed, !geography.districts.isEmpty {
      add(.homeDistrictsGuessed(force: geography.display, districts: geography.districts))
    }
  }

  /// Rows whose LSOA name gives a district that has since been replaced by the one they were counted in.
  private mutating func noteFolded(
    _ force: ForceGeography, _ districts: [StreetTable.Placed.Districts: Int], _ geography: Geography?,
    _ registry: AreaRegistry
  ) {
    var folded: [[String]: Int] = [:]
    for (pair, rows) in districts {
      guard case .district(let last) = force.place(of: pair.placed), pair.named != last else { continue }
      let isSuccessor =
        force.folded[pair.named] == last || geography?.successor(ofDistrictNamed: pair.named) == last
        || registry.lastSuccessor(of: pair.named) == last
      if isSuccessor { folded[[pair.named, last], default: 0] += rows }
    }
    guard !folded.isEmpty else { return }
    let list = folded.sorted { FileKind.scalarOrder($0.key[0], $1.key[0]) }
      .map { StreetNote.Folded($0.key[0], into: $0.key[1], rows: $0.value) }
    add(.folded(force: force.display, list))
  }
}
