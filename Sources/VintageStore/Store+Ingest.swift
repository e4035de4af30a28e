import Diagnostics
import CommunitySafety
import Foundation
internal import GRDB
import Ingest
import TimeSeries

extension Store {
  /// How to ingest.
  public struct IngestSettings: Sendable {
    /// Label of the vintage; nil for the last period of the data.
    public var vintage: String?
    /// Version of this program, for the record.
    public var horizonVersion: String
    /// Seconds to wait for another process that is writing to the store.
    public var wait: Double

    /// Settings.
    public init(vintage: String? = nil, horizonVersion: String, wait: Double = 30) {
      self.vintage = vintage
      self.horizonVersion = horizonVersion
      self.wait = wait
    }
  }

  /// Reads inputs and adds what is new to the store at `path`, which is made if there is none.
  ///
  /// A file whose name and counts this vintage already has adds nothing, so that the same ingest again changes nothing.
  /// A file of the name with other counts becomes the newer one. Inputs are read and understood before anything is
  /// written, and what is written is committed at once.
  ///
  /// - Throws: `HorizonError`: what ``InputReader/read(_:)`` throws; usage for inputs of another kind than the store's,
  ///   cannotWrite, tryLater.
  public static func ingest(
    _ inputs: [String], into path: String, settings: IngestSettings, options: IngestOptions, registry: AreaRegistry
  ) async throws -> IngestReport {
    if let store = inputs.first(where: Store.isStore) {
      throw HorizonError(
        .usage, "a store cannot be ingested", at: .init(file: store), remedy: "Ingest the files it was made from")
    }
    var options = options
    let earlier = Store.isStore(path) ? try Store.peek(path) : nil
    // A table of one period has no frequency of its own.
    if earlier?.kind == .table { options.frequency = options.frequency ?? earlier?.frequency }
    let reader = InputReader(options: options, registry: registry)
    var units = try await reader.units(inputs, detail: StreetDetail(byLSOA: true, byOutcome: true))
    let data = try await reader.assemble(units)
    let kind: IngestedData.SourceKind = data.kind == .policeUK ? .policeUK : .table
    // What takes several files together to understand, and what may not be kept row by row, is stored as understood.
    // So is what takes options to understand, for no later reading would have them.
    if data.kind != kind || options.dates == .monthFirst || options.cumulative == true {
      units = units.understood(as: data)
    }
    guard let last = data.panel.span?.upperBound else {
      throw HorizonError(.data, "the inputs hold no period", remedy: "Check the columns of the files")
    }
    let vintage = try settings.vintage.map { try Vintage(label: $0, frequency: data.panel.frequency) } ?? Vintage(last)
    let store = try Store(writing: path, wait: settings.wait)
    var files: [IngestReport.File] = []
    try store.write { database in
      try Schema.format.migrate(database, path: path)
      if let held = try Store.character(database)?.kind, held != kind {
        throw HorizonError(
          .usage, "the store holds \(held == .table ? "tables" : "police.uk files"), these inputs are not",
          at: .init(file: path), remedy: "Keep them in a store of their own")
      }
      var addition = try Addition(database, vintage: vintage)
      files = try addition.add(units, data: data, horizonVersion: settings.horizonVersion)
      if kind == .table, earlier != nil, addition.isAnythingNew {
        // Tables must agree in how they write periods; a store that cannot be read must not come to be.
        try reader.checkTables(StoreView(database, path: path).units(detail: reader.detail, asOf: nil))
      }
    }
    return IngestReport(vintage: vintage.label, files: files, data: data)
  }

  /// What a store holds already; nil if its first ingest was cut off.
  private static func peek(_ path: String) throws -> (kind: IngestedData.SourceKind, frequency: Frequency)? {
    let store = try Store(opening: path)
    return try store.read { database in
      try Schema.state(database, path: path) == .blank ? nil : try Store.character(database)
    }
  }
}

/// What one ingest adds to a store, within its transaction.
private struct Addition {
  private let database: Database
  private let vintage: Vintage
  private let stored: [String: [(edition: Edition, vintage: String, contents: [Int])]]
  private var names: NameTable
  private var ingest: Int?

