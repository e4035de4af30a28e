import ArgumentParser
import Assessment
import CommunitySafety
import Reporting
import Tables

/// `horizon sia`: the main job, from crime data to a pack for the Strategic Intelligence Assessment.
struct SIACommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sia",
    abstract:
      "Writes the pack for a Strategic Intelligence Assessment: pages to read and print, and the data behind them.")

  @OptionGroup var input: InputOptions
  @OptionGroup var run: RunOptions

  @Option(name: .shortAndLong, help: "Folder to write; a pack that is already there is replaced whole.")
  var out: String = "pack"

  @Option(help: "Name of the partnership, for the title.")
  var title: String?

  @Option(help: "Security marking printed on every page.")
  var marking: String = "OFFICIAL"

  @Option(help: "Date the data was extracted, as it should be printed.")
  var extractionDate: String?

  @Option(help: "Number of latest periods judged for exceptions.")
  var last: Int = 3

  @Option(help: "False-discovery rate over the series of one period.")
  var fdr: Double = 0.10

  @Option(
    help: "Measures that are not in measures.yaml: leave them without a rank, or rank them by their expected rise.")
  var unknownMeasures: UnknownMeasures = .unranked

  @Option(help: "Seed of the simulated futures.")
  var seed: UInt64 = AssessmentConfiguration().seed

  @Option(help: "Set of harm weights.")
  var harmWeights: String = AssessmentConfiguration().harmWeights

  func validate() throws {
    guard (1...120).contains(last) else { throw ValidationError("--last must be from 1 to 120.") }
    guard fdr > 0 && fdr < 1 else { throw ValidationError("--fdr must be between 0 and 1.") }
  }

  func run() async throws {
    try OutputFolder.check(out, replacing: .horizon)
    let progress = Progress(quiet: run.quiet)
    let session = try await input.open(run, progress: progress, digests: true, lateReports: .noted)
    var configuration = session.configuration
    configuration.judgedPeriods = last
    configuration.falseDiscoveryRate = fdr
    configuration.seed = seed
    configuration.profile.ranksUnknownMeasures = unknownMeasures == .ranked
    configuration.harmWeights = harmWeights
    configuration.title = title
    configuration.marking = marking
    configuration.extractionDate = extractionDate
    let assessor = Assessor(
      configuration: configuration, reference: session.reference, threads: run.threads,
      progress: { progress.begin($0.rawValue) })
    let assessment = try await assessor.assess(session.data)
    progress.begin("Writing the pack")
    let files = try await Pack(assessment, version: HorizonVersion.current).files(threads: run.threads)
    try OutputFolder.write(files, to: out, replacing: .horizon)
    progress.finish()
    for line in DataSummary.lines(session.data) { Console.note(line, quiet: run.quiet) }
    Console.note("Wrote \(files.count) files to \(out); open \(out)/index.html.", quiet: run.quiet)
  }
}
