import TimeSeries

/// What the police.uk archive is known to lack, or to hold in part, whoever downloads it (`Models/coverage.yaml`).
public struct ArchiveCoverage: Hashable, Sendable {
  /// What is known of a force's months.
  public enum State: String, CaseIterable, Hashable, Sendable, Codable {
    /// There is no file.
    case absent
    /// The file holds part of what was recorded, or cannot be read.
    case partial
  }

  /// A stretch of a force's months.
  public struct Entry: Hashable, Sendable, Codable {
    /// The force's slug.
    public let force: String
    /// First and last month.
    public let months: ClosedRange<Period>
    /// What is known of them.
    public let state: State
    /// The same in a few plain words.
    public let note: String
    /// Where it is on record.
    public let source: String
    /// Whether nobody has checked yet that it still holds: printed wherever it is named.
    public let isToBeChecked: Bool

    /// A stretch of months.
    public init(
      force: String, months: ClosedRange<Period>, state: State, note: String, source: String, isToBeChecked: Bool
    ) {
      self.force = force
      self.months = months
      self.state = state
      self.note = note
      self.source = source
      self.isToBeChecked = isToBeChecked
    }

    /// The note as it is printed: with the mark of an entry that is to be checked.
    public var printedNote: String { isToBeChecked ? note + " (to be checked by the analyst)" : note }
  }

  /// The stretches, in file order.
  public let entries: [Entry]

  /// What is known; nothing by default.
  public init(entries: [Entry] = []) { self.entries = entries }

  /// What is known of a force's month; nil if nothing.
  public func entry(force: String, month: Period) -> Entry? {
    entries.first { $0.force == force && $0.months.contains(month) }
  }
}
