import CommunitySafety
import TimeSeries

/// Collects the rows of one long table. No text is made of a row: names and period cells become small integers.
struct LongRowsBuilder {
  /// Most rows of one table.
  static let rowLimit = 200_000_000
  /// Most distinct period cells of one table.
  static let periodLimit = 1_000_000

  private let file: String
  private let columns: LongColumns
  private var identities = ByteInterner(capacity: 1024)
  private var measures = ByteInterner()
  private var pairs = IntegerInterner()
  private var periods = ByteInterner(capacity: 512)
  private var marks = Set<String>()
  private var rows = LongRows()
  private var (lastIdentity, lastMeasure, lastPair) = (-1, -1, -1)

  /// An empty collection. `file` is named in errors.
  init(file: String, columns: LongColumns) {
    self.file = file
    self.columns = columns
    rows.periodColumn = columns.period + 1
    rows.valueColumn = columns.value + 1
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
    if lastIdentity < 0 || !identities.matches(lastIdentity, identity) {
      lastIdentity = try intern(&identities, identity, record, columns.identity)
      lastPair = -1
    }
    if let column = columns.measure {
      let measure = record[column].trimmed
      if lastMeasure < 0 || !measures.matches(lastMeasure, measure) {
        guard !measure.isEmpty else { throw blankName(record, column) }
        lastMeasure = try intern(&measures, measure, record, column)
        lastPair = -1
      }
      if lastPair < 0 {
        lastPair = pairs.intern(UInt64(lastIdentity) << 32 | UInt64(lastMeasure)).index
      }
    } else {
      lastPair = lastIdentity
    }
    let (periodIndex, isNew) = periods.intern(period)
    if isNew { try noteNewPeriod(period, record) }
    let (value, state) = try value(record)
    rows.rows.append(
      LongRows.Row(
        value: value, series: Int32(truncatingIfNeeded: lastPair), period: Int32(truncatingIfNeeded: periodIndex),
        line: Int32(truncatingIfNeeded: record.line), state: state))
    if let column = columns.population { rows.populations.append(try population(record, column)) }
    if rows.count > LongRowsBuilder.rowLimit {
      throw HorizonError(
        .data, "the table has more than \(LongRowsBuilder.rowLimit) rows", at: .init(file: file),
        remedy: "Split it, or aggregate it to fewer areas or measures")
    }
  }

  /// What was collected.
  consuming func finish() -> LongRows {
    rows.periods = periods.strings
    rows.marks = marks.sorted(by: FileKind.scalarOrder)
    if columns.measure != nil {
      rows.keys = pairs.keys.map { pair in
        SeriesKey(area: identities.string(Int(pair >> 32)), measure: measures.string(Int(pair & 0xFFFF_FFFF)))
      }
    } else {
      rows.keys = identities.strings.map { SeriesKey(uniqueID: $0) }
    }
    return rows
  }

  @inline(__always)
  private mutating func value(_ record: CSVRecord) throws -> (Double, LongRows.State) {
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
      let mark = String(decoding: cell, as: UTF8.self)
      if marks.count < 20 { marks.insert(printable(mark)) }
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

  private mutating func noteNewPeriod(_ cell: UnsafeBufferPointer<UInt8>, _ record: CSVRecord) throws {
    try validate(cell, record, columns.period)
    rows.periodLines.append(record.line)
    if periods.count > LongRowsBuilder.periodLimit {
      throw HorizonError(
        .data, "the table has more than \(LongRowsBuilder.periodLimit) distinct periods",
        at: .init(file: file, line: record.line, column: columns.period + 1),
        remedy: "Check that the column \"\(columns.measure == nil ? "ds" : "period")\" holds periods")
    }
  }

  private func intern(
    _ table: inout ByteInterner, _ name: UnsafeBufferPointer<UInt8>, _ record: CSVRecord, _ column: Int
  ) throws -> Int {
    let (index, isNew) = table.intern(name)
    if isNew { try validate(name, record, column) }
    return index
  }

  private func validate(_ name: UnsafeBufferPointer<UInt8>, _ record: CSVRecord, _ column: Int) throws {
    guard name.validText == nil else { return }
    throw HorizonError(
      .data, "the field is not UTF-8 text", at: .init(file: file, line: record.line, column: column + 1),
      remedy: "Save the file as CSV UTF-8")
  }

  private func ragged(_ record: CSVRecord) -> HorizonError {
    HorizonError(
      .data, "the row has \(record.count) fields where the header has \(columns.count)",
      at: .init(file: file, line: record.line),
      remedy: "Quote fields that hold commas; if this is the last line, the file may be cut short")
  }

  private func blankName(_ record: CSVRecord, _ column: Int) -> HorizonError {
    HorizonError(
      .data, "the field is blank", at: .init(file: file, line: record.line, column: column + 1),
      remedy: "Every row needs its area or unique_id, its measure where there is such a column, and its period")
  }

  private func badNumber(_ record: CSVRecord, _ column: Int, _ what: String, _ remedy: String) -> HorizonError {
    HorizonError(
      .data, "\"\(printable(String(record.text(column).prefix(40))))\" \(what)",
      at: .init(file: file, line: record.line, column: column + 1), remedy: remedy)
  }
}
