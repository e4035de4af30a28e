import ArgumentParser
import Assessment
import CommunitySafety
import Diagnostics
import Ingest
import Reporting
import Session
import Tables
import Wording

/// `horizon sia`: the main job, from crime data to a pack for the Strategic Intelligence Assessment.
struct SIACommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sia",
    abstract:
      "Writes the pack for a Strategic Intelligence Assessment: pages to read and print, and the data behind them.",
    discussion: """
      A pack is a folder of plain pages without script: open its index.html. The same inputs give the same bytes.

      Example: horizon sia counts.csv --breaks breaks.yaml --out pack
      """)

  @OptionGroup var input: InputOptions
  @OptionGroup var run: RunOptions

  @Option(name: .shortAndLong, help: "Folder to write; a pack that is already there is replaced whole.")
  var out: String = "pack"

  @OptionGroup var publication: PublicationOptions

  @Option(help: "Number of latest periods judged for exceptions.")
  var last: Int = 3

  @Option(help: "False-discovery rate over the series of one period.")
  var fdr: Double = 0.10

  @Option(
    help: "Measures that are not in measures.yaml: leave them without a rank, or rank them by their expected rise.")
  var unknownMeasures: UnknownMeasures = .unranked

  @Option(help: "Seed of the simulated futures.")
  var seed: UInt64 = AssessmentConfiguration().seed

  @Option(
    help: ArgumentHelp("State file of `horizon alert`, for a page of its alerts; it is only read.", valueName: "file"))
  var alerts: String?

  @Option(help: "Set of harm weights.")
  var harmWeights: String = AssessmentConfiguration().harmWeights

  @Option(help: "Scoring profile of impact and likelihood that priorities.csv shows; pages show all.")
  var scoringProfile: String?

  @Option(
    help: ArgumentHelp(
      "With --footprint: another footprint, set beside it on a page that maps one to the other.", valueName: "name"))
  var beside: String?

  @Option(help: ArgumentHelp("As --footprint-list, for the footprint beside.", valueName: "file"))
  var besideList: String?

  @Option(
    help: ArgumentHelp(
      """
      Of more than 60 places, those that get a page of their own: names or ONS codes, separated by commas, or "all". Up to 60 all do.
      """, valueName: "names"))
  var pages: String?

  @Flag(help: "Also writes the tables as a workbook, pack.xlsx: real numbers and charts that can be edited.")
  var workbook = false

  @Flag(
    help:
      "Also writes the pages as a Word document, pack.docx. Needs the programs pandoc and rsvg-convert on the PATH.")
  var document = false

  func validate() throws {
    guard beside == nil || input.footprint != nil else {
      throw ValidationError("--beside sets a footprint beside that of --footprint: give both.")
    }
    guard besideList == nil || beside != nil else { throw ValidationError("--beside-list needs --beside.") }
    guard (1...120).contains(last) else { throw ValidationError("--last must be from 1 to 120.") }
    guard fdr > 0 && fdr < 1 else { throw ValidationError("--fdr must be between 0 and 1.") }
  }

  func run() async throws {
    try OutputFolder.check(out, replacing: .horizon)
    var forms = Pack.EditableForms()
    forms.hasWorkbook = workbook
    if document { forms.document = try WordDocument() }
    let register = try alerts.map(AlertRegister.init(state:))
    let progress = Progress(quiet: run.quiet)
    let session = try await input.open(run, progress: progress, digests: true, lateReports: .noted)
    let places = PlacePages(
      (pages ?? "").split(separator: ",").map { $0.trimmingPrefix { $0 == " " }.description }.filter { !$0.isEmpty })
    try places.check(session.data.areas.values.sorted { $0.name < $1.name })
    var configuration = session.configuration
    configuration.judgedPeriods = last
    configuration.falseDiscoveryRate = fdr
    configuration.seed = seed
    configuration.profile.ranksUnknownMeasures = unknownMeasures == .ranked
    configuration.harmWeights = harmWeights
    configuration.scoringProfile = scoringProfile
    publication.apply(to: &configuration)
    var assessor = Assessor(
      configuration: configuration, reference: session.reference, threads: run.threads,
      progress: { progress.begin($0.rawValue) })
    var assessment = try await assessor.assess(session.data)
    if let neighbourhoods = try await neighbourhoods(session, progress) {
      assessment.places = PlacesWithin(of: assessment, neighbourhoods: neighbourhoods)
    }
    if let beside {
      let other = try await input.open(run, progress: progress, isQuiet: true) {
        $0.footprint = beside
        $0.ingest.footprintList = besideList
        ($0.ingest.areas, $0.ingest.by) = (nil, nil)
      }
      let pieces = try await pieces(session, other, progress)
      assessor.reference = other.reference
      // What carries over are ranks, which rest on forecasts alone.
      assessor.parts = []
      assessor.configuration.footprint = other.footprint?.id
      let ranked = try await assessor.assess(other.data)
      if let own = session.footprint, let otherFootprint = other.footprint {
        assessment.configuration.beside = otherFootprint.id
        assessment.beside = FootprintComparison(
          of: assessment, footprint: own, beside: ranked, footprint: otherFootprint, pieces: pieces.data)
      }
    }
    progress.begin("Writing the pack")
    var pack = Pack(assessment, version: HorizonVersion.current)
    pack.alerts = register
    pack.pages = places
    let left = pack.placesWithoutPage
    let files = try await pack.files(threads: run.threads, editable: forms)
    try OutputFolder.write(files, to: out, replacing: .horizon)
    progress.finish()
    for line in DataSummary.lines(session.data) { Console.note(line, quiet: run.quiet) }
    for signal in assessment.expiredSignals {
      Console.note(
        "Signal expired: \(signal.name); its review was due \(signal.review) (\(signal.owner)). It is no longer ranked.",
        quiet: run.quiet)
    }
    if left > 0 {
      Console.note(
        "\(NumberText.counted(left, "place")) of more than \(PlacePages.most) got no page: name those that are to have one with --pages.",
        quiet: run.quiet)
    }
    Console.note("Wrote \(files.count) files to \(out); open \(out)/index.html.", quiet: run.quiet)
  }

  /// The same files of police.uk counted by neighbourhood, where they were counted by district and a lookup says how neighbourhoods of
  /// two censuses go together.
  private func neighbourhoods(_ session: Session, _ progress: Progress) async throws -> IngestedData? {
    guard session.data.kind == .policeUK, !input.lookup.isEmpty, input.footprint == nil,
      input.by.map({ $0 != .lsoa && $0 != .ward }) ?? true
    else { return nil }
    do {
      return try await input.open(run, progress: progress, isQuiet: true) { $0.ingest.by = .lsoa }.data
    } catch let error as HorizonError where error.kind == .usage {
      Console.note("horizon: nothing is said of places within districts: \(error.message)", quiet: run.quiet)
      return nil
    }
  }

  /// The areas that both footprints are made of, read once more: districts, or LSOAs where one of them divides districts.
  private func pieces(_ own: Session, _ other: Session, _ progress: Progress) async throws -> Session {
    let isFine = [own, other].contains { $0.footprint?.cutsThroughDistricts ?? false }
    return try await input.open(run, progress: progress, isQuiet: true) {
      $0.beside = beside
      $0.ingest.besideList = besideList
      $0.ingest.by = isFine ? .lsoa : .district
      // The whole of either footprint, whatever was asked for of the first.
      $0.ingest.areas = nil
    }
  }
}