  /// Whether any file was stored.
  var isAnythingNew: Bool { ingest != nil }

  init(_ database: Database, vintage: Vintage) throws {
    self.database = database
    self.vintage = vintage
    names = try NameTable(database)
    var stored: [String: [(edition: Edition, vintage: String, contents: [Int])]] = [:]
    for file in try StoredFile.all(database) {
      let same = stored[file.name] ?? []
      if let last = same.last, last.edition == file.edition {
        stored[file.name]?[same.count - 1].contents.append(file.content)
      } else {
        stored[file.name, default: []].append((file.edition, file.vintage, [file.content]))
      }
    }
    self.stored = stored
  }

  /// Stores what the vintage does not have.
  mutating func add(
    _ units: IngestedUnits, data: IngestedData, horizonVersion: String
  ) throws -> [IngestReport.File] {
    var contents: [Int] = []
    for unit in units.units { contents.append(try Contents.id(of: unit.content, names: &names, database)) }
    // Files of one name stand or fall together: the last of them is the one that counts.
    var groups: [String: [Int]] = [:]
    for (index, unit) in units.units.enumerated() { groups[unit.name, default: []].append(contents[index]) }
    let fates = groups.map { name, contents in (name, fate(name, contents)) }
    let fateOf = Dictionary(fates, uniquingKeysWith: { first, _ in first })
    var sources: [Int: Int] = [:]
    return try units.units.indices.map { index in
      let unit = units.units[index]
      let (status, previous) = fateOf[unit.name] ?? (.new, nil)
      if status != .alreadyThere {
        let ingest = try ingestNumber(units, data, horizonVersion)
        let source = try sources[unit.source] ?? insert(units.sources[unit.source], ingest)
        sources[unit.source] = source
        try insert(unit, source: source, content: contents[index])
      }
      return IngestReport.File(label: unit.label, rows: unit.content?.rowCount ?? 0, status: status, previous: previous)
    }
  }

  private func fate(_ name: String, _ contents: [Int]) -> (IngestReport.Status, String?) {
    let before = (stored[name] ?? []).filter { $0.edition.lastDay <= vintage.lastDay }
    guard let previous = before.last else { return (.new, nil) }
    let isSame = previous.contents == contents
    if previous.edition.lastDay == vintage.lastDay, isSame { return (.alreadyThere, previous.vintage) }
    return (isSame ? .unchanged : .revised, previous.vintage)
  }

  private mutating func ingestNumber(
    _ units: IngestedUnits, _ data: IngestedData, _ version: String
  ) throws -> Int {
    if let ingest { return ingest }
    let kind: IngestedData.SourceKind = data.kind == .policeUK ? .policeUK : .table
    try database.execute(
      sql: """
        INSERT INTO ingest (vintage, last_day, kind, frequency, skipped, horizon_version) VALUES (?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        vintage.label, vintage.lastDay, kind.rawValue, data.panel.frequency.rawValue, units.skipped, version,
      ])
    let id = Int(database.lastInsertedRowID)
    ingest = id
    return id
  }

  private func insert(_ source: SourceFile, _ ingest: Int) throws -> Int {
    try database.cachedStatement(sql: "INSERT INTO source (ingest, name, sha256, bytes, rows) VALUES (?, ?, ?, ?, ?)")
      .execute(arguments: [ingest, source.name, source.sha256, source.bytes, source.rows])
    return Int(database.lastInsertedRowID)
  }

  private func insert(_ unit: IngestedUnit, source: Int, content: Int) throws {
    let named = unit.forceMonth
    try database.cachedStatement(
      sql: """
        INSERT INTO file (source, content, name, label, force, month, crc32, bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(
      arguments: [
        source, content, unit.name, unit.label, named?.slug, named.map { $0.month / 12 * 100 + $0.month % 12 + 1 },
        Int(unit.contentHash.crc), unit.contentHash.length,
      ])
  }
}
