import CommunitySafety
import Diagnostics
import Wording

/// Adds up the rows of one file of recorded crime by partnership.
struct RecordedCrimeReader {
  /// Most distinct partnerships, forces or labels of one file.
  static let nameLimit = 1 << 16

  private let file: String
  private let columns: RecordedCrimeColumns
  private let level: Int
  private var csps = ByteInterner(capacity: 512)
  private var forces = ByteInterner()
  private var labels = ByteInterner()
  private var keys = IntegerInterner()
  private var sums: [(offences: Int, rows: Int, unknown: Int, line: Int)] = []
  private var tally = RecordedCrimeTally()
  private var below = LinesBelow()

  /// A reader of nothing yet.
  ///
  /// - Throws: `HorizonError` of kind usage if the file has no column of this level.
  init(file: String, columns: RecordedCrimeColumns, level: OffenceLevel) throws {
    self.file = file
    self.columns = columns
    guard let column = columns.levels[level] else {
      let others = OffenceLevel.allCases.filter { columns.levels[$0] != nil }.map(\.rawValue)
      throw HorizonError(
        .usage, "the file has no column \(level.column)", at: .init(file: file, line: 1),
        remedy: others.isEmpty ? "Give a file with offences" : "Say --offence-level \(others.joined(separator: " or "))"
      )
    }
    self.level = column
  }

  /// Takes in a row.
  mutating func add(_ record: CSVRecord) throws {
    guard record.count == columns.count, !isNote(record) else {
      try below.take(
        record, columns: columns.count,
        record.count == columns.count
          ? record.blankName(columns.quarter, file: file) : record.ragged(columns.count, file: file))
      return
    }
    if record.isBlank { return }
    try below.follow()
    let quarter = try quarter(record)
    let csp = try intern(&csps, record, columns.csp)
    let force = try columns.force.map { try intern(&forces, record, $0) } ?? 0
    let label = try intern(&labels, record, level)
    let key = UInt64(csp) << 48 | UInt64(force) << 32 | UInt64(label) << 16 | UInt64(quarter)
    let (cell, isNew) = keys.intern(key)
    if isNew { sums.append((0, 0, 0, record.line)) }
    sums[cell].rows += 1
    tally.rows += 1
    let field = record[columns.offences].trimmed
    switch NumberCell(field) {
    case .number(let number) where number == number.rounded() && abs(number) <= 1e12:
      sums[cell].offences += Int(number)
    case .number, .bad:
      throw bad(
        record, columns.offences, "is not a number of offences", "Write whole numbers; negative ones cancel crimes")
    case .blank, .notAvailable:
      sums[cell].unknown += 1
      tally.blank += 1
    case .suppressed:
      sums[cell].unknown += 1
      tally.suppressed += 1
    }
  }

  /// Whether a whole row may be a note below the table: it has neither quarter nor number.
  private func isNote(_ record: CSVRecord) -> Bool {
    record[columns.quarter].trimmed.isEmpty && record[columns.offences].trimmed.isEmpty && !record.isBlank
  }

  /// What was added up.
  ///
  /// - Throws: `HorizonError` of kind data for a last line that is neither row nor note.
  consuming func finish() throws -> RecordedCrimeTally {
    try below.end()
    tally.linesBelow = below.texts
    tally.csps = csps.strings
    tally.forces = columns.force == nil ? [""] : forces.strings
    tally.labels = labels.strings
    for (key, sum) in zip(keys.keys, sums) {
      tally.cells.append(
        RecordedCrimeTally.Cell(
          csp: Int(key >> 48), force: Int(key >> 32 & 0xFFFF), label: Int(key >> 16 & 0xFFFF),
          quarter: Int(key & 0xFFFF),
          offences: sum.offences, rows: sum.rows, unknown: sum.unknown))
      tally.lines.append(sum.line)
    }
    return tally
  }

  /// `2019/20` and `1` is the second quarter of 2019: financial years begin in April.
  private func quarter(_ record: CSVRecord) throws -> Int {
    let text = record.text(columns.year)
    let parts = text.split(whereSeparator: { $0 == "/" || $0 == "-" || $0 == " " || $0 == "\u{2013}" })
    guard parts.count == 2, parts[0].utf8.count == 4, [2, 4].contains(parts[1].utf8.count), let first = Int(parts[0]),
      let second = Int(parts[1]), (1900...2199).contains(first),
      second == (parts[1].utf8.count == 2 ? (first + 1) % 100 : first + 1)
    else {
      throw bad(record, columns.year, "is not a financial year", "Financial years are written as 2019/20")
    }
    let quarter = record.text(columns.quarter).drop { $0 == "Q" || $0 == "q" || $0 == " " }
    guard quarter.utf8.count == 1, let number = Int(quarter), (1...4).contains(number) else {
      throw bad(
        record, columns.quarter, "is not a quarter of a financial year", "Quarters are written as 1 to 4 or Q1 to Q4")
    }
    return first * 4 + number
  }

  private func intern(_ table: inout ByteInterner, _ record: CSVRecord, _ column: Int) throws -> Int {
    try table.name(
      record[column].trimmed, of: record, column: column, file: file, limit: RecordedCrimeReader.nameLimit,
      remedy: "Check that the file is the Home Office's recorded crime by partnership")
  }

  private func bad(_ record: CSVRecord, _ column: Int, _ what: String, _ remedy: String) -> HorizonError {
    HorizonError(
      .data, "\"\(SafeText.printable(String(record.text(column).prefix(40))))\" \(what)",
      at: .init(file: file, line: record.line, column: column + 1), remedy: remedy)
  }
}
