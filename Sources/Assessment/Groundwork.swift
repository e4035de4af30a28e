import CommunitySafety
import Diagnostics
import ExceptionDetection
import Forecasting
import Ingest
import RiskRanking
import TimeSeries

/// What every part of a run stands on: its data and their totals, what is known of its measures, and the breaks that concern each series.
struct Groundwork {
  /// What was known at the end of the configuration's `asOf`.
  let data: IngestedData
  /// The files under `Models/`, with the groups that the data have of themselves and the scoring profile that was asked for first.
  let reference: ReferenceData
  /// The harm weights that were asked for.
  let weights: HarmWeights
  /// The series by level and kind.
  let panels: AggregatedPanels
  /// Measures that may have changed their names.
  let renames: Renames
  /// The breaks of each series.
  let interventions: Interventions
  /// Records without a place used the other way; nil where nothing is known of any.
  let choice: UnallocatedChoice?
  private let configuration: AssessmentConfiguration

  /// Reads what a run stands on out of its inputs and options.
  ///
  /// - Parameter addsUp: whether totals and groups are made (``AggregatedPanels``).
  /// - Throws: ``HorizonError`` if the configuration names a break or harm weights that do not exist, the areas do not add
  ///   up, or nothing is left to assess.
  init(_ everything: IngestedData, _ assessor: Assessor, addsUp: Bool = true) throws {
    configuration = assessor.configuration
    data = configuration.asOf.map { everything.asOf($0) } ?? everything
    var reference = assessor.reference
    reference.measures = reference.measures.withDetectedGroups(among: data.panel.measures)
    weights = try assessor.harmWeights()
    reference.scoringSchemes = try assessor.scoringSchemes()
    self.reference = reference
    panels = try AggregatedPanels(data, measures: reference.measures, areas: reference.areas, addsUp: addsUp)
    guard !panels.layers.isEmpty else {
      throw HorizonError(
        .data, "there is no series to assess", remedy: "Check --areas and --as-of against `horizon series`")
    }
    renames = Renames(data.panel)
    let breaks = try BreakLookup(
      reference, places: panels.places, frequency: data.panel.frequency, without: configuration.withoutBreaks)
    let totals = data.panel.measures.map { SeriesKey(area: Assessor.wholeAreaName, measure: $0) }
    interventions = breaks.interventions(panels.layers.flatMap { $0.panel.series.map(\.key) } + totals)
    choice = UnallocatedChoice(data, panels.places, measures: reference.measures)
  }

  /// Levels of the inputs' own areas.
  var home: Set<AreaLevel> { Set(data.areas.values.map(\.level)).subtracting([.residual]) }

  /// Series whose measures' shocks hold for totals too: those of the level with most.
  var relatives: [Series] {
    panels.layers.filter { Assessor.isRanked($0.level) && !$0.isGroup }.map(\.panel.series).max { $0.count < $1.count }
      ?? []
  }

  /// A series with what was found about it.
  func assessed(
    _ series: Series, in area: Area, forecast: SeriesForecast, outlook: Outlook?, tests: [PeriodTest]
  ) -> AssessedSeries {
    var found = AssessedSeries(
      area: area, measure: measure(of: series), observed: series, forecast: forecast, outlook: outlook,
      interventions: interventions[series.key], tests: tests)
    found.opposed = choice?.opposed(series)
    found.rename = renames.rename(of: series)
    return found
  }

  /// What makes the rows of a ranking of these measures.
  func builder(_ measures: Set<MeasureID>, _ outlooks: OutlookRecord) -> RiskBuilder {
    // Once a measure: each answer goes through all cases.
    let accuracies = Dictionary(
      measures.compactMap { id in
        outlooks.accuracy(of: id, from: configuration.profile.smallestBase).map { (id, $0) }
      }, uniquingKeysWith: { first, _ in first })
    return RiskBuilder(
      reference: reference, weights: weights, configuration: configuration, accuracies: accuracies,
      partnerships: Assessor.partnerships(panels.places.all))
  }

  /// The meaning of a series: its measure's, of the kind that the data has; a series that stands alone is a measure of
  /// its own.
  func measure(of series: Series) -> Measure {
    let name = series.key.measure ?? series.key.area
    return reference.measures.measure(name, kind: series.kind, unit: data.units[name])
  }
}
