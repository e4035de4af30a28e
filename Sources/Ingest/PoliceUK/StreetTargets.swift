import CommunitySafety

/// The areas of the panel of a run of police.uk files: of every force its districts, or their wards or LSOAs, and its
/// residual areas.
struct StreetTargets {
  /// An area of the panel.
  struct Target {
    let area: Area
    /// Position of its force in the table.
    let force: Int
    /// Of a residual area, why its rows are in no other.
    let reason: String?

    /// Whether it is, or lies in, a known district.
    var isPlace: Bool { area.level != .residual || area.district != nil }
  }

  private(set) var targets: [Target] = []
  /// For each force and area of the table the position in `targets` of the one its rows count in.
  private(set) var targetOf: [[Int]] = []
  private let geography: Geography?
  private let registry: AreaRegistry
  private let level: AreaLevel
  private let unitNames: [String: String]
  private var taken = Set<String>()

  /// Lists the areas: by force, district and code, residual areas last.
  init(
    table: StreetTable, geographies: [ForceGeography], geography: Geography?, registry: AreaRegistry, level: AreaLevel
  ) {
    self.geography = geography
    self.registry = registry
    self.level = level
    unitNames = level == .ward ? geography?.wardNames ?? [:] : [:]
    let seen = StreetTargets.seen(table)
    for (force, home) in geographies.enumerated() {
      let places = table.areas.map { home.place(of: $0.district) }
      var position: [StreetArea: Int] = [:]
      var (outside, unlocated): (Int?, Int?)
      let used = table.areas.indices.filter { seen[force][$0] }
      let located = used.compactMap { index -> StreetArea? in
        guard case .district(let district) = places[index] else { return nil }
        return StreetArea(district: district, unit: table.areas[index].unit)
      }
      for area in Set(located).sorted(by: StreetTargets.precedes) {
        position[area] = add(area.district, unit: area.unit, home, force)
      }
      if used.contains(where: { places[$0] == .outside }) { outside = add(residual: .outsideTheForce, home, force) }
      if used.contains(where: { places[$0] == .unlocated }) {
        // A force none of whose rows has a place is seen as a whole, or not at all.
        unlocated =
          position.isEmpty && outside == nil
          ? add(Area(name: home.display, level: .force, force: home.display), force, nil)
          : add(residual: .noLocation, home, force)
      }
      targetOf.append(
        table.areas.indices.map { index in
          switch places[index] {
          case .district(let district): position[StreetArea(district: district, unit: table.areas[index].unit)] ?? 0
          case .outside: outside ?? 0
          case .unlocated: unlocated ?? 0
          }
        })
    }
  }

  /// For each force and area of the table whether there are rows.
  private static func seen(_ table: StreetTable) -> [[Bool]] {
    var seen = [[Bool]](repeating: [Bool](repeating: false, count: table.areas.count), count: table.forces.count)
    for cell in table.cells { seen[cell.force][cell.place] = true }
    return seen
  }

  /// By district, what is not known of a district after what is.
  private static func precedes(_ a: StreetArea, _ b: StreetArea) -> Bool {
    a.district == b.district && a.unit.isEmpty != b.unit.isEmpty ? b.unit.isEmpty : StreetArea.precedes(a, b)
  }

  private mutating func add(_ district: String, unit: String, _ home: ForceGeography, _ force: Int) -> Int {
    let known = registry.district(named: district)
    let csp = known?.csp ?? geography?.csp(ofDistrictNamed: district)
    if level == .district {
      return add(
        Area(
          name: district, code: known?.code ?? geography?.code(ofDistrictNamed: district), level: .district,
          force: home.display, csp: csp, population: known?.population), force, nil)
    }
    guard unit.isEmpty else {
      let name = level == .lsoa ? geography?.stableAreas[unit]?.name : unitNames[unit]
      var area = Area(name: name ?? unit, code: unit, level: level, district: district, force: home.display, csp: csp)
      if level == .lsoa {
        area.ward = geography?.ward(ofLSOA: unit)?.ward.name
        area.tile = geography?.tile(ofLSOA: unit)
      }
      return add(area, force, nil)
    }
    let reason = (level == .lsoa ? StreetNote.Residual.lsoaNotKnown : .wardNotKnown).rawValue
    return add(
      Area(name: "\(district): \(reason)", level: .residual, district: district, force: home.display, csp: csp), force,
      reason)
  }

  private mutating func add(residual reason: StreetNote.Residual, _ home: ForceGeography, _ force: Int) -> Int {
    add(
      Area(name: "\(home.display): \(reason.rawValue)", level: .residual, force: home.display), force, reason.rawValue)
  }

  private mutating func add(_ area: Area, _ force: Int, _ reason: String?) -> Int {
    var name = area.name
    // A lookup may give a ward any name.
    while !taken.insert(name).inserted { name += " (\(area.code ?? area.level.rawValue))" }
    targets.append(Target(area: name == area.name ? area : area.renamed(name), force: force, reason: reason))
    return targets.count - 1
  }
}
