import ArgumentParser
import Ingest
import Reporting

/// `horizon series`: what was understood from the input.
struct SeriesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "series",
    abstract: "Shows what was understood: areas, measures, span, completeness, and what was set aside and why.")

  @OptionGroup var input: InputOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var run: RunOptions

  func run() async throws {
    let progress = Progress(quiet: run.quiet)
    let prepared = try await input.prepare(run, progress: progress)
    let data = prepared.data
    for line in DataSummary.lines(data) { Console.note(line, quiet: run.quiet) }
    try output.write(.series(data.panel, areas: data.areas, breaks: try prepared.breakLookup().callAsFunction))
  }
}
