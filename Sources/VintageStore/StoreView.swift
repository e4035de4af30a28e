import CommunitySafety
internal import GRDB
import Ingest
import TimeSeries

/// What a store holds, as of one vintage: the newest edition of every file of police.uk, and of every value of tables.
struct StoreView {
  private let path: String
  private let names: NameTable
  private let files: [StoredFile]
  private let kind: IngestedData.SourceKind
  private let frequency: Frequency
  private let database: Database

  /// A view of the store as it is.
  init(_ database: Database, path: String) throws {
    self.database = database
    self.path = path
    names = try NameTable(database)
    files = try StoredFile.all(database)
    guard let character = try Store.character(database) else {
      throw DamagedStore(reason: "it has no ingest")
    }
    (kind, frequency) = character
  }

  /// The files as if they had just been read.
  ///
  /// - Parameters:
  ///   - detail: how finely street-level rows are counted.
  ///   - asOf: last day of the vintages to use; where none of them holds a file or value, the earliest that does is
  ///     used. Nil for all.
  func units(detail: StreetDetail, asOf: Int?) throws -> IngestedUnits {
    kind == .policeUK
      ? try streetUnits(.init(byLSOA: detail.byLSOA, byOutcome: detail.byOutcome), asOf) : try tableUnits(asOf)
  }

  /// Every vintage by itself: the files of its ingests, those of a later one instead of files of the same name.
  func vintages(_ body: (Vintage, IngestedUnits) throws -> Void) throws {
    for group in files.chunked(by: { $0.edition.lastDay == $1.edition.lastDay }) {
      let vintage = Vintage(label: group[0].vintage, lastDay: group[0].edition.lastDay)
      let part = StoreView(path: path, names: names, files: group, kind: kind, frequency: frequency, database: database)
      try body(vintage, kind == .policeUK ? part.streetUnits(.init(byDistrict: false), nil) : part.tableUnits(nil))
    }
  }

  private init(
    path: String, names: NameTable, files: [StoredFile], kind: IngestedData.SourceKind, frequency: Frequency,
    database: Database
  ) {
    self.path = path
    self.names = names
    self.files = files
    self.kind = kind
    self.frequency = frequency
    self.database = database
  }

  private func streetUnits(_ grain: StreetCells.Grain, _ asOf: Int?) throws -> IngestedUnits {
    let editions = Dictionary(grouping: files, by: \.name).mapValues { same in
      Edition.preferred(same.map(\.edition), asOf: asOf)
    }
    let used = files.filter { editions[$0.name] == $0.edition }
    let later = used.count { file in
      file.edition.isAfter(asOf) && file.month.map { !Period(frequency: .monthly, ordinal: $0).isAfter(asOf) } ?? true
    }
    var tallies: [Int: StreetTally] = [:]
    return try gathered(used, later: later, of: .file, superseded: files.count - used.count) { file in
      if let known = tallies[file.content] { return known }
      let row = try content(file)
      let tally = try StreetCells.read(
        content: file.content, rows: row.rows, isEarliest: row.isEarliest, grain: grain, names: names, database)
      tallies[file.content] = tally
      return tally
    }
  }

  private func tableUnits(_ asOf: Int?) throws -> IngestedUnits {
    var contents: [Int: [TableRecords.Record]] = [:]
    for file in files where contents[file.content] == nil {
      contents[file.content] = try TableCells.read(content: file.content, database)
    }
    /// The edition whose value each series and period has.
    var winners: [UInt64: Edition] = [:]
    for file in files {
      for record in contents[file.content] ?? [] {
        let cell = TableCells.cell(record)
        winners[cell] = winners[cell].map { Edition.preferred([$0, file.edition], asOf: asOf) ?? $0 } ?? file.edition
      }
    }
    var kept: [Int: [TableRecords.Record]] = [:]
    var (later, superseded) = (0, 0)
    for file in files {
      let records = contents[file.content] ?? []
      let winning = records.filter { winners[TableCells.cell($0)] == file.edition }
      kept[file.id] = winning
      superseded += records.count - winning.count
      if file.edition.isAfter(asOf) { later += winning.count { isOver($0.period, asOf) } }
    }
    let used = files.filter { !(kept[$0.id] ?? []).isEmpty || (contents[$0.content] ?? []).isEmpty }
    return try gathered(used, later: later, of: .value, superseded: superseded) { file in
      let (content, records) = (try content(file), kept[file.id] ?? [])
      // Of a wide table of which some values are superseded the rest is a table like others.
      let isWhole = records.count == contents[file.content]?.count
      let form = TableForm(
        kind: content.form.kind, units: content.form.units, runLength: isWhole ? content.form.runLength : 0)
      let table = try TableCells.table(records, marks: content.marks, form: form, names: names)
      guard let rows = table.rows else { throw DamagedStore(reason: "a value is of no known state") }
      return rows
    }
  }

