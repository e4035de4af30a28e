import ArgumentParser
import Reporting
import Session

/// `horizon series`: what was understood from the input.
struct SeriesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "series",
    abstract: "Shows what was understood: areas, measures, span, completeness, and what was set aside and why.")

  @OptionGroup var input: InputOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var run: RunOptions

  @Flag(help: "Of a store: write source,measure,period,vintage,total, every vintage of every period, instead.")
  var vintages = false

  func run() async throws {
    if vintages {
      try output.write(.vintages(try Session.vintages(of: input.inputs)))
      return
    }
    let progress = Progress(quiet: run.quiet)
    let session = try await input.open(run, progress: progress)
    let data = session.data
    for line in DataSummary.lines(data) { Console.note(line, quiet: run.quiet) }
    let breaks = session.breaks.interventions(data.panel.series.map(\.key))
    try output.write(.series(data.panel, areas: data.areas, breaks: breaks))
  }
}
