import CommunitySafety

/// The rows of a run that count, with forces, districts and crime types of all files under common numbers.
struct StreetTable {
  /// Slugs, sorted.
  let forces: [String]
  /// Name of each force that people see: the reporter's name that most of its rows give.
  let displays: [String]
  /// District names; "" is "no location".
  let areas: [String]
  /// Crime types: those published now in their usual order, then others in scalar order.
  let types: [String]
  /// Outcomes as written, in scalar order; the only one is blank where outcomes are not told apart.
  let outcomes: [String]
  /// The counts.
  let cells: [StreetCell]
  /// Rows whose LSOA code the lookup does not know: they are placed by LSOA name.
  let lookupMisses: Int

  /// Brings the accepted cells of all files under common numbers, and places under the names of districts: those the
  /// lookup has for their LSOA codes, else those of the registry for their LSOA names.
  init(files: [StreetFile], selection: StreetSelection, names: DistrictNames, lookup: DistrictLookup?) {
    let slugs = Set(selection.accepted.map { files[Int($0.file)].slugs[files.cell($0).force] })
      .union(selection.vouching.keys.map(\.slug))
    let forces = slugs.sorted(by: FileKind.scalarOrder)
    let used = Set(selection.accepted.map { Int($0.file) }).sorted()
    var placing = StreetPlacing(names: names, lookup: lookup)
    let areasOf = files.indices.map { index in
      used.contains(index) ? files[index].tally.places.map { placing.area(of: $0) } : []
    }
    let areas = Set(areasOf.joined().map(\.name)).sorted(by: FileKind.scalarOrder)
    let types = StreetTable.ordered(Set(used.flatMap { files[$0].tally.types.map(StreetTable.canonicalType) }))
    let outcomes = Set(used.flatMap { files[$0].tally.outcomes }).sorted(by: FileKind.scalarOrder)
    let forceIndex = StreetTable.positions(forces)
    let areaIndex = StreetTable.positions(areas)
    let typeIndex = StreetTable.positions(types)
    let outcomeIndex = StreetTable.positions(outcomes)
    let maps = files.indices.map { index -> Map in
      guard used.contains(index) else { return Map() }
      let file = files[index]
      return Map(
        forces: file.slugs.map { forceIndex[$0] ?? 0 }, areas: areasOf[index].map { areaIndex[$0.name] ?? 0 },
        types: file.tally.types.map { typeIndex[StreetTable.canonicalType($0)] ?? 0 },
        outcomes: file.tally.outcomes.map { outcomeIndex[$0] ?? 0 })
    }
    var reporters = [[String: Int]](repeating: [:], count: forces.count)
    var usedTypes = Set<Int>()
    var misses = 0
    var cells: [StreetCell] = []
    cells.reserveCapacity(selection.accepted.count)
    for item in selection.accepted {
      let (map, cell) = (maps[Int(item.file)], files.cell(item))
      let force = map.forces[cell.force]
      reporters[force][files[Int(item.file)].tally.reporters[cell.force], default: 0] += cell.rows
      usedTypes.insert(map.types[cell.type])
      if areasOf[Int(item.file)][cell.place].isMiss { misses += cell.rows }
      cells.append(
        StreetCell(
          force: force, month: cell.month, place: map.areas[cell.place], type: map.types[cell.type],
          outcome: map.outcomes[cell.outcome], rows: cell.rows))
    }
    // A blank type is interned in every file but need not occur in any row.
    let kept = types.indices.filter { usedTypes.contains($0) }
    var renumbered = [Int](repeating: 0, count: types.count)
    for (new, old) in kept.enumerated() { renumbered[old] = new }
    self.forces = forces
    self.areas = areas
    self.types = kept.map { types[$0] }
    self.outcomes = outcomes
    self.cells = cells.map {
      StreetCell(
        force: $0.force, month: $0.month, place: $0.place, type: renumbered[$0.type], outcome: $0.outcome, rows: $0.rows
      )
    }
    lookupMisses = misses
    displays = StreetTable.displayNames(forces, reporters)
  }

  /// Common numbers of one file's reporters, places, types and outcomes.
  private struct Map {
    var forces: [Int] = []
    var areas: [Int] = []
    var types: [Int] = []
    var outcomes: [Int] = []
  }

  /// Name of the measure of rows whose crime type is blank.
  static let blankType = "Crime type not stated"

  /// Crime types of 2010 to 2013 that data.police.uk has since split or renamed.
  static let retiredTypes: Set = ["Violent crime", "Public disorder and weapons", "Public disorder"]

  private static let publishedTypes = Dictionary(
    uniqueKeysWithValues: (CrimeType.allCases.map(\.rawValue) + retiredTypes).map { ($0.lowercased(), $0) })

  /// The published spelling of a type, whatever its case.
  static func canonicalType(_ name: String) -> String {
    name.isEmpty ? blankType : publishedTypes[name.lowercased()] ?? name
  }

  private static func ordered(_ types: Set<String>) -> [String] {
    let current = CrimeType.allCases.map(\.rawValue)
    return current.filter(types.contains) + types.subtracting(current).sorted(by: FileKind.scalarOrder)
  }

  private static func positions(_ names: [String]) -> [String: Int] {
    Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
  }

  private static func displayNames(_ forces: [String], _ reporters: [[String: Int]]) -> [String] {
    var taken = Set<String>()
    return zip(forces, reporters).map { slug, names in
      let best = names.filter { !$0.key.isEmpty }.min { a, b in
        a.value == b.value ? FileKind.scalarOrder(a.key, b.key) : a.value > b.value
      }
      let name = best?.key ?? ForceName.display(slug: slug)
      // Two forces must not share a name: the areas of a run are told apart by theirs.
      return taken.insert(name).inserted ? name : "\(name) (\(slug))"
    }
  }
}

extension [StreetFile] {
  /// The cell that was accepted.
  fileprivate func cell(_ item: StreetSelection.Accepted) -> StreetCell {
    self[Int(item.file)].tally.cells[Int(item.cell)]
  }
}
