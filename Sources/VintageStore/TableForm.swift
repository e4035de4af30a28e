import Ingest
import TimeSeries

/// What the rows of a table do not say, as it stands in `content`.
struct TableForm: Equatable {
  /// Kind of the values; blank where each series' values tell.
  let kind: String
  /// Units by measure: measure, tab, unit a line, in order.
  let units: String
  /// Values in a record of a wide table; 0 for other tables.
  let runLength: Int

  /// As it stands in the store.
  init(kind: String, units: String, runLength: Int) {
    self.kind = kind
    self.units = units
    self.runLength = runLength
  }

  /// The form of a table.
  init(_ table: TableRecords) {
    kind = table.kind?.rawValue ?? ""
    units = table.units.sorted { $0.key < $1.key }.map { "\($0.key)\t\($0.value)" }.joined(separator: "\n")
    runLength = table.runLength
  }

  /// Gives a table this form.
  func apply(to table: inout TableRecords) {
    table.kind = MeasureKind(rawValue: kind)
    for line in units.split(separator: "\n") {
      let parts = line.split(separator: "\t", maxSplits: 1)
      if parts.count == 2 { table.units[String(parts[0])] = String(parts[1]) }
    }
    table.runLength = runLength
  }
}
