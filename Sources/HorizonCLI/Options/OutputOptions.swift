import ArgumentParser
import Tables

extension TableFormat: ExpressibleByArgument {}

/// Where a table goes, and in which format.
struct OutputOptions: ParsableArguments {
  @Option(help: "Format. (default: by the output's ending; a table on a terminal, else csv)")
  var format: TableFormat?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("File to write, whole or not at all; \"-\" is standard output.", valueName: "file"))
  var output: String?

  /// Writes the rows where the options say, as they are made.
  func write(_ sheet: Sheet) throws {
    if let output, output != "-" {
      try WholeFile.write(to: output) { try sheet.write(as: chosenFormat, to: $0) }
    } else {
      try sheet.write(as: chosenFormat) { try Console.output($0) }
    }
  }

  /// Whether it is for people to read on a terminal.
  var isTable: Bool { chosenFormat == .table }

  private var chosenFormat: TableFormat {
    if let format { return format }
    guard let output, output != "-" else { return Console.outputIsTerminal ? .table : .csv }
    if output.hasSuffix(".json") { return .json }
    if output.hasSuffix(".ndjson") || output.hasSuffix(".jsonl") { return .ndjson }
    return .csv
  }
}
