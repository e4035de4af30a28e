import Assessment
import CommunitySafety
import Diagnostics
import ExceptionDetection
import Forecasting
import Ingest
import TimeSeries
import VintageStore

/// What a run works on: the data as known at a time, checked for those it is made for, with the files under `Models/`, the
/// breaks that concern it and how much of its newest figures is known.
public struct Session: Sendable {
  /// What was read, as known at the end of ``asOf``, with everything that a careful reader must know among its notes.
  public let data: IngestedData
  /// The series of the areas themselves, without those of rows that have no place.
  public let panel: Panel
  /// The files under `Models/`, or their replacements.
  public let reference: ReferenceData
  /// The last period that is used; nil uses all.
  public let asOf: Period?
  /// The footprint that the figures are told by; nil for the areas of the inputs.
  public let footprint: Footprint?
  /// Finds the breaks that concern a series of ``data``.
  public let breaks: BreakLookup
  /// What the vintages of a store tell of its newest figures; nil unless the options ask, and there are vintages that do.
  public let lateReports: LateReports?

  private let withoutBreaks: [String]
  private let audience: SourceRegister.Audience

  /// Reads the inputs.
  ///
  /// - Throws: `HorizonError`: noInput for an input or model file that is not there; data with file and line for what is
  ///   wrong in one, for a source that the audience may not see, or an as-of before the data begins; usage for an as-of
  ///   that is no period, or a break that the calendar does not have.
  public init(_ options: SessionOptions) async throws {
    var reference = try ReferenceFiles.load(folder: options.models, breaks: options.breaks, sources: options.sources)
    var ingest = options.ingest
    if options.countsOutcomes { ingest.outcomes = reference.outcomes }
    if let name = options.footprint { ingest.footprint = try reference.footprints.footprint(named: name) }
    if let name = options.beside { ingest.beside = try reference.footprints.footprint(named: name) }
    if let path = options.pseudonymKey { ingest.incidents.pseudonymKey = try PseudonymKey.read(path) }
    let read = try await InputReader(options: ingest, registry: reference.areas)
      .readWithStores(options.inputs, asOf: options.asOf, register: reference.sources)
      .checked(reference.sources, audience: options.audience).joining(options.renames)
    if ingest.footprint != nil {
      reference.priorities = reference.priorities.carried(to: read.areas.values, registry: reference.areas)
    }
    if read.isOfUnknownAreas {
      // The built-in calendar speaks of England and Wales; it says nothing about areas it does not know.
      reference.breaks = BreakCalendar(entries: reference.breaks.entries.filter { !$0.isBuiltIn })
    }
    let asOf = try options.asOf.map { try Session.period($0, read.panel) }
    let known = try await (asOf.map { read.asOf($0) } ?? read)
      .withCoverage(
        reference.coverage, totals: Session.totals(read, options.inputs),
        tables: Session.recordedCrime(options, read, reference))
    // A drift that was found is a break like any other; where rows without a place are shared out there is none to allow for.
    let drifts = known.geocodingDrifts
    if known.unallocated?.isShared == false {
      reference.breaks = BreakCalendar(entries: reference.breaks.entries + drifts.map(\.breakEntry))
    }
    let hasResidual = known.areas.values.contains { $0.level == .residual }
    let panel =
      hasResidual
      ? known.panel.filterMap { known.areas[$0.key.area]?.level == .residual ? nil : $0 } : known.panel
    var lateReports: LateReports?
    if options.lateReports != .ignored, let store = Session.store(among: options.inputs) {
      lateReports = try LateReports(Store(reading: store), known, asOf: asOf)
    }
    var note: DataNote?
    if options.lateReports == .noted { note = lateReports?.warning(panel) }
    let unknown = known.unknownNames(in: reference)
    var checked = unknown.isEmpty ? known : known.adding(.areas(.unknownBreakNames(unknown)))
    let names = Set(known.areas.values.flatMap { [$0.name, $0.csp].compactMap(\.self) })
    // Of chosen areas, and under a footprint, other partnerships' priorities are nobody's slip.
    let isWhole = ingest.areas == nil && ingest.footprint == nil
    let idle = isWhole ? reference.priorities.edited.subtracting(names).sorted() : []
    if !idle.isEmpty { checked = checked.adding(.areas(.prioritiesOfNoPlace(idle))) }
    let renames = PossibleRename.found(in: panel).map { DataNote.series(.perhapsRenamed($0)) }
    data = ((note.map { [$0] } ?? []) + renames).reduce(checked) { $0.adding($1) }
    breaks = try BreakLookup(
      reference, areas: known.areas.keys.sorted().compactMap { known.areas[$0] }, frequency: known.panel.frequency,
      without: options.withoutBreaks)
    self.panel = panel
    self.reference = reference
    footprint = ingest.footprint
    self.asOf = asOf
    self.lateReports = lateReports
    withoutBreaks = options.withoutBreaks
    audience = options.audience
  }

