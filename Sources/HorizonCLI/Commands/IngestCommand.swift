import ArgumentParser
import Ingest
import Reporting
import Session
import TimeSeries
import VintageStore

/// `horizon ingest`: adds what is new to a store.
struct IngestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ingest",
    abstract: "Adds what is new in the inputs to a store, which every other command reads like an input.",
    discussion: """
      A store keeps sums, never rows: no crime IDs, no coordinates. Each ingest is a vintage, known by the end of a \
      period. What a later vintage revises is kept apart: the newest is used, and `horizon series STORE --vintages` shows \
      them all. The same ingest again changes nothing. An ingest is stored whole or not at all.

      Writes file,vintage,rows,status,previous_vintage; status is new, revised (its counts are not those of the vintage \
      before), unchanged (they are) or already there (nothing was stored).

      Example: horizon ingest police-uk --store horizon.sqlite
      """)

  @Argument(help: "Archives (.zip), folders, CSV files or workbooks (.xlsx, .ods); \"-\" is standard input.")
  var inputs: [String]

  @Option(help: ArgumentHelp("The store; it is made if there is none.", valueName: "file"))
  var store: String

  @Option(
    help: ArgumentHelp(
      "Period by whose end the data was put together, as 2021-09. (default: the last period of the data)",
      valueName: "period"))
  var vintage: String?

  @Option(help: "Frequency of a long table; recognised from its periods by default.")
  var frequency: Frequency?

  @Option(help: "Seconds to wait for another process that is writing to the store.")
  var wait: Double = 30

  @OptionGroup var layouts: LayoutOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var run: RunOptions

  func validate() throws {
    guard (0...86_400).contains(wait) else { throw ValidationError("--wait must be from 0 to 86400.") }
  }

  func run() async throws {
    let progress = Progress(quiet: run.quiet)
    let reference = try ReferenceFiles.load()
    var options = IngestOptions()
    layouts.apply(to: &options)
    if let path = layouts.pseudonymKey { options.incidents.pseudonymKey = try PseudonymKey.read(path) }
    options.frequency = frequency
    options.threads = run.threads
    options.progress = { done, total in progress.update("Reading", done: done, total: total) }
    let report = try await Store.ingest(
      inputs, into: store,
      settings: .init(vintage: vintage, horizonVersion: HorizonVersion.current, wait: wait), options: options,
      registry: reference.areas)
    progress.finish()
    for note in report.data.notes where note.severity == .warning {
      Console.note("horizon: warning: \(note.message)", quiet: run.quiet)
    }
    for line in DataSummary.lines(report.data) { Console.note(line, quiet: run.quiet) }
    let counts = IngestReport.Status.allCases.filter { report.count($0) > 0 }.map {
      "\(report.count($0)) \($0.rawValue)"
    }
    Console.note("Vintage \(report.vintage) in \(store): \(counts.joined(separator: ", ")).", quiet: run.quiet)
    try output.write(.ingest(report))
  }
}
