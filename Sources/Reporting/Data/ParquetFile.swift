import Diagnostics
import Foundation
import Tables

/// A table as a Parquet file, through the `duckdb` program, as Parquet is read: Horizon has no writer of its own.
///
/// The rows are written as CSV into a folder beside the file, which is removed however it ends; the file is there whole or not at all.
public struct ParquetFile: Sendable {
  private let program: ExternalProgram

  /// Looks for the program on the PATH.
  ///
  /// - Throws: ``HorizonError`` (cannotWrite) where there is none.
  public init() throws {
    program = try ExternalProgram("duckdb", package: nil, for: "--format parquet", product: "the Parquet file")
  }

  /// Writes a table.
  ///
  /// - Throws: ``HorizonError`` (cannotWrite) where the folder of `path` cannot be written to, its disk is full, or the program fails.
  public func write(_ sheet: Sheet, to path: String) throws {
    let work = try Work(path)
    defer { work.end() }
    try WholeFile.write(to: work.rows) { try sheet.write(as: .csv, to: $0) }
    try work.finish(sheet.schema, program)
  }

  /// The same, rows made by up to `threads` threads at once.
  public func write(_ sheet: Sheet, to path: String, threads: Int) async throws {
    let work = try Work(path)
    defer { work.end() }
    try await WholeFile.write(to: work.rows, awaiting: { try await sheet.write(as: .csv, threads: threads, to: $0) })
    try work.finish(sheet.schema, program)
  }

  /// The statement that makes the file of the rows, whose columns are those of the table: nothing is guessed from their values.
  static func statement(_ schema: TableSchema) -> String {
    func literal(_ text: String) -> String { "'" + text.replacing("'", with: "''") + "'" }
    let columns = schema.tabularColumns.map { "\(literal($0.name)): '\(type(of: $0.kind))'" }.joined(separator: ", ")
    return "SET preserve_insertion_order=true; SET memory_limit='1GB'; COPY (SELECT * FROM read_csv('rows.csv', "
      + "auto_detect=false, header=true, delim=',', quote='\"', escape='\"', nullstr='', columns={\(columns)})) "
      + "TO 'rows.parquet' (FORMAT parquet, COMPRESSION zstd)"
  }

  private static func type(of kind: ValueKind) -> String {
    switch kind {
    case .integer, .flag: "BIGINT"
    case .number, .probability: "DOUBLE"
    case .text, .choice, .answer, .period, .month, .date, .record: "VARCHAR"
    }
  }

  /// The folder in which a file is made.
  private struct Work {
    private let folder: URL
    private let target: String
    private let path: String

    init(_ path: String) throws {
      self.path = path
      target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
      let name = ".\((target as NSString).lastPathComponent).\(ProcessInfo.processInfo.processIdentifier).partial"
      folder = URL(fileURLWithPath: target).deletingLastPathComponent().appendingPathComponent(name, isDirectory: true)
      var isFolder: ObjCBool = false
      guard !FileManager.default.fileExists(atPath: target, isDirectory: &isFolder) || !isFolder.boolValue,
        (try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)) != nil
      else {
        throw HorizonError(
          .cannotWrite, "cannot write \(path)", remedy: "Check that its folder exists and may be written to")
      }
    }

    var rows: String { folder.appendingPathComponent("rows.csv").path }

    func finish(_ schema: TableSchema, _ program: ExternalProgram) throws {
      try program.run(
        ["-init", "/dev/null", "-no-stdin", "-bail", ":memory:", "-c", ParquetFile.statement(schema)], in: folder)
      guard rename(folder.appendingPathComponent("rows.parquet").path, target) == 0 else {
        throw HorizonError(
          .cannotWrite, "cannot write \(path): duckdb left no file", remedy: "Check duckdb, or write CSV")
      }
    }

    func end() { try? FileManager.default.removeItem(at: folder) }
  }
}
