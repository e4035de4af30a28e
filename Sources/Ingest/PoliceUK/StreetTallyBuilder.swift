import CommunitySafety

/// Counts the rows of one street-level file. No text is made of a row: names become small integers by their bytes.
struct StreetTallyBuilder {
  /// Years a month may lie in: wide enough for any real file, narrow enough that a slip cannot stretch the run's span.
  static let years = 1900...2199

  private let file: String
  private let columns: StreetColumns
  private let lookup: DistrictLookup?
  private var reporters = ByteInterner()
  private var stems = ByteInterner(capacity: 128)
  private var types = ByteInterner()
  private var keys = IntegerInterner()
  private var counts: [Int] = []
  private var areaOfLookup: [Int32]
  private var rows = 0
  private var lookupMisses = 0
  private var (lastReporter, lastStem, lastType) = (0, 0, 0)

  /// A count of nothing yet. `file` is named in errors.
  init(file: String, columns: StreetColumns, lookup: DistrictLookup?) {
    self.file = file
    self.columns = columns
    self.lookup = lookup
    areaOfLookup = [Int32](repeating: -1, count: lookup?.districts.count ?? 0)
    let nothing = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    _ = reporters.intern(nothing)
    _ = stems.intern(nothing)
    _ = types.intern(nothing)
  }

  /// Counts a row.
  @inline(__always)
  mutating func add(_ record: CSVRecord) throws {
    guard record.count == columns.count else { throw ragged(record) }
    guard let month = StreetTallyBuilder.month(record[columns.month]) else {
      if record.isBlank { return }
      throw badMonth(record)
    }
    let reporter = try reporterIndex(record)
    let area = try areaIndex(record)
    let typeName = record[columns.type].trimmed
    if !types.matches(lastType, typeName) {
      lastType = try StreetTallyBuilder.intern(&types, typeName, limit: 1 << 12, record, columns.type, file)
    }
    let key = UInt64(reporter) << 48 | UInt64(month) << 32 | UInt64(area) << 12 | UInt64(lastType)
    let (cell, isNew) = keys.intern(key)
    if isNew { counts.append(1) } else { counts[cell] &+= 1 }
    rows &+= 1
  }

  /// What was counted.
  consuming func finish() -> StreetTally {
    let order = keys.keys.indices.sorted { keys.keys[$0] < keys.keys[$1] }
    let cells = order.map { index in
      let key = keys.keys[index]
      return StreetTally.Cell(
        reporter: Int(key >> 48), month: Int(key >> 32 & 0xFFFF), area: Int(key >> 12 & 0xFFFFF),
        type: Int(key & 0xFFF), rows: counts[index])
    }
    return StreetTally(
      rows: rows, reporters: reporters.strings, areas: stems.strings, types: types.strings, cells: cells,
      isEarliest: columns.isEarliest, lookupMisses: lookupMisses)
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

  @inline(__always)
  private mutating func reporterIndex(_ record: CSVRecord) throws -> Int {
    var name = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    if let column = columns.reportedBy { name = record[column].trimmed }
    if name.isEmpty, let column = columns.fallsWithin { name = record[column].trimmed }
    if !reporters.matches(lastReporter, name) {
      let column = columns.reportedBy ?? columns.fallsWithin ?? 0
      lastReporter = try StreetTallyBuilder.intern(&reporters, name, limit: 1 << 12, record, column, file)
    }
    return lastReporter
  }

  @inline(__always)
  private mutating func areaIndex(_ record: CSVRecord) throws -> Int {
    if lookup != nil, let column = columns.lsoaCode {
      let code = record[column].trimmed
      if !code.isEmpty {
        if let area = try areaIndex(code: code, record) { return area }
        lookupMisses &+= 1
      }
    }
    guard let column = columns.lsoaName else { return 0 }
    let stem = StreetTallyBuilder.stem(record[column].trimmed)
    if !stems.matches(lastStem, stem) {
      lastStem = try StreetTallyBuilder.intern(&stems, stem, limit: 1 << 20, record, column, file)
    }
    return lastStem
  }

  /// The area of an LSOA code, by the lookup; nil if the lookup does not know it.
  private mutating func areaIndex(code: UnsafeBufferPointer<UInt8>, _ record: CSVRecord) throws -> Int? {
    guard let lookup, let district = lookup.district(of: code) else { return nil }
    if areaOfLookup[district] < 0 {
      var name = lookup.districts[district].name
      let index = try name.withUTF8 { bytes in
        try StreetTallyBuilder.intern(&stems, bytes, limit: 1 << 20, record, columns.lsoaCode ?? 0, file)
      }
      areaOfLookup[district] = Int32(index)
    }
    return Int(areaOfLookup[district])
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
    let (index, isNew) = table.intern(name)
    guard isNew else { return index }
    let place = HorizonError.Location(file: file, line: record.line, column: column + 1)
    guard name.validText != nil else {
      throw HorizonError(.data, "the field is not UTF-8 text", at: place, remedy: "Save the file as CSV UTF-8")
    }
    guard index < limit else {
      throw HorizonError(
        .data, "the column has more than \(limit - 1) distinct values", at: place,
        remedy: "Check that the file is a street-level file of data.police.uk")
    }
    return index
  }

  private func ragged(_ record: CSVRecord) -> HorizonError {
    HorizonError(
      .data, "the row has \(record.count) fields where the header has \(columns.count)",
      at: .init(file: file, line: record.line),
      remedy: "Quote fields that hold commas; if this is the last line, the file may be cut short")
  }

  private func badMonth(_ record: CSVRecord) -> HorizonError {
    HorizonError(
      .data, "\"\(printable(String(record.text(columns.month).prefix(40))))\" is not a month",
      at: .init(file: file, line: record.line, column: columns.month + 1),
      remedy: "Months are written as in 2019-06; a spreadsheet may have changed them")
  }
}
