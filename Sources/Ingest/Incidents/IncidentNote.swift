/// What to know about partners' extracts of incidents.
public enum IncidentNote: Hashable, Sendable, Codable {
  /// Incidents repeat the reference of an earlier row of the same source and were set aside.
  case repeatedReferences(Int)
  /// Incidents without any date were set aside.
  case undated(Int)
  /// Incidents that occurred before the month in which the extract begins were set aside.
  case historical(Int)
  /// Incidents that occurred after the last report of the extract were set aside.
  case futureDates(Int)
  /// Incidents counted by the date on this basis, because the other is blank.
  case otherDate(Int, basis: IncidentOptions.DateBasis)
  /// Incidents without a reference.
  case unreferenced(Int)
  /// The sources begin in different months.
  case sourcesBegin
  /// Pseudonyms were not read, for want of a key.
  case noPseudonymKey
  /// Incidents without a pseudonym are counted, but not among repeats.
  case noPseudonym(Int, entity: IncidentOptions.Entity)
  /// Nothing can be said of repeats within a window of so many months.
  case noRepeats(window: Int)
  /// What repeats are, within a window of so many months.
  case repeats(entity: IncidentOptions.Entity, window: Int)

  var facts: DataNote.Facts {
    switch self {
    case .repeatedReferences: .init("repeated-references", .warning)
    case .undated: .init("undated", .warning)
    case .historical: .init("historical", .information)
    case .futureDates: .init("future-dates", .warning)
    case .otherDate: .init("other-date", .information)
    case .unreferenced: .init("no-reference", .information)
    case .sourcesBegin: .init("sources-begin", .warning)
    case .noPseudonymKey: .init("no-pseudonym-key", .information)
    case .noPseudonym: .init("no-pseudonym", .information)
    case .noRepeats: .init("no-repeats", .warning)
    case .repeats: .init("repeats", .information)
    }
  }
}
