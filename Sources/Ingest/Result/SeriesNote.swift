import TimeSeries

/// What to know of the series themselves, as their counts tell it.
public enum SeriesNote: Hashable, Sendable, Codable {
  /// A measure ended where another began, at about its level.
  case perhapsRenamed(PossibleRename)
  /// A measure was joined to another because that was asked for, in so many areas.
  case renamed(MeasureRename, areas: Int)

  var facts: DataNote.Facts {
    switch self {
    case .perhapsRenamed(let one):
      .init("perhaps-renamed", .warning, .init(measures: [one.old, one.new], periods: [one.ended, one.began]))
    case .renamed(let one, _): .init("renamed", .information, .init(measures: [one.old, one.new]))
    }
  }
}
