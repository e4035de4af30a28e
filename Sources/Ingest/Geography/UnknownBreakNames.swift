import CommunitySafety
import Wording

/// Names in an entry of the user's own break calendar that neither the data nor any file knows: slips of spelling, most
/// likely, by which the entry concerns less than was meant, or nothing.
public struct UnknownBreakNames: Hashable, Sendable, Codable {
  /// Identifier of the entry.
  public let entry: String
  /// The names, as written: areas, then measures and offences.
  public let names: [String]
  /// The known name that is nearest to the first of them; nil if none is near.
  public let nearest: String?

  package init(entry: String, names: [String], nearest: String?) {
    self.entry = entry
    self.names = names
    self.nearest = nearest
  }

  /// Those of every entry, in the order of the calendar; of entries that came with the program, and of unchanged copies of them, nothing is said.
  ///
  /// - Parameters:
  ///   - places: every name that a place of the data or of the registry answers to.
  ///   - measures: the measures of the data and those that files know.
  public static func found(
    in calendar: BreakCalendar, places: Set<String>, measures: Set<String>
  ) -> [UnknownBreakNames] {
    calendar.entries.filter { !$0.isShipped }.compactMap { entry in
      let areas = (entry.areas ?? []).filter { !places.contains($0) }
      let kinds = (entry.measures ?? []).filter { !measures.contains($0) }
      guard let first = areas.first ?? kinds.first else { return nil }
      let known = areas.isEmpty ? measures : places
      return .init(
        entry: entry.id, names: areas + kinds, nearest: NearestName.nearest(to: first, among: known.sorted()))
    }
  }
}
