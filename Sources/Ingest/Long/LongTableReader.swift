import CommunitySafety
import Diagnostics
import TimeSeries
import Wording

/// Reads the records of one long table.
struct LongTableReader {
  private let file: String
  private let columns: LongColumns
  private let onlyMeasure: [UInt8]?
  private var rows: TableRowsBuilder
  private var below = LinesBelow()
  private var points = ThousandPoints()
  /// Bytes of the table, 0 where unknown, and of the records read so far, as long as they are counted.
  private let bytes: Int
  private var read = (bytes: 0, records: 0)

  /// A number a row holds, or why there is none.
  private typealias Reading = (value: Double, denominator: Double?, state: TableRows.State)

  /// A reader that has read nothing yet of a table of so many `bytes`, 0 where unknown. `file` is named in errors.
  init(file: String, columns: LongColumns, bytes: Int = 0) {
    self.file = file
    self.bytes = bytes
    self.columns = columns
    onlyMeasure = columns.onlyMeasure.map { Array($0.utf8) }
    rows = TableRowsBuilder(
      file: file, hasMeasures: columns.measure != nil || columns.onlyMeasure != nil,
      areIdentifiers: columns.isIdentified, areCounts: columns.areCounts, kind: columns.kind)
  }

  /// Takes in a row.
  @inline(__always)
  mutating func add(_ record: CSVRecord) throws {
    guard record.count == columns.count else {
      try below.take(record, columns: columns.count, record.ragged(columns.count, file: file))
      return
    }
    if read.records < LongTableReader.sampled { sample(record) }
    let identity = record[columns.identity].trimmed
    let period = record[columns.period].trimmed
    if identity.isEmpty || period.isEmpty {
      try below.take(
        record, columns: columns.count,
        record.blankName(identity.isEmpty ? columns.identity : columns.period, file: file))
      return
    }
    if below.isOpen, columns.header.isRepeated(in: record) { return try repeatHeader(record) }
    try below.follow()
    guard let reading = try reading(record) else {
      rows.noteRepeatedHeader(1)
      return
    }
    let series: Int
    if let column = columns.measure {
      let measure = record[column].trimmed
      if measure.isEmpty { throw record.blankName(column, file: file) }
      series = try rows.series(identity, measure: measure, line: record.line, columns: (columns.identity, column))
    } else if let onlyMeasure {
      series = try onlyMeasure.withUnsafeBufferPointer {
        try rows.series(identity, measure: $0, line: record.line, columns: (columns.identity, columns.identity))
      }
    } else {
      series = try rows.series(identity, line: record.line, columns: (columns.identity, columns.identity))
    }
    if case .value(_, let unit?) = columns.value {
      try rows.note(unit: record[unit].trimmed, line: record.line, column: unit)
    }
    let periodIndex: Int
    if let part = columns.part {
      let joined = try joined(period, part, record)
      periodIndex = try joined.withUnsafeBufferPointer {
        try rows.period($0, line: record.line, column: columns.period)
      }
    } else {
      periodIndex = try rows.period(period, line: record.line, column: columns.period)
    }
    try rows.append(
      value: reading.value, denominator: reading.denominator, state: reading.state, series: series,
      period: periodIndex, line: record.line)
    if let column = columns.population { rows.append(population: try population(record, column)) }
  }

  /// Passes over a header below a title. Of rows that name their measure the title says nothing; without, it may.
  private mutating func repeatHeader(_ record: CSVRecord) throws {
    guard columns.measure != nil || columns.isIdentified else { throw record.secondTable(file: file) }
    below.followedByHeader()
    rows.noteRepeatedHeader(1)
  }

  /// One text of a year and a part of it: `2019-06`, `2019-Q2`, `2019/20 Q1`, `2019-W23`.
  private func joined(
    _ year: UnsafeBufferPointer<UInt8>, _ part: LongColumns.PartOfYear, _ record: CSVRecord
  ) throws -> [UInt8] {
    let text = record.text(part.column)
    let digits = text.drop { $0.isLetter || $0 == " " }
    let number = digits.isEmpty ? nil : Int(digits)
    let years = String(decoding: year, as: UTF8.self)
    let isCalendar = year.count == 4 && Int(years) != nil
    switch part.kind {
    case .month:
      let month = PeriodStyle.monthNumber(text) ?? number.flatMap { (1...12).contains($0) ? $0 : nil }
      if let month, isCalendar { return Array("\(years)-\(NumberText.padded(month, 2))".utf8) }
      if let month, let (period, _) = PeriodStyle.parse(years, frequency: .financialYearly) {
        let year = period.ordinal + (month < 4 ? 1 : 0)
        return Array("\(NumberText.padded(year, 4))-\(NumberText.padded(month, 2))".utf8)
      }
    case .quarter:
      if let number, (1...4).contains(number) { return Array("\(years)\(isCalendar ? "-" : " ")Q\(number)".utf8) }
    case .week:
      if let number, (1...53).contains(number), isCalendar {
        return Array("\(years)-W\(NumberText.padded(number, 2))".utf8)
      }
    }
    if columns.header.isRepeated(in: record) { return Array(year) }
    throw record.badNumber(
      part.column, "is not a \(part.kind.rawValue) of \"\(SafeText.printable(String(years.prefix(20))))\"", file: file,
      "Write the year as 2019 or 2019/20, months as 1 to 12 or by name, quarters as 1 to 4, weeks as 1 to 53")
  }

