import CommunitySafety
import TimeSeries

/// The rows that count of a run's street-level files, by force, month and crime type: what revisions are measured on.
package struct StreetTotals {
  /// A force, month and crime type.
  package struct Key: Hashable, Sendable {
    /// The force's slug.
    package let force: String
    /// Months since year 0.
    package let month: Int
    /// The crime type in its published spelling.
    package let type: String
  }

  /// Rows of each.
  package let rows: [Key: Int]

  /// Adds up files in reading order; repeated and superseded ones do not count.
  package init(_ units: [IngestedUnit]) {
    let files = units.map(StreetFile.init)
    var rows: [Key: Int] = [:]
    for item in StreetSelection(files: files).accepted {
      let file = files[Int(item.file)]
      let cell = file.tally.cells[Int(item.cell)]
      let type = StreetTable.canonicalType(file.tally.types[cell.type])
      rows[Key(force: file.slugs[cell.force], month: cell.month, type: type), default: 0] += cell.rows
    }
    self.rows = rows
  }
}
