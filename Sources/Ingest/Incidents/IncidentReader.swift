import CommunitySafety
import Diagnostics
import Hashing
import TimeSeries

/// Reads the records of a partner's incident extract and keeps numbers of them, no text. Whatever looks like personal
/// data in clear stops the run; no error repeats what a field holds.
struct IncidentReader {
  /// Most incidents of one file.
  static let rowLimit = 50_000_000
  /// Most distinct sources, areas, categories or qualifiers of one file.
  static let nameLimit = 1 << 16

  private let file: String
  private let columns: IncidentColumns
  private let options: IncidentOptions
  private let geography: Geography?
  private let entity: Int?
  private let references: KeyedHash
  private let entities: KeyedHash?
  private var guardian: PersonalDataGuard
  private var tables = [ByteInterner](repeating: ByteInterner(), count: 4)
  private var streams = IntegerInterner()
  private var reach: [Int: IncidentTally.Span] = [:]
  private var tally = IncidentTally()

  /// A reader of nothing yet.
  ///
  /// - Throws: `HorizonError` of kind data if a column is named for personal data in clear.
  init(file: String, columns: IncidentColumns, settings: LayoutSettings) throws {
    self.file = file
    self.columns = columns
    options = settings.options.incidents
    geography = settings.geography
    guardian = try PersonalDataGuard(
      file: file, columns: columns.names, identifiers: columns.identifiers,
      dates: Set([columns.reported, columns.occurred].compactMap(\.self)))
    references = try KeyedHash(key: options.pseudonymKey ?? [])
    entities = try options.pseudonymKey.map { try KeyedHash(key: $0) }
    entity = options.repeatEntity == .person ? columns.person : columns.location
  }

  /// Takes in a row.
  mutating func add(_ record: CSVRecord) throws {
    guard record.count == columns.names.count else {
      if record.isBlank { return }
      throw HorizonError(
        .data, "the row has \(record.count) fields where the header has \(columns.names.count)",
        at: .init(file: file, line: record.line),
        remedy: "Quote fields that hold commas; if this is the last line, the file may be cut short")
    }
    if record.isBlank { return }
    tally.rows += 1
    if tally.rows > IncidentReader.rowLimit {
      throw HorizonError(
        .data, "the extract has more than \(IncidentReader.rowLimit) incidents", at: .init(file: file),
        remedy: "Give it in several files, each read in a run of its own")
    }
    let reported = try day(record, columns.reported)
    let occurred = try day(record, columns.occurred)
    try guardian.check(record, day: occurred ?? reported)
    let (wanted, other) = options.date == .occurred ? (occurred, reported) : (reported, occurred)
    guard let day = wanted ?? other else {
      tally.undated += 1
      return
    }
    if wanted == nil { tally.otherDate += 1 }
    let source = try intern(0, record, columns.source)
    reach[source, default: .init()].include(reported ?? day)
    let stream = try stream(record, source: source)
    let sourceName = columns.source.map { record[$0].trimmed } ?? UnsafeBufferPointer(start: nil, count: 0)
    let reference = record[columns.reference].trimmed
    if reference.isEmpty { tally.unreferenced += 1 }
    var person: UInt64 = 0
    if let entity, let entities, !record[entity].trimmed.isEmpty {
      person = try IncidentReader.number(entities, sourceName, record[entity].trimmed)
    }
    tally.incidents.append(
      IncidentTally.Incident(
        reference: reference.isEmpty ? 0 : try IncidentReader.number(references, sourceName, reference),
        entity: person, stream: Int32(stream), day: day))
  }

  /// What was read.
  ///
  /// - Throws: `HorizonError` of kind data if columns taken as a whole look like personal data.
  consuming func finish() throws -> IncidentTally {
    try guardian.judge()
    let names = tables.map(\.strings)
    tally.streams = streams.keys.map { key in
      func name(_ table: Int) -> String { names[table][Int(key >> (16 * UInt64(table)) & 0xFFFF)] }
      return .init(source: name(0), area: name(1), category: name(2), qualifier: name(3))
    }
    for (source, span) in reach { tally.reach[names[0][source]] = span }
    return tally
  }

  /// The first 64 bits of the hash of a source and a name in it; never 0.
  private static func number(
    _ hash: KeyedHash, _ source: UnsafeBufferPointer<UInt8>, _ name: UnsafeBufferPointer<UInt8>
  ) throws -> UInt64 {
    let separator: [UInt8] = [0]
    let digest = try separator.withUnsafeBufferPointer { try hash.digest(source, $0, name) }
    return max(1, digest.prefix(8).reduce(0) { $0 << 8 | UInt64($1) })
  }

  /// Source, area, category and qualifier as one number.
  private mutating func stream(_ record: CSVRecord, source: Int) throws -> Int {
    if record[columns.category].trimmed.isEmpty {
      throw HorizonError(
        .data, "the category is blank", at: .init(file: file, line: record.line, column: columns.category + 1),
        remedy: "Every incident needs a category")
    }
    let area = try areaIndex(record)
    let category = try intern(2, record, columns.category)
    let qualifier = try intern(3, record, columns.qualifier)
    let key = UInt64(source) | UInt64(area) << 16 | UInt64(category) << 32 | UInt64(qualifier) << 48
    return streams.intern(key).index
  }

  /// The area code, or the district where a lookup knows the code.
  private mutating func areaIndex(_ record: CSVRecord) throws -> Int {
    let code = record[columns.area].trimmed
    if let geography, var name = geography.district(ofLSOA: String(decoding: code, as: UTF8.self)) {
      return name.withUTF8 { tables[1].intern($0).index }
    }
    return try intern(1, record, columns.area)
  }

  private mutating func intern(_ table: Int, _ record: CSVRecord, _ column: Int?) throws -> Int {
    guard let column else { return tables[table].intern(UnsafeBufferPointer(start: nil, count: 0)).index }
    return try tables[table].name(
      record[column].trimmed, of: record, column: column, file: file, limit: IncidentReader.nameLimit,
      remedy: "Check that the column holds what its name says")
  }

  /// The day of a date cell; nil if it is blank.
  private func day(_ record: CSVRecord, _ column: Int?) throws -> Int32? {
    guard let column else { return nil }
    let cell = record[column].trimmed
    if cell.isEmpty { return nil }
    if let date = CivilDate(cell: cell) { return Int32(date.daysSinceEpoch) }
    throw HorizonError(
      .data, "the field is not a date", at: .init(file: file, line: record.line, column: column + 1),
      remedy: "Write dates as 2024-06-30, 30/06/2024 or 30 Jun 2024")
  }
}
