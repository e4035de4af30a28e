import CommunitySafety
import Ingest
import RiskRanking
import TimeSeries

/// Something that a run cannot say, with what would let it: a code with its payload. The English is made where text is
/// written.
public enum Limitation: Hashable, Sendable, Codable {
  /// A file's or force's periods.
  public struct SourcePeriods: Hashable, Sendable, Codable {
    /// The source, as people name it.
    public let source: String
    /// Its periods, rising.
    public let periods: [Period]

    /// Periods of a source.
    public init(source: String, periods: [Period]) {
      self.source = source
      self.periods = periods
    }
  }

  /// A peer group of too few.
  public struct ShortPeerGroup: Hashable, Sendable, Codable {
    /// The group.
    public let name: String
    /// Its places of known residents that the inputs hold.
    public let held: Int

    /// A group.
    public init(name: String, held: Int) { (self.name, self.held) = (name, held) }
  }

  /// No series is long enough for a season to be told from a trend.
  case shortHistory(longest: Int, hasGaps: Bool, needed: Int, frequency: Frequency)
  /// Reports of the newest periods are still coming in.
  case lateReports([VintageNote.Known], frequency: Frequency)
  /// The share of a force's records without a place changed: counts of its places before and after are not comparable as
  /// they stand. Of a place and all types that changed, how much they differ.
  case geocodingDrift(GeocodingDrift, of: GeocodingComparison.Figures?, isShared: Bool)
  /// Last year's changes that are a rise or a fall by what becomes of records without a place.
  case unallocatedChoice(series: Int)
  /// A step of recording on which the comparison of next year with last rests.
  case recentStep(start: Period, kind: Intervention.Kind?, note: String)
  /// Last year holds periods that were not typical.
  case untypicalLastYear(periods: [Period], kind: Intervention.Kind?, frequency: Frequency)
  /// Periods of which nothing is known.
  case absent([SourcePeriods], frequency: Frequency)
  /// Periods that are known in part.
  case partial([SourcePeriods], frequency: Frequency)
  /// Places that are counted although one holds or replaced the other.
  case areasOverlap([AreaOverlap])
  /// Totals of part of what they are named after.
  case membersMissing([MissingMembers])
  /// Districts that began or ended within the span of the data.
  case areasChanged([AreaChange])
  /// Groups of measures that are not added up in a place, because it lacks members of them.
  case groupsLeftOut([MissingMembers])
  /// Groups of which the inputs hold some measures and lack others, as totals of those that are absent.
  case groupsLacking([MissingMembers])
  /// Current priorities past their day of review, with their partnerships.
  case prioritiesOverdue([String])
  /// Peer groups that are not used, and how many places a group needs.
  case peerGroupsShort([ShortPeerGroup], needed: Int)
  /// So many series that totals are forecast by themselves.
  case totalsApart(series: Int, most: Int)
  /// Series too incomplete to compare next year with last.
  case notAssessable(series: Int)
  /// Measures that no file knows, which are not ranked unless that is asked for.
  case unknownMeasures([String], isRanked: Bool)
  /// District series whose counts are too small for a percentage.
  case smallCounts(series: Int, below: Double)
  /// A group that stands in for the real definition.
  case proxy(label: String, reason: String)
  /// An older step of recording.
  case step(start: Period, kind: Intervention.Kind?, note: String)
  /// Periods from which the models learnt nothing.
  case unlearnt(periods: [Period], kind: Intervention.Kind?)
  /// Entries of the break calendar that concern nothing in the run.
  case idleBreaks([String])
  /// Recorded figures are not all that happened.
  case recordedOnly
}

extension Limitation {
  /// Whether it tells of areas that changed, which their totals may follow.
  fileprivate var isChange: Bool { if case .areasChanged = self { true } else { false } }
}

