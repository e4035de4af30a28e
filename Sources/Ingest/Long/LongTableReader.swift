import CommunitySafety

/// Reads the records of one long table.
struct LongTableReader {
  private let columns: LongColumns
  private var rows: TableRowsBuilder

  /// A reader that has read nothing yet. `file` is named in errors.
  init(file: String, columns: LongColumns) {
    self.columns = columns
    rows = TableRowsBuilder(file: file, hasMeasures: columns.measure != nil)
  }

  /// Takes in a row.
  @inline(__always)
  mutating func add(_ record: CSVRecord) throws {
    guard record.count == columns.count else { throw ragged(record) }
    let identity = record[columns.identity].trimmed
    let period = record[columns.period].trimmed
    if identity.isEmpty || period.isEmpty {
      if record.isBlank { return }
      throw blankName(record, identity.isEmpty ? columns.identity : columns.period)
    }
    var measure: UnsafeBufferPointer<UInt8>?
    if let column = columns.measure {
      measure = record[column].trimmed
      if measure?.isEmpty ?? true { throw blankName(record, column) }
    }
    let series = try rows.series(
      identity, measure: measure, line: record.line, columns: (columns.identity, columns.measure ?? 0))
    let periodIndex = try rows.period(period, line: record.line, column: columns.period)
    let (value, state) = try value(record)
    try rows.append(value: value, state: state, series: series, period: periodIndex, line: record.line)
    if let column = columns.population { rows.append(population: try population(record, column)) }
  }

  /// What was read.
  consuming func finish() -> TableRows { rows.finish() }

  @inline(__always)
  private mutating func value(_ record: CSVRecord) throws -> (Double, TableRows.State) {
    let cell = record[columns.value].trimmed
    switch NumberCell(cell) {
    case .number(let number):
      guard number >= 0 || !columns.isCountLayout else {
        throw badNumber(record, columns.value, "is a negative count", "Counts are never negative; check the extract")
      }
      return (number, .value)
    case .blank: return (.nan, .blank)
    case .notAvailable: return (.nan, .notAvailable)
    case .suppressed:
      rows.note(mark: cell)
      return (.nan, .suppressed)
    case .bad:
      throw badNumber(
        record, columns.value, "is not a number",
        "Write numbers as 1234 or 1234.5; leave a missing value blank or write NA")
    }
  }

  private func population(_ record: CSVRecord, _ column: Int) throws -> Double {
    switch NumberCell(record[column].trimmed) {
    case .number(let number) where number >= 0 && number < 1e12 && number == number.rounded(): return number
    case .number, .bad:
      throw badNumber(record, column, "is not a population", "Write a whole number of residents, or leave it blank")
    case .blank, .notAvailable, .suppressed: return .nan
    }
  }

  private func ragged(_ record: CSVRecord) -> HorizonError {
    HorizonError(
      .data, "the row has \(record.count) fields where the header has \(columns.count)",
      at: .init(file: rows.file, line: record.line),
      remedy: "Quote fields that hold commas; if this is the last line, the file may be cut short")
  }

  private func blankName(_ record: CSVRecord, _ column: Int) -> HorizonError {
    HorizonError(
      .data, "the field is blank", at: .init(file: rows.file, line: record.line, column: column + 1),
      remedy: "Every row needs its area or unique_id, its measure where there is such a column, and its period")
  }

  private func badNumber(_ record: CSVRecord, _ column: Int, _ what: String, _ remedy: String) -> HorizonError {
    HorizonError(
      .data, "\"\(printable(String(record.text(column).prefix(40))))\" \(what)",
      at: .init(file: rows.file, line: record.line, column: column + 1), remedy: remedy)
  }
}
