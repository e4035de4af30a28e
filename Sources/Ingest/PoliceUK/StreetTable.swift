import CommunitySafety

/// The rows of a run that count, with forces, districts and crime types of all files under common numbers.
struct StreetTable {
  /// Rows of one force's files, month, district and type.
  struct Cell {
    let force: Int
    /// Months since year 0.
    let month: Int
    let area: Int
    let type: Int
    let rows: Int
  }

  /// Slugs, sorted.
  let forces: [String]
  /// Name of each force that people see: the reporter's name that most of its rows give.
  let displays: [String]
  /// District names; "" is "no location".
  let areas: [String]
  /// Crime types: those published now in their usual order, then others in scalar order.
  let types: [String]
  /// The counts.
  let cells: [Cell]

  /// Brings the accepted cells of all files under common numbers, and district names under those of the registry.
  init(files: [StreetFile], selection: StreetSelection, names: DistrictNames) {
    let slugs = Set(selection.accepted.map { files[$0.file].slugs[$0.cell.reporter] })
      .union(selection.vouching.keys.map(\.slug))
    let forces = slugs.sorted(by: FileKind.scalarOrder)
    let used = Set(selection.accepted.map(\.file))
    let written = Set(used.flatMap { files[$0].tally.areas })
    let canonical = Dictionary(uniqueKeysWithValues: written.map { ($0, names.district(named: $0)?.name ?? $0) })
    let areas = Set(canonical.values).sorted(by: FileKind.scalarOrder)
    let types = StreetTable.ordered(Set(used.flatMap { files[$0].tally.types.map(StreetTable.canonicalType) }))
    let forceIndex = StreetTable.positions(forces)
    let areaIndex = StreetTable.positions(areas)
    let typeIndex = StreetTable.positions(types)
    let maps = files.indices.map { index -> (forces: [Int], areas: [Int], types: [Int]) in
      guard used.contains(index) else { return ([], [], []) }
      let file = files[index]
      return (
        file.slugs.map { forceIndex[$0] ?? 0 }, file.tally.areas.map { areaIndex[canonical[$0] ?? $0] ?? 0 },
        file.tally.types.map { typeIndex[StreetTable.canonicalType($0)] ?? 0 }
      )
    }
    var reporters = [[String: Int]](repeating: [:], count: forces.count)
    var usedTypes = Set<Int>()
    var cells: [Cell] = []
    cells.reserveCapacity(selection.accepted.count)
    for item in selection.accepted {
      let map = maps[item.file]
      let cell = item.cell
      let force = map.forces[cell.reporter]
      reporters[force][files[item.file].tally.reporters[cell.reporter], default: 0] += cell.rows
      usedTypes.insert(map.types[cell.type])
      cells.append(
        Cell(
          force: force, month: cell.month, area: map.areas[cell.area], type: map.types[cell.type], rows: cell.rows))
    }
    // A blank type is interned in every file but need not occur in any row.
    let kept = types.indices.filter(usedTypes.contains)
    var renumbered = [Int](repeating: 0, count: types.count)
    for (new, old) in kept.enumerated() { renumbered[old] = new }
    self.forces = forces
    self.areas = areas
    self.types = kept.map { types[$0] }
    self.cells = cells.map {
      Cell(force: $0.force, month: $0.month, area: $0.area, type: renumbered[$0.type], rows: $0.rows)
    }
    displays = StreetTable.displayNames(forces, reporters)
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
