import CommunitySafety
import Diagnostics
import Foundation
import GRDB
import Ingest
import TimeSeries

@testable import VintageStore

/// A temporary folder with a store in it, and makers of the files it is fed.
final class Workspace {
  let root: URL
  var store: String { root.appendingPathComponent("horizon.sqlite").path }

  init() throws {
    root = FileManager.default.temporaryDirectory.appendingPathComponent("store-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: root) }

  /// Writes a file, with the folders above it, and returns its path.
  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    let url = root.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
    return url.path
  }

  /// Writes a street-level file of a force and month. Each row is an LSOA code, its name, a crime type and an outcome.
  @discardableResult
  func street(
    _ folder: String, _ month: String, force: String = "thames-valley",
    _ rows: [(lsoa: String, name: String, type: String, outcome: String)]
  ) throws -> String {
    var text =
      "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
      + "Last outcome category,Context\n"
    for (index, row) in rows.enumerated() {
      text +=
        "secret\(index),\(month),Thames Valley Police,Thames Valley Police,-1.257,51.752,On or near Elm Road,"
        + "\(row.lsoa),\(row.name),\(row.type),\(row.outcome),\n"
    }
    return try write("\(folder)/\(month)/\(month)-\(force)-street.csv", text)
  }

  /// `count` burglaries in Oxford.
  @discardableResult
  func burglaries(_ folder: String, _ month: String, _ count: Int) throws -> String {
    try street(
      folder, month,
      [(String, String, String, String)](
        repeating: ("E01028520", "Oxford 008B", "Burglary", "Under investigation"), count: count
      ).map { (lsoa: $0.0, name: $0.1, type: $0.2, outcome: $0.3) })
  }

  func folder(_ name: String) -> String { root.appendingPathComponent(name).path }

  /// Ingests into the store of this folder.
  @discardableResult
  func ingest(
    _ inputs: [String], vintage: String? = nil, _ change: (inout IngestOptions) -> Void = { _ in }
  ) async throws -> IngestReport {
    var options = IngestOptions()
    change(&options)
    return try await Store.ingest(
      inputs, into: store, settings: .init(vintage: vintage, horizonVersion: "test", wait: 0.2), options: options,
      registry: testRegistry)
  }

  /// Reads inputs as commands do.
  func read(
    _ inputs: [String]? = nil, asOf: String? = nil, _ change: (inout IngestOptions) -> Void = { _ in }
  ) async throws -> IngestedData {
    var options = IngestOptions()
    change(&options)
    return try await InputReader(options: options, registry: testRegistry)
      .readWithStores(inputs ?? [store], asOf: asOf)
  }

  /// Every row of every table, in the order of their keys.
  func dump() throws -> [String] {
    let queue = try DatabaseQueue(path: store)
    return try queue.read { database in
      let tables = try String.fetchAll(
        database, sql: "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
      return try tables.flatMap { table in
        try Row.fetchAll(database, sql: "SELECT * FROM \(table)").map { "\(table) \($0)" }
      }
    }
  }

  /// What SQLite has to say against the store: nothing.
  func complaints() throws -> [String] {
    let queue = try DatabaseQueue(path: store)
    return try queue.read { database in
      let integrity = try String.fetchAll(database, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
      return try integrity + Row.fetchAll(database, sql: "PRAGMA foreign_key_check").map(\.description)
    }
  }
}

/// The error that `body` ends with.
func failure<T>(_ body: () async throws -> T) async throws -> HorizonError? {
  do {
    _ = try await body()
    return nil
  } catch let error as HorizonError {
    return error
  }
}

let testRegistry = AreaRegistry(
  districts: [
    .init(name: "Oxford", code: "E07000178", csp: "Oxford", force: "thames-valley", population: 162_000),
    .init(name: "Cherwell", code: "E07000177", csp: "Cherwell", force: "thames-valley", population: 161_000),
  ])

extension IngestedData {
  /// Everything a command can see of the data, as text; without sources and notes on request.
  func described(withSources: Bool = true) -> [String] {
    panel.series.map { "\($0.key) \($0.start) \($0.values) \($0.denominators.map { "\($0)" } ?? "")" }
      + areas.sorted { $0.key < $1.key }.map { "\($0.value)" }
      + completeness.cells.flatMap { cell in
        ["\(cell.source) \(cell.period) \(cell.status) \(cell.rows) \(cell.unlocated) \(cell.medianRows)"]
          + (cell.account?.described ?? [])
      } + ["\(kind) \(panel.frequency) \(panel.style)"] + accounting.described
      // A store holds no crime IDs, and so cannot tell which repeat.
      + (withSources ? sources.map { "\($0)" } + notes.filter { $0.code != "repeated-crime-ids" }.map { "\($0)" } : [])
  }

  func values(_ area: String, _ measure: String?) -> [Double]? {
    panel[.init(area: area, measure: measure)]?.values
  }
}

extension RowAccounting {
  fileprivate var described: [String] {
    ["\(unit) \(read) \(counted)"] + [residual, setAside].map { "\($0.sorted { $0.key < $1.key })" }
  }
}
