import CommunitySafety
import Diagnostics
import TimeSeries

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
  private var below = LinesBelow()
  private var points = ThousandPoints()
  /// Whether the last row held one text and no values, as a title does.
  private var isBelowTitle = false
  /// Areas told apart by codes or wider areas, in order of first appearance.
  private var places = ByteInterner(capacity: 256)
  private var placeNames: [WidePlaces.Place] = []
  private var key: [UInt8] = []

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
      areIdentifiers: columns.isIdentified)
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
    if columns.identity == nil { key = Array(WideColumns.wholeArea.utf8) }
    let header = columns.header.names
    rows.note(
      .table(
        .columnRoles(
          areas: ([columns.identity, columns.code].compactMap(\.self) + columns.wider).map { header[$0] },
          measures: columns.measure.map { header[$0] }, file: FileKind.lastComponent(file))))
  }

  /// Takes in a row.
  mutating func add(_ record: CSVRecord) throws {
    guard record.count == columns.count else {
      try below.take(record, columns: columns.count, record.ragged(columns.count, file: file))
      return
    }
    if columns.header.isRepeated(in: record) {
      guard !isBelowTitle, !below.isOpen else { throw record.secondTable(file: file) }
      rows.noteRepeatedHeader(columns.periods.count)
      return
    }
    let name = columns.identity.map { record[$0].trimmed }
    if let name, name.isEmpty, columns.code.map({ record[$0].trimmed.isEmpty }) ?? true {
      try below.take(
        record, columns: columns.count, record.blankName(columns.identity ?? 0, file: file))
      return
    }
    if columns.measure.count == 1, record[columns.measure[0]].trimmed.isEmpty {
      try below.take(record, columns: columns.count, record.blankName(columns.measure[0], file: file))
      return
    }
    if isNote(record) {
      try below.take(record, columns: columns.count, record.blankName(columns.periods[0], file: file))
      return
    }
    try below.follow()
    let series = try series(name, record)
    let (values, isPlain) = try values(record)
    try rows.append(run: values, isPlain: isPlain, series: series, line: record.line)
  }

  /// Whether a row says nothing but a sentence in one of its fields.
  private mutating func isNote(_ record: CSVRecord) -> Bool {
    isBelowTitle = false
    guard record[columns.periods[0]].isEmpty, record[columns.periods[columns.periods.count - 1]].isEmpty else {
      return false
    }
    var text: Int?
    for field in 0..<record.count where !record[field].trimmed.isEmpty {
      if text != nil { return false }
      text = field
    }
    guard let text else { return true }
    isBelowTitle = true
    return columns.measure.count > 1 || columns.identity == nil || LinesBelow.readsAsNote(record.text(text))
  }

  /// What was read.
  ///
  /// - Throws: `HorizonError` of kind data for a last line that is neither row nor note.
  consuming func finish() throws -> TableRows {
    try below.end()
    if !below.texts.isEmpty { rows.note(.table(.linesBelow(below.texts, file: FileKind.lastComponent(file)))) }
    if let note = points.note { rows.scale(points.scaled, note: note) }
    if !placeNames.isEmpty { rows.setIdentityNames(WidePlaces.names(placeNames)) }
    return rows.finish()
  }

  private mutating func series(_ name: UnsafeBufferPointer<UInt8>?, _ record: CSVRecord) throws -> Int {
    guard let identity = columns.identity, let name else {
      return try key.withUnsafeBufferPointer { try series(of: $0, record) }
    }
    guard columns.code != nil || !columns.wider.isEmpty else { return try series(of: name, record) }
    key.removeAll(keepingCapacity: true)
    let code = columns.code.map { record[$0].trimmed }
    if let code, !code.isEmpty {
      key.append(contentsOf: code)
    } else {
      key.append(contentsOf: name)
      for column in columns.wider {
        key.append(0x1F)
        key.append(contentsOf: record[column].trimmed)
      }
    }
    let (_, isNew) = key.withUnsafeBufferPointer { places.intern($0) }
    if isNew {
      placeNames.append(
        .init(
          name: record.text(name.isEmpty ? columns.code ?? identity : identity),
          code: columns.code.map { record.text($0) } ?? "", wider: columns.wider.map { record.text($0) }))
    }
    let copy = key
    return try copy.withUnsafeBufferPointer { try series(of: $0, record) }
  }

  private mutating func series(of identity: UnsafeBufferPointer<UInt8>, _ record: CSVRecord) throws -> Int {
    let column = columns.identity ?? 0
    if columns.measure.count == 1 {
      return try rows.series(
        identity, measure: record[columns.measure[0]].trimmed, line: record.line, columns: (column, columns.measure[0]))
    }
    joined.removeAll(keepingCapacity: true)
    if let onlyMeasure { joined.append(contentsOf: onlyMeasure) }
    for (index, column) in columns.measure.enumerated() {
      if index > 0 { joined.append(UInt8(ascii: "|")) }
      joined.append(contentsOf: record[column].trimmed)
    }
    guard !joined.isEmpty else {
      return try rows.series(identity, line: record.line, columns: (column, column))
    }
    return try joined.withUnsafeBufferPointer {
      try rows.series(identity, measure: $0, line: record.line, columns: (column, columns.measure.first ?? column))
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
          values[index] = try other(record, column, index)
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

  private mutating func other(_ record: CSVRecord, _ column: Int, _ index: Int) throws -> Double {
    let cell = record[column].trimmed
    switch NumberCell(cell) {
    case .number(let number):
      if record.separator == UInt8(ascii: ";") { points.note(cell, number, row: rows.count, column: index) }
      return number
    case .blank: return TableRows.State.blank.code
    case .notAvailable: return TableRows.State.notAvailable.code
    case .suppressed:
      rows.note(mark: cell)
      return TableRows.State.suppressed.code
    case .bad: throw record.notANumber(column, file: file)
    }
  }
}
