import CommunitySafety
import ExceptionDetection
import Forecasting
import Ingest
import RiskRanking
import TimeSeries

/// Everything a run found: the one value that reports, pages and files are made from.
public struct StrategicAssessment: Sendable {
  /// How it was run.
  public var configuration: AssessmentConfiguration
  /// What was understood from the inputs, at the base level.
  public let data: IngestedData
  /// Every series assessed, once: base level, partnerships, forces and the whole area, types and groups. A partnership of
  /// one district is that district, say: ``series(_:)`` finds it by either name.
  public let series: [AssessedSeries]
  /// The areas of the run by level, in reporting order; a place with several names under each.
  public let areas: [Area]
  /// Risks of every level and kind, ranked within each. A place that has a name at two levels has a row in both rankings.
  public let risks: [Risk]
  /// Every period judged, by level and kind, then by series in order, then by period.
  public let tests: [PeriodTest]
  /// Problems that may get worse in several places at once.
  public let themes: [SharedTheme]
  /// What the run cannot say, and what data would let it, worst first.
  public internal(set) var limitations: [Limitation]
  /// Reference data the run used.
  public let reference: ReferenceData
  /// How last year's forecast has turned out.
  public let trackRecord: TrackRecord
  /// What past outlooks on its measures came to.
  public let outlookRecord: OutlookRecord
  /// Events among the areas of the base level and their totals, each told once.
  public let stories: [Story]
  /// How small a rise would be found in each series of the base level.
  public let detectability: [Detectability]
  /// Another footprint beside that of the run; nil for none.
  public var beside: FootprintComparison?
  /// Where within each district its problems lie; nil where that was not looked into.
  public var places: PlacesWithin?
  /// The places of the run and their peers by rate, each measure for itself; empty where there are too few to compare.
  public var peers: [PeerStanding] = []
  /// Forecasts of peers, of the measures that they were asked for (``Assessor/peersAhead``).
  public var peerFutures: [PeerFutures] = []
  /// What adds up to what, and the names of each place.
  public let hierarchy: Hierarchy
  /// Places before and after each change in the share of records without a place.
  public let geocoding: [GeocodingComparison]

  /// An assessment.
  public init(
    configuration: AssessmentConfiguration, data: IngestedData, series: [AssessedSeries], areas: [Area],
    risks: [Risk], tests: [PeriodTest], themes: [SharedTheme], limitations: [Limitation], reference: ReferenceData,
    trackRecord: TrackRecord = .notPossible(reason: "it was not looked into"),
    outlookRecord: OutlookRecord = OutlookRecord(origins: [], cases: []), stories: [Story] = [],
    detectability: [Detectability] = [], hierarchy: Hierarchy = Hierarchy(), geocoding: [GeocodingComparison] = []
  ) {
    self.configuration = configuration
    self.data = data
    self.series = series
    self.areas = areas
    self.risks = risks
    self.tests = tests
    self.themes = themes
    self.limitations = limitations
    self.reference = reference
    self.trackRecord = trackRecord
    self.outlookRecord = outlookRecord
    self.stories = stories
    self.detectability = detectability
    self.hierarchy = hierarchy
    self.geocoding = geocoding
    areasByName = Dictionary(areas.map { ($0.memberName, $0) }, uniquingKeysWith: { first, _ in first })
    seriesByKey = Dictionary(series.enumerated().map { ($1.observed.key, $0) }, uniquingKeysWith: { a, _ in a })
  }

  private let seriesByKey: [SeriesKey: Int]
  private let areasByName: [HierarchyDimension.Name: Area]

  /// The assessed series of a key, by any of its names.
  public func series(_ key: SeriesKey) -> AssessedSeries? {
    (seriesByKey[key] ?? hierarchy.node(key).flatMap { seriesByKey[hierarchy.nodes[$0].key] }).map { series[$0] }
  }

  /// Every name of the place that goes by this one, as areas of the run, the one that has its results first: of a district
  /// that is a partnership, the district and the partnership. None for a name that no area has.
  public func names(of place: String) -> [Area] {
    guard let member = hierarchy.areas.member(named: place) else { return [] }
    return ([member.name] + member.aliases).compactMap { areasByName[$0] }
  }

  /// Whether an area is but another name of a place, whose results are kept under its own.
  public func isOtherName(_ area: Area) -> Bool {
    hierarchy.areas.index(of: area.memberName).map { hierarchy.areas.members[$0].name != area.memberName } ?? false
  }

  /// Risks of one level and family, in rank order; those without a rank come last.
  ///
  /// - Parameter kind: of measure; nil for all of them, one after another: kinds are never ranked against each other.
  public func risks(level: AreaLevel, groups: Bool, kind: MeasureKind? = nil) -> [Risk] {
    risks.filter { $0.area.level == level && $0.isGroup == groups && (kind == nil || $0.evidence.kind == kind) }
  }

  /// The level page one ranks: authorities of a footprint or partnerships where there are any, else districts, else the
  /// areas as they came.
  public var headlineLevel: AreaLevel { StrategicAssessment.headlineLevel(of: risks) }

  static func headlineLevel(of risks: [Risk]) -> AreaLevel {
    [.authority, .csp, .district, .unclassified, .force, .ward, .lsoa].first { level in
      risks.contains { $0.area.level == level && !$0.isGroup }
    } ?? .whole
  }

  /// The kind of measure page one ranks: counts where there are any, else shares, else values.
  public var headlineKind: MeasureKind {
    MeasureKind.allCases.first { !risks(level: headlineLevel, groups: false, kind: $0).isEmpty } ?? .count
  }

  /// First and last period of what was assessed.
  public var span: ClosedRange<Period>? {
    let observed = series.map(\.observed).filter { $0.count > 0 }
    guard let start = observed.map(\.start).min(), let end = observed.map(\.end).max() else { return nil }
    return start...end
  }
}

/// One series with everything found about it.
public struct AssessedSeries: Sendable {
  /// The place.
  public let area: Area
  /// The measure or group.
  public let measure: Measure
  /// The history as recorded.
  public let observed: Series
  /// The forecast, without its joint draws; nil if there is nothing to forecast from.
  public let forecast: SeriesForecast?
  /// The next year against the last; nil where they cannot be compared.
  public let outlook: Outlook?
  /// The interventions that concern it.
  public let interventions: [Intervention]
  /// The tests of its latest periods, oldest first.
  public let tests: [PeriodTest]
  /// Last year's change with records without a place set aside and with them shared out, where the one is a rise and the
  /// other a fall.
  var opposed: OpposedChanges?
  /// The renaming that its measure may be part of.
  var rename: PossibleRename?

  /// An assessed series.
  public init(
    area: Area, measure: Measure, observed: Series, forecast: SeriesForecast?, outlook: Outlook?,
    interventions: [Intervention], tests: [PeriodTest]
  ) {
    self.area = area
    self.measure = measure
    self.observed = observed
    self.forecast = forecast
    self.outlook = outlook
    self.interventions = interventions
    self.tests = tests
  }

  /// When the series began and ended, as far as it tells.
  public var lifespan: Lifespan { forecast?.lifespan ?? Lifespan() }
  /// The name people see for the measure or group.
  public var label: String { measure.label }
  /// Whether it is a group of measures.
  public var isGroup: Bool { measure.isGroup }
}