  /// How the data writes its periods.
  public var style: PeriodStyle { data.panel.style }

  /// Whatever may mislead a reader who does not know it.
  public var warnings: [DataNote] { data.notes.filter { $0.severity == .warning } }

  /// The interventions that concern the series of ``panel`` and their totals.
  public var interventions: Interventions {
    breaks.interventions(
      panel.series.map(\.key) + panel.measures.map { SeriesKey(area: Assessor.wholeAreaName, measure: $0) })
  }

  /// How much of each figure had been reported when it was read: all of it, but where late reports are allowed for.
  public var completeness: ReportingCompleteness { lateReports?.completeness ?? ReportingCompleteness() }

  /// The configuration of an assessment of ``data``: a year ahead, as known at ``asOf``, for this audience.
  public var configuration: AssessmentConfiguration {
    var configuration = AssessmentConfiguration()
    configuration.horizon = data.panel.frequency.periodsPerYear
    configuration.asOf = asOf
    configuration.footprint = footprint?.id
    configuration.withoutBreaks = withoutBreaks
    configuration.audience = audience
    return configuration
  }

  /// Every vintage of every total of the one store that was given.
  ///
  /// - Throws: `HorizonError`: usage for anything but one store, or as a store does that cannot be read.
  public static func vintages(of inputs: [String]) throws -> [VintageTotal] {
    guard let store = store(among: inputs) else {
      throw HorizonError(
        .usage, "only a store has vintages", remedy: "Give one store, made by `horizon ingest`, and nothing else")
    }
    return try Store(reading: store).revisions()
  }

  /// Every vintage of the store that files of police.uk come from; none of other inputs.
  private static func totals(_ data: IngestedData, _ inputs: [String]) throws -> [VintageTotal] {
    guard data.kind == .policeUK, let store = store(among: inputs) else { return [] }
    return try Store(reading: store).revisions()
  }

  /// The table of recorded crime to compare an archive with. A run counts one kind of input; this one is counted in a run of
  /// its own, and only totals of forces and years are taken from it.
  private static func recordedCrime(
    _ options: SessionOptions, _ data: IngestedData, _ reference: ReferenceData
  ) async throws -> IngestedData? {
    guard let path = options.recordedCrime else { return nil }
    guard data.kind == .policeUK else {
      throw HorizonError(
        .usage, "--recorded-crime is compared with files of police.uk, and the inputs are none",
        remedy: "Give the table as an input by itself")
    }
    var ingest = IngestOptions()
    (ingest.threads, ingest.digests) = (options.ingest.threads, options.ingest.digests)
    ingest.maximumUnpackedBytes = options.ingest.maximumUnpackedBytes
    let tables = try await InputReader(options: ingest, registry: reference.areas).read([path])
    guard tables.kind == .recordedCrime else {
      throw HorizonError(
        .usage, "\(path) is no table of recorded crime", remedy: "Give the Home Office's open data table by partnership"
      )
    }
    return try tables.checked(reference.sources, audience: options.audience)
  }

  /// The one input, if it is a store: of several nobody can say which vintage is whose.
  private static func store(among inputs: [String]) -> String? {
    inputs.count == 1 && Store.isStore(inputs[0]) ? inputs[0] : nil
  }

  private static func period(_ text: String, _ panel: Panel) throws -> Period {
    guard let period = PeriodStyle.parse(text, frequency: panel.frequency)?.period else {
      throw HorizonError(
        .usage, "--as-of \(text) is no \(panel.frequency.noun)",
        remedy: "Write it as \(panel.span.map { panel.style.format($0.upperBound) } ?? "2019-06")")
    }
    if let start = panel.span?.lowerBound, period < start {
      throw HorizonError(
        .data, "--as-of \(text) is before the data begins in \(panel.style.format(start))",
        remedy: "Choose a later \(panel.frequency.noun)")
    }
    return period
  }
}

extension IngestedData {
  /// Names in the break calendar that neither the data nor the files under `Models/` know.
  fileprivate func unknownNames(in reference: ReferenceData) -> [UnknownBreakNames] {
    guard reference.breaks.entries.contains(where: { !$0.isShipped }) else { return [] }
    let registry = reference.areas.districts.flatMap { [$0.name, $0.code, $0.csp, $0.force] }
    let own = areas.values.flatMap { area in
      [area.name, area.code, area.csp, area.force, area.force.map(ForceName.slug(ofName:)), area.district]
        .compactMap(\.self)
    }
    let known = reference.measures.measures + reference.measures.groups
    return UnknownBreakNames.found(
      in: reference.breaks, places: Set(registry + own + [Assessor.wholeAreaName]),
      measures: Set(panel.measures + known.flatMap { [$0.name, $0.label] }))
  }

  /// Whether no area is one that the files under `Models/` place.
  fileprivate var isOfUnknownAreas: Bool {
    areas.values.allSatisfy { $0.level == .unclassified || $0.level == .residual }
  }
}
