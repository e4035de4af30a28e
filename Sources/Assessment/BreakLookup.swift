import CommunitySafety
import Diagnostics
import Ingest
import TimeSeries

/// Finds the break-calendar entries that concern a series of the run.
public struct BreakLookup: Sendable {
  private let calendar: BreakCalendar
  private let frequency: Frequency
  private let places: [String: Set<String>]
  /// Of each place the forces whose records without a place it leaves out, or holds alone.
  private let drifting: [String: Set<String>]
  private let members: [String: Set<String>]

  /// A lookup for areas of the data and their totals; entries named in `without` are ignored.
  ///
  /// - Throws: ``HorizonError``: usage if `without` names an entry the calendar does not have, data if the names of the
  ///   areas contradict each other.
  public init(_ reference: ReferenceData, areas: [Area], frequency: Frequency, without: [String]) throws {
    try self.init(
      reference, places: RunPlaces(areas, withWhole: true), frequency: frequency, without: without)
  }

  /// A lookup for the areas of a run.
  init(_ reference: ReferenceData, places run: RunPlaces, frequency: Frequency, without: [String]) throws {
    let known = reference.breaks.entries.map(\.id)
    if let unknown = without.first(where: { !known.contains($0) }) {
      throw HorizonError(
        .usage, "the break calendar has no entry \"\(unknown)\"",
        remedy: known.isEmpty ? "The calendar in use is empty" : "Use one of: \(known.joined(separator: ", "))")
    }
    calendar = BreakCalendar(entries: reference.breaks.entries.filter { !without.contains($0.id) })
    self.frequency = frequency
    var places: [String: Set<String>] = [:]
    let home = Set(run.home.map(\.memberName))
    for area in run.all {
      // A break in one district is a break in every total that contains it, and in every part of it.
      let district = reference.areas.district(named: area.district ?? area.name)
      var names =
        [area.name, area.code, area.csp, area.force, area.district, district?.code, district?.force]
        .compactMap { $0 } + (area.force.map { [ForceName.slug(ofName: $0)] } ?? [])
      // What the data has as a whole only is concerned by what concerns any part of it.
      if home.contains(area.memberName) { names += BreakLookup.members(of: area, reference.areas) }
      for part in area.districts {
        let district = reference.areas.district(code: part.code) ?? reference.areas.district(named: part.name)
        names += [part.name, part.code]
        if let district { names += [district.csp, district.force, ForceName.display(slug: district.force)] }
      }
      places[area.name, default: []].formUnion(names)
      guard home.contains(area.memberName), let leaf = run.dimension.index(of: area.memberName) else { continue }
      for holder in run.dimension.allTotals(of: leaf) {
        places[run.dimension.members[holder].name.text, default: []].formUnion(names)
      }
    }
    // A place is found by each of its names, and concerned by what any of them is.
    for (name, place) in run.otherNames {
      let names = places[name.name, default: []].union(places[place.name] ?? [])
      (places[name.name], places[place.name]) = (names, names)
    }
    self.places = places
    drifting = BreakLookup.drifting(run)
    // The calendar names measures as the data does; a break in any member of a group is a break in the group.
    members = Dictionary(
      reference.measures.groups.map { group in
        (group.label, Set((group.members ?? []).compactMap { reference.measures[$0]?.name } + [group.name]))
      }, uniquingKeysWith: { first, _ in first })
  }

  /// A total that holds the records without a place beside those with one does not change when they pass from one to the
  /// other.
  private static func drifting(_ run: RunPlaces) -> [String: Set<String>] {
    let mark = ": " + StreetNote.Residual.noLocation.rawValue
    var located: [String: Set<String>] = [:]
    var unlocated: [String: Set<String>] = [:]
    for area in run.home + run.residual {
      guard let force = area.force, let leaf = run.dimension.index(of: area.memberName) else { continue }
      let isUnlocated = area.level == .residual && area.name.hasSuffix(mark)
      guard isUnlocated || area.level != .residual || area.district != nil else { continue }
      let holders = run.dimension.allTotals(of: leaf).map { run.dimension.members[$0].name.text }
      for name in [area.name] + holders {
        if isUnlocated {
          unlocated[name, default: []].insert(force)
        } else {
          located[name, default: []].insert(force)
        }
      }
    }
    var found = located.merging(unlocated) { $0.symmetricDifference($1) }
    for (name, place) in run.otherNames { found[name.name] = found[place.name] }
    return found
  }

  /// Names and codes of the districts of a partnership or force, and the force's slug.
  private static func members(of area: Area, _ registry: AreaRegistry) -> [String] {
    registry.districts.filter { district in
      switch area.level {
      case .csp: district.csp == area.name
      case .force: district.force == ForceName.slug(ofName: area.name)
      default: false
      }
    }.flatMap { [$0.name, $0.code, $0.csp, $0.force] }
  }

  /// The interventions that concern each of these series.
  public func interventions(_ keys: some Sequence<SeriesKey>) -> Interventions {
    guard !calendar.entries.isEmpty else { return Interventions() }
    return Interventions(keys.lazy.map { ($0, self($0)) })
  }

  /// The interventions that concern a series.
  public func callAsFunction(_ key: SeriesKey) -> [Intervention] {
    let measure = key.measure ?? key.area
    return calendar.interventions(
      places: places[key.area] ?? [key.area], drifting: drifting[key.area] ?? [],
      measures: (members[measure] ?? []).union([measure]), frequency: frequency)
  }
}