  /// Whether a period of a table, by its number, has ended by the end of the day.
  private func isOver(_ period: Int, _ day: Int?) -> Bool {
    names.text(period).flatMap { PeriodStyle.parse($0, frequency: frequency) }.map { !$0.period.isAfter(day) } ?? true
  }

  private func content(_ file: StoredFile) throws -> (rows: Int, isEarliest: Bool, marks: [String], form: TableForm) {
    let statement = try database.cachedStatement(
      sql: "SELECT rows, earliest_layout, marks, value_kind, units, run_length FROM content WHERE id = ?")
    guard let row = try Row.fetchOne(statement, arguments: [file.content]) else {
      throw DamagedStore(reason: "a file has no content")
    }
    return (
      row[0], row[1], (row[2] as String).split(separator: "\n").map(String.init),
      TableForm(kind: row[3], units: row[4], runLength: row[5])
    )
  }

  /// Units of these files with their sources and what to know about vintages.
  private func gathered(
    _ used: [StoredFile], later: Int, of item: VintageNote.Item, superseded: Int,
    _ counts: (StoredFile) throws -> any UnitContent
  ) throws -> IngestedUnits {
    var result = IngestedUnits()
    let ingests = Set(used.map(\.edition.ingest))
    let order = Dictionary(
      used.reversed().map { ($0.source, $0.edition) }, uniquingKeysWith: { _, first in first })
    var position: [Int: Int] = [:]
    for id in order.sorted(by: { $0.value == $1.value ? $0.key < $1.key : $0.value < $1.value }).map(\.key) {
      guard
        let row = try Row.fetchOne(
          database, sql: "SELECT name, sha256, bytes, rows FROM source WHERE id = ?", arguments: [id])
      else { throw DamagedStore(reason: "a file has no source") }
      position[id] = result.sources.count
      result.sources.append(SourceFile(name: row[0], sha256: row[1], bytes: row[2], rows: row[3]))
    }
    for row in try Row.fetchAll(database, sql: "SELECT id, skipped FROM ingest") where ingests.contains(row[0]) {
      result.skipped += row[1] as Int
    }
    for file in used {
      result.units.append(
        IngestedUnit(
          location: "\(path)!\(file.label)", label: file.label, name: file.name, source: position[file.source] ?? 0,
          contentHash: ContentHash(crc: UInt32(truncatingIfNeeded: file.crc32), length: file.bytes),
          content: try counts(file)))
    }
    if superseded > 0 {
      result.notes.append(.vintages(.otherVintages(superseded, of: item)))
    }
    if later > 0 {
      result.notes.append(.vintages(.laterVintage(later, of: item)))
    }
    return result
  }
}

extension Edition {
  /// Whether it was not yet known by the end of the day.
  fileprivate func isAfter(_ day: Int?) -> Bool { day.map { lastDay > $0 } ?? false }
}

extension Period {
  /// Whether it ends after the day.
  fileprivate func isAfter(_ day: Int?) -> Bool { day.map { Vintage.lastDay(self) > $0 } ?? false }
}

extension Array {
  /// Runs of neighbours that belong together.
  fileprivate func chunked(by belongs: (Element, Element) -> Bool) -> [[Element]] {
    var chunks: [[Element]] = []
    for element in self {
      if let last = chunks.last?.last, belongs(last, element) {
        chunks[chunks.count - 1].append(element)
      } else {
        chunks.append([element])
      }
    }
    return chunks
  }
}
