import CommunitySafety
import Diagnostics
import Wording

/// Counts the rows of one street-level file. No text is made of a row: names become small integers by their bytes.
struct StreetTallyBuilder {
  /// Years a month may lie in: wide enough for any real file, narrow enough that a slip cannot stretch the run's span.
  static let years = 1900...2199

  private let file: String
  private let columns: StreetColumns
  private let lsoaColumn: Int?
  private let outcomeColumn: Int?
  private var reporters = ByteInterner()
  private var codes = ByteInterner(capacity: 1024)
  private var stems = ByteInterner(capacity: 128)
  private var places = IntegerInterner()
  private var types = ByteInterner()
  private var outcomes = ByteInterner()
  private var keys = IntegerInterner()
  private var counts: [Int32] = []
  private var crimeIDs: [UInt64] = []
  private let sampleMask: UInt64
  private var rows = 0
  private var (lastReporter, lastCode, lastStem, lastPlace, lastType, lastOutcome) = (0, 0, 0, 0, 0, 0)

  /// A count of nothing yet. `file` is named in errors.
  init(file: String, columns: StreetColumns, detail: StreetDetail) {
    self.file = file
    self.columns = columns
    lsoaColumn = detail.byLSOA ? columns.lsoaCode : nil
    outcomeColumn = detail.byOutcome ? columns.outcome : nil
    sampleMask = (1 << UInt64(detail.sampling) - 1) << 8
    let nothing = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    _ = reporters.intern(nothing)
    _ = codes.intern(nothing)
    _ = stems.intern(nothing)
    _ = types.intern(nothing)
    _ = outcomes.intern(nothing)
    _ = places.intern(0)
  }

  /// Counts a row.
  @inline(__always)
  mutating func add(_ record: CSVRecord) throws {
    guard record.count == columns.count else { throw ragged(record) }
    guard
      let month = StreetTallyBuilder.month(record[columns.month])
        ?? StreetTallyBuilder.month(ofFirstDay: record[columns.month])
    else {
      if record.isBlank { return }
      throw badMonth(record)
    }
    let reporter = try reporterIndex(record)
    let place = try placeIndex(record)
    let typeName = record[columns.type].trimmed
    if !types.matches(lastType, typeName) {
      lastType = try StreetTallyBuilder.intern(&types, typeName, limit: 1 << 11, record, columns.type, file)
    }
    if let column = outcomeColumn {
      let outcome = record[column].trimmed
      if !outcomes.matches(lastOutcome, outcome) {
        lastOutcome = try StreetTallyBuilder.intern(&outcomes, outcome, limit: 1 << 8, record, column, file)
      }
    }
    let (cell, isNew) = keys.intern(
      StreetTallyBuilder.key(reporter: reporter, month: month, place: place, type: lastType, outcome: lastOutcome))
    if isNew { counts.append(1) } else { counts[cell] &+= 1 }
    if let column = columns.crimeID {
      let id = record[column].trimmed
      if !id.isEmpty {
        let hash = CrimeIDs.hash(id)
        if hash & sampleMask == 0 { crimeIDs.append(hash) }
      }
    }
    rows &+= 1
  }

  /// What was counted.
  consuming func finish() -> StreetTally {
    let order = keys.keys.indices.sorted { keys.keys[$0] < keys.keys[$1] }
    let cells = order.map { StreetTallyBuilder.cell(keys.keys[$0], rows: counts[$0]) }
    let (codes, stems) = (codes.strings, stems.strings)
    var tally = StreetTally(
      rows: rows, reporters: reporters.strings,
      places: places.keys.map { .init(lsoa: codes[Int($0 >> 32)], district: stems[Int($0 & 0xFFFF_FFFF)]) },
      types: types.strings, outcomes: outcomes.strings, cells: cells, isEarliest: columns.isEarliest)
    tally.crimeIDs = crimeIDs
    return tally
  }

  /// Reporter (10 bits), month (15), place (20), type (11) and outcome (8) in one number, in that order of rank.
  @inline(__always)
  private static func key(reporter: Int, month: Int, place: Int, type: Int, outcome: Int) -> UInt64 {
    UInt64(reporter) << 54 | UInt64(month) << 39 | UInt64(place) << 19 | UInt64(type) << 8 | UInt64(outcome)
  }

  private static func cell(_ key: UInt64, rows: Int32) -> StreetCell {
    func part(_ shift: UInt64, _ bits: UInt64) -> Int { Int(key >> shift & ((1 << bits) - 1)) }
    return StreetCell(
      force: part(54, 10), month: part(39, 15), place: part(19, 20), type: part(8, 11), outcome: part(0, 8),
      rows: Int(rows))
  }

