import ArgumentParser
import Diagnostics
import Reporting
import Tables

/// Where a table goes, and in which format.
struct OutputOptions: ParsableArguments {
  /// The formats of tables, and what other programs make of them.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case table, csv, json, ndjson, parquet
  }

  @Option(
    help: "Format; parquet needs the program duckdb. (default: by the output's ending; a table on a terminal, else csv)"
  )
  var format: Format?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("File to write, whole or not at all; \"-\" is standard output.", valueName: "file"))
  var output: String?

  func validate() throws {
    guard format != .parquet || path != nil else {
      throw ValidationError("--format parquet writes a file: name it with --output.")
    }
  }

  /// Makes sure, before a long job, that what the format needs is there.
  ///
  /// - Throws: ``HorizonError`` (cannotWrite) for Parquet without the program that writes it.
  func check() throws {
    if chosenFormat == .parquet { _ = try ParquetFile() }
  }

  /// Writes the rows where the options say, as they are made.
  func write(_ sheet: Sheet) throws {
    guard let path else { return try sheet.write(as: text) { try Console.output($0) } }
    if chosenFormat == .parquet { return try ParquetFile().write(sheet, to: path) }
    try WholeFile.write(to: path) { try sheet.write(as: text, to: $0) }
  }

  /// The same, rows made by up to `threads` threads at once.
  func write(_ sheet: Sheet, threads: Int) async throws {
    guard let path else { return try await sheet.write(as: text, threads: threads) { try Console.output($0) } }
    if chosenFormat == .parquet { return try await ParquetFile().write(sheet, to: path, threads: threads) }
    try await WholeFile.write(to: path, awaiting: { try await sheet.write(as: text, threads: threads, to: $0) })
  }

  /// Whether it is for people to read on a terminal.
  var isTable: Bool { chosenFormat == .table }

  /// The file; nil for standard output.
  private var path: String? { output == "-" ? nil : output }

  private var text: TableFormat { TableFormat(rawValue: chosenFormat.rawValue) ?? .csv }

  private var chosenFormat: Format {
    if let format { return format }
    guard let path else { return Console.outputIsTerminal ? .table : .csv }
    if path.hasSuffix(".json") { return .json }
    if path.hasSuffix(".ndjson") || path.hasSuffix(".jsonl") { return .ndjson }
    return path.hasSuffix(".parquet") ? .parquet : .csv
  }
}
