import Diagnostics
import Foundation
import Ingest
import Session
import VintageStore

/// A temporary folder with the files that a session is opened on.
final class Workspace {
  let root: URL

  init() throws {
    root = FileManager.default.temporaryDirectory.appendingPathComponent("session-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: root) }

  func path(_ name: String) -> String { root.appendingPathComponent(name).path }

  /// Writes a file and returns its path.
  func write(_ name: String, _ text: String) throws -> String {
    try Data(text.utf8).write(to: root.appendingPathComponent(name))
    return path(name)
  }

  /// Writes a table of `value` by area and month from 2019-01, or of any `months` of these.
  func table(
    _ name: String = "t.csv", areas: [String] = ["North", "South"], months: Range<Int> = 0..<48,
    value: (Int) -> Int = { 20 + ($0 * 7) % 9 }
  ) throws -> String {
    let rows = areas.flatMap { area in months.map { "\(area)|Burglary,\(Workspace.month($0)),\(value($0))" } }
    return try write(name, (["unique_id,ds,y"] + rows).joined(separator: "\n") + "\n")
  }

  /// A store of twelve vintages, each of which knows half of its newest month and three quarters of the one before.
  func lateStore() async throws -> String {
    for last in 36..<48 {
      let file = try table("v.csv", areas: ["North"], months: 0..<last + 1) { month in
        let whole = 80 + (month * 7) % 9
        return month == last ? whole / 2 : month == last - 1 ? whole * 3 / 4 : whole
      }
      _ = try await Store.ingest(
        [file], into: path("s.sqlite"),
        settings: .init(vintage: Workspace.month(last), horizonVersion: "test", wait: 1), options: IngestOptions(),
        registry: try ReferenceFiles.load().areas)
    }
    return path("s.sqlite")
  }

  /// A month, counted from January 2019.
  static func month(_ index: Int) -> String {
    "\(2019 + index / 12)-\(index % 12 < 9 ? "0" : "")\(index % 12 + 1)"
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