/// What the run cannot say, worst first.
///
/// - Parameters:
///   - risks: those of every place under its own name alone, so that each series counts once.
///   - areas: what is to be said of the areas and their totals.
///   - geocoding: places before and after each change in the share of records without a place.
func limitations(
  data: IngestedData, series: [AssessedSeries], risks: [Risk], areas: [Limitation] = [],
  geocoding: [GeocodingComparison] = [], reference: ReferenceData, profile: ScoringProfile
) -> [Limitation] {
  var found: [Limitation] = []
  let frequency = data.panel.frequency
  let year = frequency.periodsPerYear
  let drifts = data.geocodingDrifts.map { drift in
    Limitation.geocodingDrift(
      drift, of: example(drift, geocoding)?.figures, isShared: data.unallocated?.isShared ?? false)
  }
  // A drift within the years that are compared comes before everything else, an older one with the older steps.
  let isRecent = data.geocodingDrifts.map { drift in
    data.panel.span.map { drift.after.lowerBound > $0.upperBound - 2 * year } ?? false
  }
  found += zip(drifts, isRecent).filter(\.1).map(\.0)

  if let span = data.panel.span, let longest = data.panel.series.map(\.observedCount).max(), longest < 3 * year {
    found.append(
      .shortHistory(
        longest: longest, hasGaps: longest < span.upperBound - span.lowerBound + 1, needed: 3 * year,
        frequency: frequency))
  }
  for case .vintages(.lateReports(let known, let frequency)) in data.notes {
    found.append(.lateReports(known, frequency: frequency))
  }
  let breaks = limitationsOfBreaks(data.panel.span, series: series, reference: reference, frequency: frequency)
  found += breaks.recent
  let absent = data.completeness.cells.filter { $0.status == .absent || $0.status == .strayRowsOnly }
  if !absent.isEmpty {
    let bySource = Dictionary(grouping: absent, by: \.sourceName)
    found.append(
      .absent(
        bySource.keys.sorted().map { .init(source: $0, periods: (bySource[$0] ?? []).map(\.period).sorted()) },
        frequency: frequency))
  }
  let partial = data.completeness.cells.filter { $0.status == .partial }
  if !partial.isEmpty {
    found.append(
      .partial(partial.map { .init(source: $0.sourceName, periods: [$0.period]) }, frequency: frequency))
  }
  found += areas.filter { !$0.isChange }
  let notAssessable = risks.filter {
    $0.outlook == nil && !$0.isGroup && $0.area.level != .whole && $0.area.level != .force && !$0.isOpposed
      && !$0.isOver
  }
  let opposed = risks.count { $0.isOpposed && !$0.isGroup }
  if opposed > 0 { found.append(.unallocatedChoice(series: opposed)) }
  if !notAssessable.isEmpty { found.append(.notAssessable(series: notAssessable.count)) }
  var seen = Set<MeasureID>()
  let unknown = series.map(\.measure).filter { !$0.isKnown && seen.insert($0.id).inserted }
  if !unknown.isEmpty {
    found.append(.unknownMeasures(unknown.map(\.label), isRanked: profile.ranksUnknownMeasures))
  }
  let small = risks.filter {
    !$0.isGroup && $0.evidence.kind == .count && $0.area.level == .district && $0.outlook != nil
      && $0.past.lastYear < profile.smallestBase
  }
  if !small.isEmpty { found.append(.smallCounts(series: small.count, below: profile.smallestBase)) }
  found += areas.filter(\.isChange)
  for group in reference.measures.groups {
    if let reason = group.proxyReason, series.contains(where: { $0.measure.id == group.id }) {
      found.append(.proxy(label: group.label, reason: reason))
    }
  }
  let lacking = groupsLacking(data.panel.measures, reference.measures)
  if !lacking.isEmpty { found.append(.groupsLacking(lacking)) }
  return found + zip(drifts, isRecent).filter { !$0.1 }.map(\.0) + breaks.older + [.recordedOnly]
}

