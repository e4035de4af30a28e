import CommunitySafety
import TimeSeries

/// A change in the share of a force's rows that name no place. The counts of its districts, which leave those rows out,
/// change with it for no other reason.
public struct GeocodingDrift: Hashable, Sendable, Codable {
  /// The change in one crime type.
  public struct Shift: Hashable, Sendable, Codable {
    /// The crime type.
    public let type: String
    /// Rows and rows without a place in the months before.
    public let before: Share
    /// The same of the months from the change on.
    public let after: Share

    package init(type: String, before: Share, after: Share) {
      self.type = type
      self.before = before
      self.after = after
    }
  }

  /// Rows without a place among all.
  public struct Share: Hashable, Sendable, Codable {
    /// Rows without a place.
    public let unallocated: Int
    /// All rows.
    public let rows: Int

    package init(unallocated: Int, rows: Int) {
      self.unallocated = unallocated
      self.rows = rows
    }

    /// Their share; 0 where there is no row.
    public var value: Double { rows > 0 ? Double(unallocated) / Double(rows) : 0 }

    static func + (a: Share, b: Share) -> Share {
      Share(unallocated: a.unallocated + b.unallocated, rows: a.rows + b.rows)
    }
  }

  /// Slug of the force.
  public let force: String
  /// The force as people name it.
  public let forceName: String
  /// Months compared before: from the change before this one, if there is any, to the last month that is known.
  public let before: ClosedRange<Period>
  /// The first month after, to the last before the next change.
  public let after: ClosedRange<Period>
  /// The types that changed.
  public let shifts: [Shift]
  /// Whether every type of the force changed.
  public let isOfEveryType: Bool

  package init(
    force: String, forceName: String, before: ClosedRange<Period>, after: ClosedRange<Period>, shifts: [Shift],
    isOfEveryType: Bool
  ) {
    self.force = force
    self.forceName = forceName
    self.before = before
    self.after = after
    self.shifts = shifts
    self.isOfEveryType = isOfEveryType
  }

  /// The share of all types that changed, before.
  public var shareBefore: Double { shifts.reduce(Share(unallocated: 0, rows: 0)) { $0 + $1.before }.value }
  /// The share of all types that changed, from the change on.
  public var shareAfter: Double { shifts.reduce(Share(unallocated: 0, rows: 0)) { $0 + $1.after }.value }

  /// By what factor the counts of districts change for this reason alone: of rows with a place among all, the share after
  /// over that before.
  public var factor: Double { (1 - shareAfter) / (1 - shareBefore) }

  /// Identifier of its entry in the break calendar.
  public var id: String { "geocoding-\(force)-\(PeriodStyle.yearMonth.format(after.lowerBound))" }
}