  /// `2019-06` as months since year 0.
  @inline(__always)
  private static func month(_ field: UnsafeBufferPointer<UInt8>) -> Int? {
    guard field.count == 7, field[4] == 45 else { return nil }
    var digits = 0
    for index in 0..<7 where index != 4 {
      let digit = field[index] &- 48
      guard digit < 10 else { return nil }
      digits = digits &* 10 &+ Int(digit)
    }
    let (year, month) = (digits / 100, digits % 100)
    guard month >= 1, month <= 12, years.contains(year) else { return nil }
    return year &* 12 &+ month &- 1
  }

  /// The month of `2019-06-01`: what a spreadsheet program makes of the `2019-06` of a file that it saves.
  private static func month(ofFirstDay field: UnsafeBufferPointer<UInt8>) -> Int? {
    guard field.count == 10, field[7...].elementsEqual("-01".utf8) else { return nil }
    return month(UnsafeBufferPointer(rebasing: field[..<7]))
  }

  @inline(__always)
  private mutating func reporterIndex(_ record: CSVRecord) throws -> Int {
    var name = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    if let column = columns.reportedBy { name = record[column].trimmed }
    if name.isEmpty, let column = columns.fallsWithin { name = record[column].trimmed }
    if !reporters.matches(lastReporter, name) {
      let column = columns.reportedBy ?? columns.fallsWithin ?? 0
      lastReporter = try StreetTallyBuilder.intern(&reporters, name, limit: 1 << 10, record, column, file)
    }
    return lastReporter
  }

  @inline(__always)
  private mutating func placeIndex(_ record: CSVRecord) throws -> Int {
    var isSame = true
    if let column = lsoaColumn {
      let code = record[column].trimmed
      if !codes.matches(lastCode, code) {
        lastCode = try StreetTallyBuilder.intern(&codes, code, limit: 1 << 20, record, column, file)
        isSame = false
      }
    }
    if let column = columns.lsoaName {
      let stem = StreetTallyBuilder.stem(record[column].trimmed)
      if !stems.matches(lastStem, stem) {
        lastStem = try StreetTallyBuilder.intern(&stems, stem, limit: 1 << 20, record, column, file)
        isSame = false
      }
    }
    if isSame { return lastPlace }
    lastPlace = places.intern(UInt64(lastCode) << 32 | UInt64(lastStem)).index
    guard lastPlace < 1 << 20 else { throw tooMany(1 << 20, record, columns.lsoaName ?? 0, file) }
    return lastPlace
  }

  /// The district's name: an LSOA name without its last five characters, as in "Oxford 008B"; a name of another form
  /// stands for itself.
  @inline(__always)
  static func stem(_ name: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    let n = name.count
    guard n > 5, name[n &- 5] == 32, name[n &- 4] &- 48 < 10, name[n &- 3] &- 48 < 10, name[n &- 2] &- 48 < 10,
      (name[n &- 1] & 0xDF) &- 65 < 26
    else { return name }
    return UnsafeBufferPointer(start: name.baseAddress, count: n &- 5)
  }

  private static func intern(
    _ table: inout ByteInterner, _ name: UnsafeBufferPointer<UInt8>, limit: Int, _ record: CSVRecord, _ column: Int,
    _ file: String
  ) throws -> Int {
    try table.name(
      name, of: record, column: column, file: file, limit: limit,
      remedy: "Check that the file is a street-level file of data.police.uk")
  }
}

private func tooMany(_ limit: Int, _ record: CSVRecord, _ column: Int, _ file: String) -> HorizonError {
  HorizonError(
    .data, "the column has more than \(limit - 1) distinct values",
    at: .init(file: file, line: record.line, column: column + 1),
    remedy: "Check that the file is a street-level file of data.police.uk")
}

extension StreetTallyBuilder {
  private func ragged(_ record: CSVRecord) -> HorizonError {
    HorizonError(
      .data, "the row has \(record.count) fields where the header has \(columns.count)",
      at: .init(file: file, line: record.line),
      remedy: "Quote fields that hold commas; if this is the last line, the file may be cut short")
  }

  private func badMonth(_ record: CSVRecord) -> HorizonError {
    HorizonError(
      .data, "\"\(SafeText.printable(String(record.text(columns.month).prefix(40))))\" is not a month",
      at: .init(file: file, line: record.line, column: columns.month + 1),
      remedy: "Months are written as in 2019-06; a spreadsheet may have changed them")
  }
}
