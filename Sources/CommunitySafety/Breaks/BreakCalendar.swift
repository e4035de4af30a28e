import TimeSeries

/// Known changes of recording, boundaries or circumstances (`Models/breaks.yaml`).
public struct BreakCalendar: Hashable, Sendable {
  /// One known change.
  public struct Entry: Hashable, Sendable {
    /// What kind of change it is.
    public typealias Kind = Intervention.Kind

    /// Stable identifier, for `--without-break`.
    public let id: String
    /// First day it applies.
    public let from: CivilDate
    /// Last day it applies; nil for a lasting change (a step).
    public let through: CivilDate?
    /// Areas, partnerships or forces it concerns (forces also as police.uk slugs); nil for all.
    public let areas: [String]?
    /// Measures it concerns, and offences by the names of the Home Office's tables; nil for all.
    public let measures: [String]?
    /// What kind of change it is.
    public let kind: Kind
    /// What happened and how it is known, in plain words.
    public let note: String
    /// Where it is on record; nil where that is not said.
    public let source: String?
    /// Whether nobody has checked yet that it is true of the data in hand: printed wherever it is named.
    public let isToBeChecked: Bool
    /// Whether it is the program's, and says nothing of places that the program does not know.
    public var isBuiltIn = false
    /// Whether it came with the program, in its calendar or as a copy that nobody changed: one that concerns nothing in a run is then
    /// nobody's mistake.
    public var isShipped = false

    /// An entry.
    public init(
      id: String, from: CivilDate, through: CivilDate?, areas: [String]?, measures: [String]?, kind: Kind, note: String,
      source: String? = nil, isToBeChecked: Bool = false
    ) {
      self.id = id
      self.from = from
      self.through = through
      self.areas = areas
      self.measures = measures
      self.kind = kind
      self.note = note
      self.source = source
      self.isToBeChecked = isToBeChecked
    }

    /// The note as it is printed: with the mark of an entry that is to be checked.
    public var printedNote: String { isToBeChecked ? note + " (to be checked by the analyst)" : note }
  }

  /// The entries, in file order.
  public let entries: [Entry]

  /// A calendar.
  public init(entries: [Entry]) { self.entries = entries }

  /// These entries with those of another calendar before them; of two with one identifier these count.
  public func following(_ others: BreakCalendar) -> BreakCalendar {
    let own = Set(entries.map(\.id))
    return BreakCalendar(entries: others.entries.filter { !own.contains($0.id) } + entries)
  }

  /// The calendar as one that came with the program.
  public var asBuiltIn: BreakCalendar {
    BreakCalendar(
      entries: entries.map { entry in
        var entry = entry
        (entry.isBuiltIn, entry.isShipped) = (true, true)
        return entry
      })
  }

  /// The calendar, its copies of entries that came with the program marked as shipped.
  ///
  /// - Parameter builtIn: the program's own calendar.
  public func recognising(_ builtIn: BreakCalendar) -> BreakCalendar {
    let shipped = Set(builtIn.entries)
    return BreakCalendar(
      entries: entries.map { entry in
        var copy = entry
        (copy.isBuiltIn, copy.isShipped) = (true, true)
        var found = entry
        found.isShipped = shipped.contains(copy)
        return found
      })
  }

  /// The interventions that concern a measure in a place.
  ///
  /// - Parameters:
  ///   - places: every name the place answers to: its own, its partnership's, its force's name and slug.
  ///   - drifting: the forces whose records without a place it leaves out, or holds alone; nil takes a geocoding drift of
  ///     any of `places` for one of the place.
  ///   - measures: the measure and, for a group, its members: a break in any member is a break in the group.
  public func interventions(
    places: Set<String>, drifting: Set<String>? = nil, measures: Set<String>, frequency: Frequency
  ) -> [Intervention] {
    entries.compactMap { entry in
      let concerned = entry.kind == .geocodingDrift ? drifting ?? places : places
      guard entry.areas.map({ !concerned.isDisjoint(with: $0) }) ?? true,
        entry.measures.map({ !measures.isDisjoint(with: $0) }) ?? true
      else { return nil }
      let effect: Intervention.Effect =
        entry.through.map { .window(through: Period(frequency, containing: $0)) } ?? .step
      return Intervention(
        start: Period(frequency, containing: entry.from), effect: effect, kind: entry.kind, note: entry.printedNote
      )
    }
  }
}
