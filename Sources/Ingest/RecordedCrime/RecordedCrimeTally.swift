/// What one file of recorded crime counts: offences by partnership, label and quarter, added up over offence codes.
package struct RecordedCrimeTally: Sendable {
  /// One sum.
  struct Cell: Sendable {
    let csp: Int
    let force: Int
    let label: Int
    /// Calendar quarter: `year * 4 + quarter - 1`.
    let quarter: Int
    /// Sum of the counts; negative where more crimes were cancelled than recorded.
    let offences: Int
    /// Rows it was added up from.
    let rows: Int
    /// Rows among them without a number: the sum is then unknown.
    let unknown: Int
  }

  var rows = 0
  var csps: [String] = []
  var forces: [String] = []
  var labels: [String] = []
  var cells: [Cell] = []
  /// Line of the first row of each cell.
  var lines: [Int] = []
  /// Rows without a number, suppressed or blank.
  var (suppressed, blank) = (0, 0)
  /// Notes below the table.
  var linesBelow: [String] = []
}
