import CommunitySafety
import TimeSeries

/// Finds the break-calendar entries that concern a series of the run.
public struct BreakLookup: Sendable {
  private let calendar: BreakCalendar
  private let frequency: Frequency
  private let places: [String: Set<String>]
  private let members: [String: Set<String>]

  /// A lookup for these areas; entries named in `without` are ignored.
  ///
  /// - Throws: ``HorizonError`` (usage) if `without` names an entry the calendar does not have.
  public init(_ reference: ReferenceData, areas: [Area], frequency: Frequency, without: [String]) throws {
    let known = reference.breaks.entries.map(\.id)
    if let unknown = without.first(where: { !known.contains($0) }) {
      throw HorizonError(
        .usage, "the break calendar has no entry \"\(unknown)\"",
        remedy: known.isEmpty ? "The calendar in use is empty" : "Use one of: \(known.joined(separator: ", "))")
    }
    calendar = BreakCalendar(entries: reference.breaks.entries.filter { !without.contains($0.id) })
    self.frequency = frequency
    var places: [String: Set<String>] = [:]
    for area in areas {
      // A break in one district is a break in every total that contains it.
      let slug = reference.areas.district(named: area.name)?.force
      let names = [area.name, area.code, area.csp, area.force, slug].compactMap { $0 }
      for holder in [area.name, area.csp, area.force, AggregatedPanels.wholeAreaName].compactMap({ $0 }) {
        if holder == area.name || area.level == .district { places[holder, default: []].formUnion(names) }
      }
    }
    self.places = places
    members = Dictionary(
      reference.measures.groups.map { ($0.label, Set($0.members)) }, uniquingKeysWith: { first, _ in first })
  }

  /// The interventions that concern a series.
  public func callAsFunction(_ key: SeriesKey) -> [Intervention] {
    let measure = key.measure ?? key.area
    return calendar.interventions(
      places: places[key.area] ?? [key.area], measures: (members[measure] ?? []).union([measure]), frequency: frequency)
  }
}
