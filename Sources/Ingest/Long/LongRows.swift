import TimeSeries

/// The rows of one long table, column by column.
struct LongRows: Sendable {
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

  /// Series in order of first appearance.
  var keys: [SeriesKey] = []
  /// Distinct period cells in order of first appearance, and the line each first stood on.
  var periods: [String] = []
  var periodLines: [Int] = []
  /// Field of the period and of the value, from 1.
  var periodColumn = 0
  var valueColumn = 0

  /// Per row: index into `keys`.
  var series: [Int32] = []
  /// Per row: index into `periods`.
  var period: [Int32] = []
  /// Per row: the number; NaN unless the state is `value`.
  var values: [Double] = []
  /// Per row: what the cell held.
  var states: [State] = []
  /// Per row: line in the file.
  var lines: [Int32] = []
  /// Per row: resident population, NaN where blank; empty if the table has no such column.
  var populations: [Double] = []
  /// Distinct marks of suppression, sorted.
  var marks: [String] = []

  /// Number of rows.
  var count: Int { series.count }
}
