import ArgumentParser
import CommunitySafety
import Diagnostics
import Ingest
import Reporting
import Session
import TimeSeries

extension Frequency: ExpressibleByArgument {}
extension InputKind: ExpressibleByArgument {}
extension DuplicateRows: ExpressibleByArgument {}
extension UnallocatedUse: ExpressibleByArgument {}

/// What to read, and how.
struct InputOptions: ParsableArguments {
  @Argument(
    help: """
      Archives (.zip), folders, CSV or NDJSON files, packed by gzip or not, workbooks (.xlsx, .ods), or stores of \
      `horizon ingest`; \"-\" is standard input.
      """)
  var inputs: [String]

  @Option(help: "Layout of the CSVs; recognised from their headers by default.")
  var inputKind: InputKind?

  @Option(help: "Frequency of a table; recognised from its periods by default.")
  var frequency: Frequency?

  @Option(help: ArgumentHelp("Measure of a table that has no column for it.", valueName: "name"))
  var measure: String?

  @Option(
    help: ArgumentHelp(
      "Measure that goes by another name, with all of its history; counts of both are added. May be repeated.",
      valueName: "old=new"))
  var rename: [String] = []

  @Option(help: "A second row for an area, measure and period: refuse it, or sum counts and proportions.")
  var duplicates: DuplicateRows = .refused

  @Option(
    help: ArgumentHelp(
      "Areas, partnerships or forces to keep, by name or ONS code, separated by commas.", valueName: "names"))
  var areas: String?

  @Option(
    help:
      "Level to count by: lsoa and ward (police.uk, with --lookup), district, or csp and force, which add districts up."
  )
  var by: BaseLevel?

  @Option(
    help: ArgumentHelp(
      """
      Footprint to tell the figures by, over all of their history: an id of footprints.yaml (see `horizon profile show \
      footprints`). With --by its areas are totals of those.
      """, valueName: "name"))
  var footprint: String?

  @Option(
    help: ArgumentHelp(
      "LSOAs of the areas of a footprint that need a list: a CSV with a column of LSOA codes and a column area.",
      valueName: "file"))
  var footprintList: String?

  @Option(
    help: ArgumentHelp(
      "ONS lookup (CSV) that places police.uk rows by LSOA code, recognised by its columns. May be repeated.",
      valueName: "file"))
  var lookup: [String] = []

  @Option(
    help: ArgumentHelp(
      "Residents by area, of one year or of several (CSV or workbook); rates use those of their year. May be repeated.",
      valueName: "file"))
  var population: [String] = []

  @Option(
    help: ArgumentHelp(
      "Households by area or deprivation deciles by LSOA (CSV or workbook). May be repeated.", valueName: "file"))
  var context: [String] = []

  @Flag(help: "Count police.uk outcomes too: the share of each crime type that was detected.")
  var outcomes = false

  @Option(
    help: """
      police.uk: rows that name no place are set aside from districts, or shared out to those of their force in proportion \
      to the rows that do, within month and crime type.
      """)
  var unallocated: UnallocatedUse = .setAside

  @Option(
    help: ArgumentHelp(
      "police.uk: Home Office table of recorded crime by partnership (CSV); says how much of it the archive holds.",
      valueName: "file"))
  var recordedCrime: String?

  @OptionGroup var layouts: LayoutOptions

  @Option(help: "What an absent row or blank cell of a table means.")
  var absent: Absence = .missing

  @Option(
    help: """
      Use only what was known at the end of this period (2019-06): no later period and, of a store, no later vintage than \
      can be helped.
      """)
  var asOf: String?

  @Option(help: "Break calendar (YAML) to use instead of the built-in one.")
  var breaks: String?

  @Option(help: ArgumentHelp("Ignore this entry of the break calendar. May be repeated.", valueName: "id"))
  var withoutBreak: [String] = []

  @OptionGroup var sharing: SharingOptions

  @Option(help: "Folder of edited model files (see `horizon profile export`); absent files keep their defaults.")
  var models: String?

  /// Levels that can be counted by.
  enum BaseLevel: String, ExpressibleByArgument, CaseIterable {
    case lsoa, ward, district, csp, force

    var level: AreaLevel {
      switch self {
      case .lsoa: .lsoa
      case .ward: .ward
      case .district: .district
      case .csp: .csp
      case .force: .force
      }
    }
  }

  /// What an absent row or blank cell of a table means.
  enum Absence: String, ExpressibleByArgument, CaseIterable { case missing, zero }
}

extension InputOptions {
  /// Every file and folder that is read, "-" among them for standard input.
  var paths: [String] {
    inputs + lookup + population + context
      + [footprintList, recordedCrime, breaks, models, layouts.pseudonymKey, sharing.sources].compactMap(\.self)
  }

  /// Reads the inputs and says on standard error what a careful reader must know.
  ///
  /// - Parameters:
  ///   - digests: whether to make those of the inputs.
  ///   - lateReports: what is done about newest periods of a store that are still being reported.
  ///   - change: makes further options.
  ///   - isQuiet: whether nothing is said, for inputs that are read again.
  func open(
    _ run: RunOptions, progress: Progress, digests: Bool = false, lateReports: SessionOptions.LateReportUse = .ignored,
    isQuiet: Bool = false, change: (inout SessionOptions) -> Void = { _ in }
  ) async throws -> Session {
    var options = SessionOptions(inputs: inputs)
    options.ingest.inputKind = inputKind
    options.ingest.frequency = frequency
    options.ingest.measure = measure
    options.ingest.duplicates = duplicates
    options.renames = try rename.map { text in
      guard let rename = MeasureRename(text) else {
        throw HorizonError(
          .usage, "--rename \(text) is not of the form OLD=NEW", remedy: "Write --rename 'Old name=New name'")
      }
      return rename
    }
    options.ingest.areas = areas.map { list in
      list.split(separator: ",").map { String($0.drop { $0 == " " }) }.filter { !$0.isEmpty }
    }
    options.ingest.by = by?.level
    options.footprint = footprint
    options.ingest.footprintList = footprintList
    options.ingest.lookups = lookup
    options.ingest.populations = population
    options.ingest.contexts = context
    options.ingest.absentMeansZero = absent == .zero
    options.ingest.threads = run.threads
    options.ingest.digests = digests
    options.ingest.progress = { done, total in progress.update("Reading", done: done, total: total) }
    layouts.apply(to: &options)
    options.ingest.unallocated = unallocated
    options.recordedCrime = recordedCrime
    sharing.apply(to: &options)
    options.countsOutcomes = outcomes
    options.asOf = asOf
    options.models = models
    options.breaks = breaks
    options.withoutBreaks = withoutBreak
    options.lateReports = lateReports
    change(&options)
    let session = try await Session(options)
    progress.finish()
    if let end = session.panel.span?.upperBound, let asOf = session.asOf, asOf > end, !isQuiet {
      Console.note(
        "horizon: note: the data end in \(session.style.format(end)), before --as-of \(session.style.format(asOf)).",
        quiet: run.quiet)
    }
    for note in session.warnings where !isQuiet { Console.note("horizon: warning: \(note.message)", quiet: run.quiet) }
    return session
  }
}