/// Groups of counts that some but not all members of are among the measures of the inputs: no source has the others.
private func groupsLacking(_ names: [String], _ registry: MeasureRegistry) -> [MissingMembers] {
  let present = Set(names.compactMap { registry.measure(named: $0)?.id })
  return registry.groups.compactMap { group in
    let absent = (group.members ?? []).filter { !present.contains($0) }
    guard group.kind == .count, !absent.isEmpty, absent.count < group.members?.count ?? 0 else { return nil }
    return MissingMembers(total: group.label, absent: absent.map { registry[$0]?.name ?? $0.rawValue })
  }
}

/// The comparison that shows a drift best: of everything, else of the force, else of the place with most records.
private func example(_ drift: GeocodingDrift, _ comparisons: [GeocodingComparison]) -> GeocodingComparison? {
  let own = comparisons.filter { $0.drift == drift && $0.measure == nil }
  return own.first { $0.area.level == .whole } ?? own.first { $0.area.level == .force }
    ?? own.max { $0.sharedOut.after < $1.sharedOut.after }
}

extension Risk {
  /// Whether last year's change hangs on what becomes of records without a place.
  fileprivate var isOpposed: Bool {
    evidence.doubts.contains { if case .dependsOnUnallocated = $0 { true } else { false } }
  }

  /// Whether there is no next year to compare, because the series ended or may go by another name.
  fileprivate var isOver: Bool {
    evidence.doubts.contains { doubt in
      switch doubt {
      case .ended, .perhapsRenamed: true
      default: false
      }
    }
  }
}

/// What the break calendar did: breaks that bear on the comparison of next year with last, then the others, and entries
/// that concern nothing in the run (a misspelt area, say).
private func limitationsOfBreaks(
  _ span: ClosedRange<Period>?, series: [AssessedSeries], reference: ReferenceData, frequency: Frequency
) -> (recent: [Limitation], older: [Limitation]) {
  guard let span else { return ([], []) }
  var recent: [Limitation] = []
  var older: [Limitation] = []
  let year = frequency.periodsPerYear
  var seen = Set<Intervention>()
  let inSpan = series.flatMap(\.interventions).filter {
    $0.start <= span.upperBound && $0.start >= span.lowerBound && seen.insert($0).inserted
  }
  // Of geocoding drifts more is said than of other steps.
  for step in inSpan where step.effect == .step && step.kind != .geocodingDrift {
    if step.start > span.upperBound - 2 * year {
      recent.append(.recentStep(start: step.start, kind: step.kind, note: step.note))
    } else {
      older.append(.step(start: step.start, kind: step.kind, note: step.note))
    }
  }
  let windows = Dictionary(grouping: inSpan.filter { $0.effect != .step }, by: \.kind)
  for kind in windows.keys.sorted(by: { ($0?.rawValue ?? "") < ($1?.rawValue ?? "") }) {
    let periods = Set((windows[kind] ?? []).flatMap { $0.periods(through: span.upperBound) })
      .filter { period in series.contains { $0.observed[period] != nil } }.sorted()
    guard !periods.isEmpty else { continue }
    let lastYear = periods.filter { $0 > span.upperBound - year }
    if !lastYear.isEmpty {
      recent.append(.untypicalLastYear(periods: lastYear, kind: kind, frequency: frequency))
    }
    older.append(.unlearnt(periods: periods, kind: kind))
  }
  struct Named: Hashable {
    let kind: Intervention.Kind?
    let note: String
  }
  let met = Set(series.flatMap(\.interventions).map { Named(kind: $0.kind, note: $0.note) })
  // An entry that came with the program and finds nothing to concern is nobody's slip of spelling.
  let idle = reference.breaks.entries.filter {
    !$0.isShipped && !met.contains(Named(kind: $0.kind, note: $0.printedNote))
  }
  if !idle.isEmpty { older.append(.idleBreaks(idle.map(\.id))) }
  return (recent, older)
}
