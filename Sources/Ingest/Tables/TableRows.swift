import TimeSeries

/// The rows of one table, whatever its layout.
package struct TableRows: Sendable {
  /// What a value cell held.
  enum State: UInt8, Sendable {
    case value
    /// Nothing.
    case blank
    /// `NA`, `NaN`, `null`.
    case notAvailable
    /// A mark of suppression: `[c]`, `*`, `<5`, `-`.
    case suppressed
  }

  /// One row.
  struct Row: Sendable {
    /// The number; NaN unless the state is `value`.
    let value: Double
    /// Index into `keys`.
    let series: Int32
    /// Index into `periods`.
    let period: Int32
    /// Line in the file.
    let line: Int32
    /// What the value cell held.
    let state: State
  }

  /// Series in order of first appearance.
  var keys: [SeriesKey] = []
  /// Distinct period cells in order of first appearance, and where each first stood (line and field from 1).
  var periods: [String] = []
  var periodPlaces: [(line: Int, column: Int)] = []

  /// The rows in file order.
  var rows: [Row] = []
  /// Per row: resident population, NaN where blank; empty if the table has no such column.
  var populations: [Double] = []
  /// Distinct marks of suppression, sorted.
  var marks: [String] = []

  /// Number of rows.
  var count: Int { rows.count }
}
