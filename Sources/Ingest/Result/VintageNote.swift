import TimeSeries

/// What to know about the vintage of what was read from a store.
public enum VintageNote: Hashable, Sendable, Codable {
  /// What a store keeps by vintage.
  public enum Item: String, Hashable, Sendable, Codable {
    /// Files of data.police.uk.
    case file
    /// Values of tables.
    case value
  }

  /// How much of a period is expected to have been reported.
  public struct Known: Hashable, Sendable, Codable {
    /// The period.
    public let period: Period
    /// Least share over the measures, 0 ... 1.
    public let least: Double
    /// Greatest share over the measures, 0 ... 1.
    public let greatest: Double

    /// A period's share.
    public init(_ period: Period, least: Double, greatest: Double) {
      self.period = period
      self.least = least
      self.greatest = greatest
    }
  }

  /// Items of other vintages are in the store and were not used.
  case otherVintages(Int, of: Item)
  /// Items are of a vintage after the day asked for, because none of the earlier ones holds them.
  case laterVintage(Int, of: Item)
  /// Reports of the newest periods are still coming in.
  case lateReports([Known], frequency: Frequency)

  var facts: DataNote.Facts {
    switch self {
    case .otherVintages: .init("other-vintages", .information)
    case .laterVintage: .init("later-vintage", .warning)
    case .lateReports(let known, _):
      .init("late-reports", .warning, .init(periods: known.map(\.period)))
    }
  }
}
