import CommunitySafety
import ExceptionDetection
import Forecasting
import Ingest
import RiskRanking
import TimeSeries

/// Everything a run found: the one value that reports, pages and files are made from.
public struct StrategicAssessment: Sendable {
  /// How it was run.
  public let configuration: AssessmentConfiguration
  /// What was understood from the inputs, at the base level.
  public let data: IngestedData
  /// Every series assessed: base level, partnerships, forces and the whole area, types and groups.
  public let series: [AssessedSeries]
  /// The areas of the run by level, in reporting order.
  public let areas: [Area]
  /// Risks of every level and kind, ranked within each.
  public let risks: [Risk]
  /// Every period judged, by level and kind, then by series in order, then by period.
  public let tests: [PeriodTest]
  /// Problems rising in several places at once.
  public let themes: [SharedTheme]
  /// What the run cannot say, and what data would let it, as plain sentences, worst first.
  public let limitations: [String]
  /// Reference data the run used.
  public let reference: ReferenceData
  /// How last year's forecast has turned out.
  public let trackRecord: TrackRecord
  /// Events among the areas of the base level and their totals, each told once.
  public let stories: [Story]
  /// How small a rise would be found in each series of the base level.
  public let detectability: [Detectability]

  /// An assessment.
  public init(
    configuration: AssessmentConfiguration, data: IngestedData, series: [AssessedSeries], areas: [Area],
    risks: [Risk], tests: [PeriodTest], themes: [SharedTheme], limitations: [String], reference: ReferenceData,
    trackRecord: TrackRecord = .notPossible(reason: "it was not looked into"), stories: [Story] = [],
    detectability: [Detectability] = []
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
    self.stories = stories
    self.detectability = detectability
    seriesByKey = Dictionary(series.enumerated().map { ($1.observed.key, $0) }, uniquingKeysWith: { a, _ in a })
  }

  private let seriesByKey: [SeriesKey: Int]

  /// The assessed series of a key.
  public func series(_ key: SeriesKey) -> AssessedSeries? { seriesByKey[key].map { series[$0] } }

  /// Risks of one level and kind, in rank order; those that cannot be assessed come last.
  public func risks(level: AreaLevel, groups: Bool) -> [Risk] {
    risks.filter { $0.area.level == level && $0.isGroup == groups }
  }
}

/// One series with everything found about it.
public struct AssessedSeries: Sendable {
  /// The place.
  public let area: Area
  /// The name people see for the measure or group.
  public let label: String
  /// Whether it is a group of measures.
  public let isGroup: Bool
  /// The history as recorded.
  public let observed: Series
  /// The forecast; nil if there is nothing to forecast from.
  public let forecast: SeriesForecast?
  /// The interventions that concern it.
  public let interventions: [Intervention]
  /// The tests of its latest periods, oldest first.
  public let tests: [PeriodTest]

  /// An assessed series.
  public init(
    area: Area, label: String, isGroup: Bool, observed: Series, forecast: SeriesForecast?,
    interventions: [Intervention], tests: [PeriodTest]
  ) {
    self.area = area
    self.label = label
    self.isGroup = isGroup
    self.observed = observed
    self.forecast = forecast
    self.interventions = interventions
    self.tests = tests
  }
}

/// A problem that is likely to rise in several places: a county-wide theme rather than several local ones.
public struct SharedTheme: Sendable, Hashable {
  /// The measure's label.
  public let label: String
  /// The measure.
  public let measure: String
  /// Areas in which a rise of 10 % or more is at least a realistic possibility, highest probability first.
  public let areas: [String]
  /// Areas assessed.
  public let assessed: Int

  /// A theme.
  public init(label: String, measure: String, areas: [String], assessed: Int) {
    self.label = label
    self.measure = measure
    self.areas = areas
    self.assessed = assessed
  }
}
