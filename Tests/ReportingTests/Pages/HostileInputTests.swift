import Assessment
import CommunitySafety
import Forecasting
import Ingest
import Reporting
import RiskRanking
import Testing
import TimeSeries

/// Bad input is normal input: nothing traps, and nothing in a name becomes markup.
@Suite struct HostileInputTests {
  static let names = [
    "<script>alert(1)</script>", "A & B \"quoted\" 'single'", "../../]]>\u{0}\u{7}",
    "日本", String(repeating: "long name ", count: 60),
  ]

  @Test(arguments: names) func namesAreEscapedEverywhere(name: String) async throws {
    var synthetic = SyntheticAssessment()
    synthetic.months = 20
    synthetic.size = 2
    synthetic.last = .month(2022, 12)
    synthetic.missing = [.month(2022, 7)]
    synthetic.districts[0] = name
    synthetic.measures[0] = name + " measure"
    synthetic.configure = {
      $0.pathCount = 50
      $0.title = name
      $0.marking = name
    }
    let files = PackPages(try await synthetic.build(), version: name).render()
    for file in files {
      #expect(
        file.path.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || "-./".utf8.contains($0) })
      #expect(!file.path.contains("..") && file.path.utf8.count < 240)
      guard file.path.hasSuffix(".html") else { continue }
      let page = ParsedPage(file)
      #expect(page.error == nil, "\(file.path)")
      #expect(page.all("script").isEmpty && !page.source.contains("<script"))
      #expect(Set(page.identifiers).count == page.identifiers.count)
    }
    #expect(Set(files.map(\.path)).count == files.count)
  }

  @Test func anEmptyAssessmentStillMakesAPack() {
    let empty = StrategicAssessment(
      configuration: AssessmentConfiguration(),
      data: IngestedData(
        kind: .table, panel: Panel(frequency: .monthly, style: .yearMonth, series: []), areas: [:],
        completeness: CompletenessCalendar(cells: []), accounting: RowAccounting(), sources: [], notes: []), series: [],
      areas: [], risks: [], tests: [], themes: [], limitations: [],
      reference: ReferenceData(
        areas: AreaRegistry(districts: []), measures: MeasureRegistry(measures: [], groups: []),
        outcomes: OutcomeClasses(detected: [], undecided: [], notDetected: []), harmWeights: [],
        breaks: BreakCalendar(entries: []), priorities: LocalPriorities(byPartnership: [:])))
    let files = PackPages(empty, version: "0").render()
    #expect(files.contains { $0.path == "index.html" } && files.contains { $0.path == "data-quality.html" })
    for file in files where file.path.hasSuffix(".html") { #expect(ParsedPage(file).error == nil, "\(file.path)") }
  }

  @Test(
    arguments: [
      [], [.nan, .nan, .nan], [5], [0, 0, 0, 0], [1e12, 2e12, 1e12], [.greatestFiniteMagnitude, 1], [-3, 4],
    ] as [[Double]], [Frequency.monthly, .weekly, .yearly])
  func anySeriesCanBeShown(values: [Double], frequency: Frequency) throws {
    let area = Area(name: "Somewhere", level: .unclassified)
    let key = SeriesKey(area: area.name, measure: nil)
    let start = Period(frequency, containing: CivilDate(daysSinceEpoch: 18_000))
    let series = Series(key: key, start: start, values: values)
    let extreme = values.first ?? .nan
    let forecast = Forecast(
      key: key, model: "m", start: series.end + 1, mean: [extreme, .nan], median: [extreme, .infinity],
      intervals: [PredictionInterval(level: 80, lower: [0], upper: [.nan, 1e300])])
    let outlook = Outlook(
      matchedPeriods: 0, periodsInYear: 12, lastYear: extreme, mean: .nan, median: extreme, lower80: -extreme,
      upper80: .infinity, lower95: -.infinity, upper95: .nan,
      rise: Event(direction: .rise, size: .amount(.nan), horizon: 12, base: extreme),
      probabilityOfRise: .nan, probabilityOfFall: 7, model: "m")
    let measure = Measure(name: area.name, polarity: .higherIsBetter, isCrime: true)
    var risk = Risk(
      area: area, measure: measure,
      evidence: RiskEvidence(
        measure: measure.id, kind: .count, polarity: .higherIsBetter, isKnown: true, outlook: outlook,
        past: PastComparison(lastYear: extreme, lastYearPeriods: 1, yearBefore: 0, twoYearsBefore: extreme),
        confidence: Confidence(rating: .low, reasons: []), harmPerOffence: .nan, doubts: []))
    risk.rank = 1
    let assessment = StrategicAssessment(
      configuration: AssessmentConfiguration(),
      data: IngestedData(
        kind: .table, panel: Panel(frequency: frequency, style: .yearMonth, series: [series]), areas: [area.name: area],
        completeness: CompletenessCalendar(cells: [
          .init(source: "t", period: start, status: .absent, rows: .max, unlocated: 0, medianRows: .nan)
        ]), accounting: RowAccounting(read: 1), sources: [], notes: []),
      series: [
        AssessedSeries(
          area: area, measure: measure, observed: series,
          forecast: SeriesForecast(
            forecast: forecast, fitted: [.nan, extreme], fallbackReason: "x", choice: nil, paths: nil, adjusted: series,
            adjustments: []), outlook: outlook,
          interventions: [Intervention(start: start - 30, effect: .window(through: start + 400), note: "far")],
          tests: [])
      ], areas: [area], risks: [risk], tests: [], themes: [], limitations: [.recordedOnly],
      reference: try SyntheticAssessment.reference())
    let files = PackPages(assessment, version: "0").render()
    #expect(files.contains { $0.path == "partnerships/somewhere.html" })
    for file in files where file.path.hasSuffix(".html") {
      let page = ParsedPage(file)
      #expect(page.error == nil, "\(file.path)")
      #expect(!page.source.contains(">nan") && !page.source.contains(">inf"))
    }
  }
}
