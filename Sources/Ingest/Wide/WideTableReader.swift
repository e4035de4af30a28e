import CommunitySafety
import Diagnostics
import TimeSeries
import Wording

/// Reads the records of one wide table, each into a run of values.
struct WideTableReader {
  private let file: String
  private let columns: WideColumns
  private let onlyMeasure: [UInt8]?
  private let firstPeriod: Int
  /// Whether the periods' columns lie side by side.
  private let isSolid: Bool
  private var joined: [UInt8] = []
  private var rows: TableRowsBuilder

  /// A reader that has read the header. `file` is named in errors.
  ///
  /// - Throws: `HorizonError` of kind data for a header that is not UTF-8.
  init(file: String, columns: WideColumns) throws {
    self.file = file
    self.columns = columns
    onlyMeasure = columns.onlyMeasure.map { Array($0.utf8) }
    firstPeriod = columns.periods.first ?? 0
    isSolid = zip(columns.periods, columns.periods.dropFirst()).allSatisfy { $1 == $0 + 1 }
    rows = TableRowsBuilder(
      file: file, hasMeasures: !columns.measure.isEmpty || onlyMeasure != nil,
      areIdentifiers: columns.header.keys[columns.identity] == "unique_id")
    let line = columns.header.place.line ?? 1
    var periods: [Int] = []
    for column in columns.periods {
      var name = columns.header.names[column]
      periods.append(try name.withUTF8 { try rows.period($0, line: line, column: column) })
    }
    rows.setRunPeriods(periods)
    if !columns.leftOut.isEmpty {
      let names = columns.leftOut.map { column in
        let name = columns.header.names[column]
        return name.isEmpty ? "column \(column + 1)" : "\"\(name.prefix(40))\""
      }
      rows.note(.table(.columnsLeftOut(names, file: FileKind.lastComponent(file))))
    }
  }

  /// Takes in a row.
  mutating func add(_ record: CSVRecord) throws {
    guard record.count == columns.count else { throw record.ragged(columns.count, file: file) }
    if columns.header.isRepeated(in: record) {
      rows.noteRepeatedHeader(columns.periods.count)
      return
    }
    let identity = record[columns.identity].trimmed
    if identity.isEmpty {
      if record.isBlank { return }
      throw record.blankName(columns.identity, file: file)
    }
    let series = try series(identity, record)
    let (values, isPlain) = try values(record)
    try rows.append(run: values, isPlain: isPlain, series: series, line: record.line)
  }

  /// What was read.
  consuming func finish() -> TableRows { rows.finish() }

  private mutating func series(_ identity: UnsafeBufferPointer<UInt8>, _ record: CSVRecord) throws -> Int {
    if columns.measure.count == 1 {
      let measure = record[columns.measure[0]].trimmed
      if measure.isEmpty { throw record.blankName(columns.measure[0], file: file) }
      return try rows.series(
        identity, measure: measure, line: record.line, columns: (columns.identity, columns.measure[0]))
    }
    joined.removeAll(keepingCapacity: true)
    if let onlyMeasure { joined.append(contentsOf: onlyMeasure) }
    for (index, column) in columns.measure.enumerated() {
      if index > 0 { joined.append(UInt8(ascii: "|")) }
      joined.append(contentsOf: record[column].trimmed)
    }
    guard !joined.isEmpty else {
      return try rows.series(identity, line: record.line, columns: (columns.identity, columns.identity))
    }
    return try joined.withUnsafeBufferPointer {
      try rows.series(
        identity, measure: $0, line: record.line, columns: (columns.identity, columns.measure.first ?? columns.identity)
      )
    }
  }

  private mutating func values(_ record: CSVRecord) throws -> (values: [Double], isPlain: Bool) {
    let periods = columns.periods
    var isPlain = true
    let values = try [Double](unsafeUninitializedCapacity: periods.count) { values, filled in
      for index in 0..<periods.count {
        let column = isSolid ? firstPeriod &+ index : periods[index]
        if let number = WideTableReader.wholeNumber(record[column]) {
          values[index] = number
        } else {
          isPlain = false
          values[index] = try other(record, column)
        }
      }
      filled = periods.count
    }
    return (values, isPlain)
  }

  /// A cell of up to 15 digits and nothing else.
  @inline(__always)
  private static func wholeNumber(_ cell: UnsafeBufferPointer<UInt8>) -> Double? {
    guard UInt(bitPattern: cell.count &- 1) < 15, let base = cell.baseAddress else { return nil }
    var number = 0
    for index in 0..<cell.count {
      let digit = base[index] &- 48
      if digit > 9 { return nil }
      number = number &* 10 &+ Int(digit)
    }
    return Double(number)
  }

  private mutating func other(_ record: CSVRecord, _ column: Int) throws -> Double {
    let cell = record[column].trimmed
    switch NumberCell(cell) {
    case .number(let number): return number
    case .blank: return TableRows.State.blank.code
    case .notAvailable: return TableRows.State.notAvailable.code
    case .suppressed:
      rows.note(mark: cell)
      return TableRows.State.suppressed.code
    case .bad: throw record.notANumber(column, file: file)
    }
  }
}
