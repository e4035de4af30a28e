import Assessment
import CommunitySafety
import Ingest
import ModelFiles
import Scorecard
import TimeSeries

/// Districts of two partnerships and records without a place, from January 2016 on.
func scorecardData(
  months: Int, measures: [String], kind: MeasureKind = .count,
  lacks: (_ area: String, _ measure: String) -> Bool = { _, _ in false },
  wholes: (_ area: String, _ month: Int) -> Double = { _, _ in 100 },
  value: (_ area: String, _ measure: String, _ month: Int) -> Double
) -> IngestedData {
  let force = "Thames Valley Police"
  let areas = [
    Area(name: "Oxford", level: .district, force: force, csp: "Oxford City", population: 162_032),
    Area(name: "South Oxfordshire", level: .district, force: force, csp: "South and Vale", population: 149_092),
    Area(name: "Vale of White Horse", level: .district, force: force, csp: "South and Vale", population: 138_906),
  ]
  let series = areas.flatMap { area in
    measures.filter { !lacks(area.name, $0) }.map { measure in
      Series(
        key: SeriesKey(area: area.name, measure: measure), start: .month(2016, 1),
        values: (0..<months).map { value(area.name, measure, $0) }, kind: kind,
        denominators: kind == .proportion ? (0..<months).map { wholes(area.name, $0) } : nil)
    }
  }
  return IngestedData(
    kind: .policeUK, panel: Panel(frequency: .monthly, style: .yearMonth, series: series),
    areas: Dictionary(uniqueKeysWithValues: areas.map { ($0.name, $0) }), completeness: CompletenessCalendar(cells: []),
    accounting: RowAccounting(), sources: [], notes: [])
}

/// An assessment as the scorecard makes it, and its windows.
func scorecardAssessment(
  _ data: IngestedData, quarter: ReportingQuarter? = nil, draws: Bool = false, breaks: String? = nil,
  peersAhead: Set<String> = [], files: [ModelFile: String] = [:]
) async throws -> (assessment: StrategicAssessment, windows: ScorecardWindows) {
  guard let span = data.panel.span else { throw FixtureError.empty }
  let windows = try ScorecardWindows(quarter, of: span)
  var configuration = AssessmentConfiguration()
  configuration.asOf = windows.end
  configuration.judgedPeriods = windows.known.upperBound - windows.known.lowerBound + 1
  configuration.pathCount = 400
  var texts = files
  texts[.breaks] = breaks ?? "breaks: []\n"
  let reference = try ModelFileLoader.load(
    overrides: Dictionary(uniqueKeysWithValues: texts.map { ($0, (name: $0.fileName, text: $1)) }))
  var assessor = Assessor(configuration: configuration, reference: reference, threads: 2)
  assessor.parts = draws ? [.draws] : []
  assessor.peersAhead = peersAhead
  assessor.looksBack = false
  return (try await assessor.assess(data), windows)
}

enum FixtureError: Error { case empty }
