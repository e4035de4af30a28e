import ArgumentParser
import Reporting

extension Table.Format: ExpressibleByArgument {}

/// Where a table goes, and in which format.
struct OutputOptions: ParsableArguments {
  @Option(help: "Format. (default: by the output's ending; a table on a terminal, else csv)")
  var format: Table.Format?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("File to write, whole or not at all; \"-\" is standard output.", valueName: "file"))
  var output: String?

  /// Writes the table where the options say.
  func write(_ table: Table) throws {
    try write(try table.rendered(as: chosenFormat))
  }

  /// Writes the records if the format is JSON in one of its forms, else the table.
  func write(_ table: Table, orRecords records: () -> Records) throws {
    switch chosenFormat {
    case .json: try write(try records().rendered(lines: false))
    case .ndjson: try write(try records().rendered(lines: true))
    case .csv, .table: try write(table)
    }
  }

  private func write(_ bytes: [UInt8]) throws {
    if let output, output != "-" {
      try OutputText.write(bytes, to: output)
    } else {
      try Console.output(bytes)
    }
  }

  /// Whether it is for people to read on a terminal.
  var isTable: Bool { chosenFormat == .table }

  private var chosenFormat: Table.Format {
    if let format { return format }
    guard let output, output != "-" else { return Console.outputIsTerminal ? .table : .csv }
    if output.hasSuffix(".json") { return .json }
    if output.hasSuffix(".ndjson") || output.hasSuffix(".jsonl") { return .ndjson }
    return .csv
  }
}
