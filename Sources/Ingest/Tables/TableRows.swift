import TimeSeries

/// What one table holds, whatever its layout: rows of one value each, or runs of values where a record has many.
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
    /// There is no cell.
    case absent
  }

  /// One row.
  struct Row: Sendable {
    /// The number, of a proportion the numerator; the state's ``State/code`` unless that is `value`.
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

  /// One record of a wide table.
  struct Run: Sendable {
    /// A value for each of `runPeriods`; a missing one is its state's ``State/code``.
    var values: [Double]
    /// Index into `keys`.
    let series: Int32
    /// Line in the file.
    let line: Int32
    /// Whether every value was written as a plain whole number: none is missing, and they are counts.
    let isPlain: Bool
  }

  /// Series in order of first appearance.
  var keys: [SeriesKey] = []
  /// Distinct period cells in order of first appearance, and where each first stood (line and field from 1).
  var periods: [String] = []
  var periodPlaces: [(line: Int, column: Int)] = []

  /// The rows in file order.
  var rows: [Row] = []
  /// Per row of a table of proportions: the denominator, NaN where the row has no value; empty for other tables.
  var denominators: [Double] = []
  /// Per row: resident population, NaN where blank; empty if the table has no such column.
  var populations: [Double] = []
  /// The records of a wide table in file order, and the period (index into `periods`) of each value of a run.
  var runs: [Run] = []
  var runPeriods: [Int32] = []

  /// What the layout says its values are; nil where each series' values tell.
  var kind: MeasureKind?
  /// Units by measure, where the table gives them.
  var units: [String: String] = [:]
  /// Distinct marks of suppression, sorted.
  var marks: [String] = []
  /// Rows (of wide tables cells) that repeat the header.
  var repeatedHeaders = 0
  /// What to know about the table itself.
  var notes: [DataNote] = []

  /// Whether areas without a measure are identifiers, which mean what they are to the byte, rather than names.
  var areIdentifiers = false

  /// Whether the layout says that its values are counts.
  var areCounts = false

  /// Whether the unit of account is the cell.
  var isWide: Bool { !runPeriods.isEmpty }
  /// Number of rows, or of cells of a wide table, repeated headers included.
  var count: Int { rows.count + runs.count * runPeriods.count + repeatedHeaders }
}

extension TableRows.State {
  /// A NaN that says why there is no number.
  var code: Double { Double(nan: UInt64(rawValue) + 1, signaling: false) }

  /// What stands behind a number or a ``code``.
  @inline(__always)
  init(of value: Double) {
    guard value.isNaN else {
      self = .value
      return
    }
    self = TableRows.State(rawValue: UInt8(truncatingIfNeeded: value.bitPattern & 0xFF) &- 1) ?? .notAvailable
  }
}
