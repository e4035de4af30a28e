import ArgumentParser
import Assessment
import CommunitySafety
import Diagnostics
import Ingest
import ModelFiles
import TimeSeries
import VintageStore

extension Frequency: ExpressibleByArgument {}
extension InputKind: ExpressibleByArgument {}
extension DuplicateRows: ExpressibleByArgument {}

/// What to read, and how.
struct InputOptions: ParsableArguments {
  @Argument(
    help: """
      Archives (.zip), folders, CSV or NDJSON files, packed by gzip or not, or stores of `horizon ingest`; \"-\" is \
      standard input.
      """)
  var inputs: [String]

  @Option(help: "Layout of the CSVs; recognised from their headers by default.")
  var inputKind: InputKind?

  @Option(help: "Frequency of a table; recognised from its periods by default.")
  var frequency: Frequency?

  @Option(help: ArgumentHelp("Measure of a table that has no column for it.", valueName: "name"))
  var measure: String?

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
      "ONS lookup (CSV) that places police.uk rows by LSOA code, recognised by its columns. May be repeated.",
      valueName: "file"))
  var lookup: [String] = []

  @Option(help: ArgumentHelp("Residents by area (CSV).", valueName: "file"))
  var population: String?

  @Option(
    help: ArgumentHelp(
      "Households by area or deprivation deciles by LSOA (CSV). May be repeated.", valueName: "file"))
  var context: [String] = []

  @Flag(help: "Count police.uk outcomes too: the share of each crime type that was detected.")
  var outcomes = false

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

/// What a command works on: the data as known at `--as-of`, and the files under `Models/`.
struct PreparedInput {
  let data: IngestedData
  let reference: ReferenceData
  let asOf: Period?
  let withoutBreaks: [String]

  /// The series of the areas themselves, without those of rows that have no place.
  var panel: Panel { data.panel.filterMap { data.areas[$0.key.area]?.level == .residual ? nil : $0 } }

  /// The interventions that concern the series of ``panel`` and their totals.
  func interventions() throws -> Interventions {
    let panel = panel
    let totals = panel.measures.map { SeriesKey(area: Assessor.wholeAreaName, measure: $0) }
    return try breakLookup().interventions(panel.series.map(\.key) + totals)
  }

  /// Finds the interventions that concern a series.
  func breakLookup() throws -> BreakLookup {
    try BreakLookup(
      reference, areas: data.areas.keys.sorted().compactMap { data.areas[$0] }, frequency: data.panel.frequency,
      without: withoutBreaks)
  }
}

extension InputOptions {
  /// Reads the inputs and says on standard error what a careful reader must know.
  ///
  /// - Parameters:
  ///   - digests: whether to make those of the inputs.
  ///   - lateReports: whether to look for newest periods of a store that are still being reported.
  func prepare(
    _ run: RunOptions, progress: Progress, digests: Bool = false, lateReports: Bool = false
  ) async throws -> PreparedInput {
    var reference = try ReferenceFiles.load(folder: models, breaks: breaks, sources: sharing.sources)
    var options = IngestOptions()
    options.inputKind = inputKind
    options.frequency = frequency
    options.measure = measure
    options.duplicates = duplicates
    options.areas = areas.map { list in
      list.split(separator: ",").map { String($0.drop { $0 == " " }) }.filter { !$0.isEmpty }
    }
    options.by = by?.level
    options.lookups = lookup
    options.population = population
    options.contexts = context
    options.outcomes = outcomes ? reference.outcomes : nil
    options.absentMeansZero = absent == .zero
    try layouts.apply(to: &options)
    options.threads = run.threads
    options.digests = digests
    options.progress = { done, total in progress.update("Reading", done: done, total: total) }
    let read = try await InputReader(options: options, registry: reference.areas).readWithStores(inputs, asOf: asOf)
    let data = try sharing.checked(read, register: reference.sources)
    progress.finish()
    for note in data.notes where note.severity == .warning {
      Console.note("horizon: warning: \(note.message)", quiet: run.quiet)
    }
    if breaks == nil && models == nil
      && data.areas.values.allSatisfy({ $0.level == .unclassified || $0.level == .residual })
    {
      // The built-in calendar speaks of England and Wales; it says nothing about areas it does not know.
      reference.breaks = BreakCalendar(entries: [])
    }
    let asOf = try asOfPeriod(data.panel)
    let known = asOf.map { data.asOf($0) } ?? data
    let prepared = PreparedInput(data: known, reference: reference, asOf: asOf, withoutBreaks: withoutBreak)
    guard lateReports, let warning = try LateReports(self, known, asOf: asOf)?.warning(prepared.panel) else {
      return prepared
    }
    Console.note("horizon: warning: \(warning.message)", quiet: run.quiet)
    return PreparedInput(
      data: known.adding(warning), reference: reference, asOf: asOf, withoutBreaks: withoutBreak)
  }

  /// The one store that was given.
  func store() throws -> Store {
    guard inputs.count == 1, Store.isStore(inputs[0]) else {
      throw HorizonError(
        .usage, "only a store has vintages", remedy: "Give one store, made by `horizon ingest`, and nothing else")
    }
    return try Store(reading: inputs[0])
  }

  private func asOfPeriod(_ panel: Panel) throws -> Period? {
    guard let asOf else { return nil }
    guard let period = PeriodStyle.parse(asOf, frequency: panel.frequency)?.period else {
      throw HorizonError(
        .usage, "--as-of \(asOf) is no \(panel.frequency.noun)",
        remedy: "Write it as \(panel.span.map { panel.style.format($0.upperBound) } ?? "2019-06")")
    }
    if let start = panel.span?.lowerBound, period < start {
      throw HorizonError(
        .data, "--as-of \(asOf) is before the data begins in \(panel.style.format(start))",
        remedy: "Choose a later \(panel.frequency.noun)")
    }
    return period
  }
}
