import TimeSeries

/// Each partnership's priorities (`Models/priorities.yaml`).
public struct LocalPriorities: Hashable, Sendable {
  /// Where a priority stands.
  public enum Status: String, CaseIterable, Hashable, Sendable {
    /// It is one.
    case current
    /// It may become one: it is told of, and no advice goes by it.
    case proposed
    /// It was one: likewise.
    case closed
  }

  /// A source that would say something of a priority, and who has it.
  public struct Need: Hashable, Sendable {
    /// The figures.
    public let source: String
    /// Who holds them.
    public let holder: String

    /// A need.
    public init(source: String, holder: String) { (self.source, self.holder) = (source, holder) }
  }

  /// What a problem is driven by, as partnerships sort them.
  public enum Driver: String, CaseIterable, Hashable, Sendable {
    case political, economic, social, technological, environmental, legal, organisational
  }

  /// A priority and the measures that speak to it.
  public struct Priority: Hashable, Sendable {
    /// The priority in the partnership's words.
    public let name: String
    /// Measures or groups of Horizon that give evidence on it; empty where recorded crime says nothing about it.
    public let measures: [MeasureID]
    /// What those measures leave out; printed wherever they stand for it.
    public let note: String?
    /// Short identifier, for minutes.
    public let id: String
    /// The one who answers for it.
    public var owner: String?
    /// Since when it is one.
    public var from: CivilDate?
    /// When it is to be looked at again.
    public var review: CivilDate?
    /// Where it stands.
    public var status = Status.current
    /// What would say more of it.
    public var needs: [Need] = []
    /// What it is driven by, as its partnership has it.
    public var drivers: [Driver] = []

    /// A priority; `id` is the slug of its name unless one is given.
    public init(name: String, measures: [MeasureID], note: String? = nil, id: String? = nil) {
      self.name = name
      self.measures = measures
      self.note = note
      self.id = id ?? MeasureID(slugOf: name).rawValue
    }

    /// Whether its day of review has passed by the end of a period.
    public func isOverdue(at period: Period) -> Bool {
      status == .current && (review.map { $0 < (period + 1).firstDay } ?? false)
    }
  }

  /// Priorities by partnership name, most important first.
  public private(set) var byPartnership: [String: [Priority]]

  /// Partnerships whose priorities are not as the program has them: somebody wrote these for this run.
  public var edited: Set<String> = []

  /// Priorities by partnership name.
  public init(byPartnership: [String: [Priority]]) { self.byPartnership = byPartnership }

  /// The first current priority of a partnership that a measure gives evidence on.
  public func priority(partnership: String, measure: MeasureID) -> Priority? {
    byPartnership[partnership]?.first { $0.status == .current && $0.measures.contains(measure) }
  }

  /// The priority that a measure gives evidence on in all of some partnerships together: each by its name, with the partnerships
  /// that call it so.
  public func priority(ofAny partnerships: [String], measure: MeasureID) -> Priority? {
    let found = partnerships.compactMap { name in priority(partnership: name, measure: measure).map { (name, $0) } }
    guard !found.isEmpty else { return nil }
    let notes = found.compactMap(\.1.note)
    var names: [String] = []
    for (_, priority) in found where !names.contains(priority.name) { names.append(priority.name) }
    let named = names.map { name in
      "\(name) (\(found.filter { $0.1.name == name }.map(\.0).joined(separator: ", ")))"
    }
    return Priority(
      name: named.joined(separator: "; "), measures: [measure],
      // A measure that speaks for one of them in full is no proxy.
      note: notes.count == found.count ? notes.first : nil)
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
    var all = self
    for (authority, parts) in districts { all.byPartnership[authority] = priorities(of: parts, registry: registry) }
    return all
  }

  private func priorities(of parts: [Area.District], registry: AreaRegistry) -> [Priority] {
    let whole = Set(parts.filter(\.isWhole).map(\.name))
    var partnerships: [String] = []
    for part in parts {
      guard let csp = (registry.district(code: part.code) ?? registry.district(named: part.name))?.csp else { continue }
      if !partnerships.contains(csp), byPartnership[csp] != nil { partnerships.append(csp) }
    }
    var order: [String] = []
    var found: [String: (holders: [String], priorities: [Priority])] = [:]
    for csp in partnerships {
      let members = registry.districts.filter { $0.csp == csp && $0.successor == nil }
      let holder = members.allSatisfy { whole.contains($0.name) } ? csp : "\(csp) in part"
      for priority in byPartnership[csp] ?? [] where priority.status == .current {
        if found[priority.name] == nil { order.append(priority.name) }
        var known = found[priority.name] ?? ([], [])
        known.holders.append(holder)
        known.priorities.append(priority)
        found[priority.name] = known
      }
    }
    return order.compactMap { name in
      found[name].map { known -> Priority in
        let all = known.priorities
        let notes = each(all.compactMap(\.note))
        let ids = each(all.map(\.id))
        var carried = Priority(
          name: "\(name) (\(known.holders.joined(separator: ", ")))", measures: each(all.flatMap(\.measures)),
          note: notes.isEmpty ? nil : notes.joined(separator: "; "), id: ids.count == 1 ? ids[0] : nil)
        let owners = each(all.compactMap(\.owner))
        carried.owner = owners.isEmpty ? nil : owners.joined(separator: ", ")
        // It is one since the first of them has it, and is looked at when the first of them looks at it.
        carried.from = all.contains { $0.from == nil } ? nil : all.compactMap(\.from).min()
        carried.review = all.compactMap(\.review).min()
        carried.needs = each(all.flatMap(\.needs))
        carried.drivers = each(all.flatMap(\.drivers))
        return carried
      }
    }
  }

  /// Each once, in the order of first appearance.
  private func each<Element: Hashable>(_ all: [Element]) -> [Element] {
    var seen = Set<Element>()
    return all.filter { seen.insert($0).inserted }
  }
}
