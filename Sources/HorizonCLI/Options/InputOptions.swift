import ArgumentParser
import Assessment
import CommunitySafety
import Ingest
import ModelFiles
import TimeSeries
import VintageStore

extension Frequency: ExpressibleByArgument {}

/// What to read, and how.
struct InputOptions: ParsableArguments {
  @Argument(help: "Archives (.zip), folders, CSV files or stores; \"-\" is standard input.")
  var inputs: [String]

  @Option(help: "Frequency of a long table; recognised from its periods by default.")
  var frequency: Frequency?

  @Option(
    help: ArgumentHelp(
      "Areas, partnerships or forces to keep, by name or ONS code, separated by commas.", valueName: "names"))
  var areas: String?

  @Option(help: "ONS lookup (CSV) that places police.uk rows by LSOA code.")
  var lookup: String?

  @Flag(help: "Count police.uk outcomes too: the share of each crime type that was detected.")
  var outcomes = false

  @Option(help: "What an absent row of a long table means.")
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

  @Option(help: "Folder of edited model files (see `horizon profile export`); absent files keep their defaults.")
  var models: String?

  /// What an absent row of a long table means.
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

  /// The interventions that concern a series.
  func breakLookup() throws -> BreakLookup {
    try BreakLookup(
      reference, areas: data.areas.keys.sorted().compactMap { data.areas[$0] }, frequency: data.panel.frequency,
      without: withoutBreaks)
  }
}

extension InputOptions {
  /// Reads the inputs and says on standard error what a careful reader must know.
  func prepare(_ run: RunOptions, progress: Progress) async throws -> PreparedInput {
    var reference = try ReferenceFiles.load(folder: models, breaks: breaks)
    var options = IngestOptions()
    options.frequency = frequency
    options.areas = areas.map { list in
      list.split(separator: ",").map { String($0.drop { $0 == " " }) }.filter { !$0.isEmpty }
    }
    options.lookup = lookup
    options.outcomes = outcomes ? reference.outcomes : nil
    options.absentMeansZero = absent == .zero
    options.threads = run.threads
    options.progress = { done, total in progress.update("Reading", done: done, total: total) }
    let data = try await InputReader(options: options, registry: reference.areas)
      .readWithStores(inputs, asOf: asOf)
    progress.finish()
    for note in data.notes where note.severity == .warning {
      Console.note("horizon: warning: \(note.message)", quiet: run.quiet)
    }
    if breaks == nil && models == nil && !data.areas.values.contains(where: { $0.level == .district }) {
      // The built-in calendar speaks of England and Wales; it says nothing about areas it does not know.
      reference.breaks = BreakCalendar(entries: [])
    }
    let asOf = try asOfPeriod(data.panel)
    return PreparedInput(
      data: asOf.map { data.asOf($0) } ?? data, reference: reference, asOf: asOf, withoutBreaks: withoutBreak)
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
