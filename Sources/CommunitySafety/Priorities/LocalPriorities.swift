/// Each partnership's current priorities (`Models/priorities.yaml`).
public struct LocalPriorities: Hashable, Sendable {
  /// A priority and the measures that speak to it.
  public struct Priority: Hashable, Sendable {
    /// The priority in the partnership's words.
    public let name: String
    /// Measures or groups of Horizon that give evidence on it; empty where recorded crime says nothing about it.
    public let measures: [MeasureID]
    /// What those measures leave out; printed wherever they stand for it.
    public let note: String?

    /// A priority.
    public init(name: String, measures: [MeasureID], note: String? = nil) {
      self.name = name
      self.measures = measures
      self.note = note
    }
  }

  /// Priorities by partnership name, most important first.
  public let byPartnership: [String: [Priority]]

  /// Priorities by partnership name.
  public init(byPartnership: [String: [Priority]]) { self.byPartnership = byPartnership }

  /// The first priority of a partnership that a measure gives evidence on.
  public func priority(partnership: String, measure: MeasureID) -> Priority? {
    byPartnership[partnership]?.first { $0.measures.contains(measure) }
  }
}

extension LocalPriorities {
  /// The same with priorities for the authorities of a footprint: those of the partnerships that each holds, named with the
  /// partnerships whose they are. What two partnerships call by one name is one priority, of the measures of both.
  ///
  /// - Parameter areas: the areas of a run, of which authorities say what districts they are made of, and areas that are
  ///   parts of one say its name.
  public func carried(to areas: some Sequence<Area>, registry: AreaRegistry) -> LocalPriorities {
    var districts: [String: [Area.District]] = [:]
    for area in areas.sorted(by: { $0.name.unicodeScalars.lexicographicallyPrecedes($1.name.unicodeScalars) }) {
      if area.level == .authority {
        districts[area.name] = area.districts
      } else if let authority = area.authority, let district = registry.district(of: area) {
        // A district of which an authority has some of the LSOAs may be divided.
        let isWhole = area.level == .district
        let known = districts[authority, default: []].contains { $0.name == district.name }
        if !known {
          districts[authority, default: []].append(.init(name: district.name, code: district.code, isWhole: isWhole))
        }
      }
    }
    var all = byPartnership
    for (authority, parts) in districts { all[authority] = priorities(of: parts, registry: registry) }
    return LocalPriorities(byPartnership: all)
  }

  private func priorities(of parts: [Area.District], registry: AreaRegistry) -> [Priority] {
    let whole = Set(parts.filter(\.isWhole).map(\.name))
    var partnerships: [String] = []
    for part in parts {
      guard let csp = (registry.district(code: part.code) ?? registry.district(named: part.name))?.csp else { continue }
      if !partnerships.contains(csp), byPartnership[csp] != nil { partnerships.append(csp) }
    }
    var order: [String] = []
    var found: [String: (holders: [String], measures: [MeasureID], notes: [String])] = [:]
    for csp in partnerships {
      let members = registry.districts.filter { $0.csp == csp && $0.successor == nil }
      let holder = members.allSatisfy { whole.contains($0.name) } ? csp : "\(csp) in part"
      for priority in byPartnership[csp] ?? [] {
        if found[priority.name] == nil { order.append(priority.name) }
        var known = found[priority.name] ?? ([], [], [])
        known.holders.append(holder)
        known.measures += priority.measures.filter { !known.measures.contains($0) }
        if let note = priority.note, !known.notes.contains(note) { known.notes.append(note) }
        found[priority.name] = known
      }
    }
    return order.compactMap { name in
      found[name].map { known in
        Priority(
          name: "\(name) (\(known.holders.joined(separator: ", ")))", measures: known.measures,
          note: known.notes.isEmpty ? nil : known.notes.joined(separator: "; "))
      }
    }
  }
}
