import ArgumentParser
import Reporting
import Session

/// `horizon series`: what was understood from the input.
struct SeriesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "series",
    abstract: "Shows what was understood: areas, measures, span, completeness, and what was set aside and why.",
    discussion: "Example: horizon series counts.csv")

  @OptionGroup var input: InputOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var run: RunOptions

  @Flag(help: "Of a store: write source,measure,period,vintage,total, every vintage of every period, instead.")
  var vintages = false

  @Flag(help: "Write what adds up to what, areas and measures, instead: side,depth,name,level,parts,counted,...")
  var tree = false

  @Option(help: ArgumentHelp("What adds up to what (YAML), for --tree; see `horizon forecast`.", valueName: "file"))
  var hierarchy: String?

  func validate() throws {
    if hierarchy != nil, !tree { throw ValidationError("--hierarchy is for --tree.") }
    if tree, vintages { throw ValidationError("Choose one of --tree and --vintages.") }
  }

  func run() async throws {
    if vintages {
      try output.write(.vintages(try Session.vintages(of: input.inputs)))
      return
    }
    let progress = Progress(quiet: run.quiet)
    let session = try await input.open(run, progress: progress)
    let data = session.data
    for line in DataSummary.lines(data) { Console.note(line, quiet: run.quiet) }
    if tree {
      let asked = try AskedHierarchy(file: hierarchy, session)
      for note in asked.notes { Console.note("horizon: \(note)", quiet: run.quiet) }
      try output.write(.hierarchy(areas: asked.areas, measures: asked.shownMeasures, style: session.style))
      return
    }
    let breaks = session.breaks.interventions(data.panel.series.map(\.key))
    try output.write(.series(data.panel, areas: data.areas, breaks: breaks))
  }
}