  /// Records from which the number of rows is foretold.
  private static let sampled = 1000

  /// Makes room for as many rows as the first of them let expect, so that it need not be made again and again.
  private mutating func sample(_ record: CSVRecord) {
    read.records += 1
    read.bytes += record.byteCount + 1
    if read.records == LongTableReader.sampled { rows.expect(rows: bytes / (read.bytes / read.records)) }
  }

  /// What was read.
  ///
  /// - Throws: `HorizonError` of kind data for a last line that is neither row nor note.
  consuming func finish() throws -> TableRows {
    try below.end()
    if !below.between.isEmpty {
      rows.note(.table(.linesBetween(below.between, file: FileKind.lastComponent(file))))
    }
    if !below.texts.isEmpty { rows.note(.table(.linesBelow(below.texts, file: FileKind.lastComponent(file)))) }
    if columns.kind == nil, let note = points.note { rows.scale(points.scaled, note: note) }
    return rows.finish()
  }

  /// What a row says; nil for one that repeats the header.
  @inline(__always)
  private mutating func reading(_ record: CSVRecord) throws -> Reading? {
    switch columns.value {
    case .number(let column), .count(let column):
      return try number(record, column).map { ($0.value, nil, $0.state) }
    case .proportion(let numerator, let denominator): return try proportion(record, numerator, denominator)
    case .value(let column, let unit): return try measured(record, column, unit)
    }
  }

  /// A numerator and a denominator: whole numbers, the first not above the second. Both are missing where either is.
  private mutating func proportion(_ record: CSVRecord, _ numerator: Int, _ denominator: Int) throws -> Reading? {
    guard let part = try number(record, numerator), let whole = try number(record, denominator) else { return nil }
    for (column, value) in [(numerator, part.value), (denominator, whole.value)] {
      guard !(value < 0) else { throw negative(record, column) }
      guard value.isNaN || value == value.rounded() else {
        throw record.badNumber(
          column, "is not a whole number", file: file, "Numerators and denominators are counts; give a share as a value"
        )
      }
    }
    if let missing = [whole.state, part.state].first(where: { $0 != .value }) { return (.nan, .nan, missing) }
    guard part.value <= whole.value else {
      throw record.badNumber(
        numerator, "is more than its denominator, \"\(SafeText.printable(record.text(denominator)))\"", file: file,
        "A proportion is a part of its whole; check that the columns are not exchanged")
    }
    return (part.value, whole.value, .value)
  }

  /// A number with a unit; a percent sign is understood where the unit is per cent.
  private mutating func measured(_ record: CSVRecord, _ column: Int, _ unit: Int?) throws -> Reading? {
    let cell = record[column].trimmed
    if cell.last == UInt8(ascii: "%"), let unit, ["%", "per cent", "percent"].contains(record.text(unit).lowercased()),
      case .number(let number) = NumberCell(UnsafeBufferPointer(rebasing: cell.dropLast()).trimmed)
    {
      return (number, nil, .value)
    }
    return try number(record, column).map { ($0.value, nil, $0.state) }
  }

  /// The number in a field, or why there is none; nil if the record repeats the header.
  @inline(__always)
  private mutating func number(_ record: CSVRecord, _ column: Int) throws -> (value: Double, state: TableRows.State)? {
    let cell = record[column].trimmed
    switch NumberCell(cell) {
    case .number(let number):
      if record.separator == UInt8(ascii: ";") { points.note(cell, number, row: rows.count) }
      return (number, .value)
    case .blank: return (.nan, .blank)
    case .notAvailable: return (.nan, .notAvailable)
    case .suppressed:
      rows.note(mark: cell)
      return (.nan, .suppressed)
    case .bad:
      guard !columns.header.isRepeated(in: record) else { return nil }
      throw record.notANumber(column, file: file)
    }
  }

  private func population(_ record: CSVRecord, _ column: Int) throws -> Double {
    switch NumberCell(record[column].trimmed) {
    case .number(let number) where number >= 0 && number < 1e12 && number == number.rounded(): return number
    case .number, .bad:
      throw record.badNumber(
        column, "is not a population", file: file, "Write a whole number of residents, or leave it blank")
    case .blank, .notAvailable, .suppressed: return .nan
    }
  }

  private func negative(_ record: CSVRecord, _ column: Int) -> HorizonError {
    record.badNumber(
      column, "is a negative count", file: file, "Counts are never negative; check the extract")
  }
}
