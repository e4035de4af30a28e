/// What became of the rows of a run of street-level files, by force and month.
struct StreetAccounts {
  private let span: ClosedRange<Int>
  /// By force of the table and month of the span.
  private var months: [[RowAccounting]]
  /// Rows of forces or months that no file vouches for: all set aside.
  private var elsewhere = RowAccounting()

  /// Begins with the rows that the selection set aside.
  init(_ selection: StreetSelection, table: StreetTable, span: ClosedRange<Int>) {
    self.span = span
    months = table.forces.map { _ in [RowAccounting](repeating: RowAccounting(), count: span.count) }
    let forceOf = Dictionary(uniqueKeysWithValues: table.forces.enumerated().map { ($1, $0) })
    for (forceMonth, reasons) in selection.setAside {
      let rows = RowAccounting(read: reasons.values.reduce(0, +), setAside: reasons)
      if let force = forceOf[forceMonth.slug], span.contains(forceMonth.month) {
        months[force][forceMonth.month - span.lowerBound].add(rows)
      } else {
        elsewhere.add(rows)
      }
    }
  }

  /// Counts the rows of a cell, in a residual area only if there is a reason.
  mutating func count(_ cell: StreetCell, residual reason: String?) {
    change(cell) { account in
      if let reason {
        account.residual[reason, default: 0] += cell.rows
      } else {
        account.counted += cell.rows
      }
    }
  }

  /// Sets the rows of a cell aside.
  mutating func setAside(_ cell: StreetCell, _ reason: String) {
    change(cell) { $0.setAside[reason, default: 0] += cell.rows }
  }

  /// Counts rows without a place that were shared out: `kept` of them to areas that are kept.
  mutating func countShared(force: Int, month: Int, kept: Int, others: Int) {
    months[force][month].read += kept + others
    months[force][month].counted += kept
    if others > 0 { months[force][month].setAside["area not asked for", default: 0] += others }
  }

  private mutating func change(_ cell: StreetCell, _ change: (inout RowAccounting) -> Void) {
    let month = cell.month - span.lowerBound
    months[cell.force][month].read += cell.rows
    change(&months[cell.force][month])
  }

  /// The account of a force of the table and a month, counted from the first of the span.
  subscript(force: Int, month: Int) -> RowAccounting { months[force][month] }

  /// The account of the run.
  var total: RowAccounting { months.joined().reduce(into: elsewhere) { $0.add($1) } }
}
