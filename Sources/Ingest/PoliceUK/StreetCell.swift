/// Rows of one force, month, place, crime type and outcome, each by its position in the list of names of the tally or
/// table the cell belongs to. 24 bytes: there is nearly one for every row where places are LSOAs.
package struct StreetCell: Sendable, Equatable {
  private let parts: (force: Int32, month: Int32, place: Int32, type: Int32, outcome: Int32, rows: Int32)

  /// A cell; every number must fit 32 bits.
  package init(force: Int, month: Int, place: Int, type: Int, outcome: Int, rows: Int) {
    parts = (Int32(force), Int32(month), Int32(place), Int32(type), Int32(outcome), Int32(rows))
  }

  /// The reporting force.
  package var force: Int { Int(parts.force) }
  /// Months since year 0, as in `Period`.
  package var month: Int { Int(parts.month) }
  /// Where the rows lie.
  package var place: Int { Int(parts.place) }
  /// The crime type.
  package var type: Int { Int(parts.type) }
  /// The outcome.
  package var outcome: Int { Int(parts.outcome) }
  /// Number of rows.
  package var rows: Int { Int(parts.rows) }

  package static func == (a: StreetCell, b: StreetCell) -> Bool { a.parts == b.parts }
}
