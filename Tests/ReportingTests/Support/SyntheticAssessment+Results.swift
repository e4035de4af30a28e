import Assessment
import CommunitySafety
import ExceptionDetection
import Forecasting
import Ingest
import NumericCore
import RiskRanking
import TimeSeries

extension SyntheticAssessment {
  /// A forecast by last year's shape, bands by the square root; tests of the last three months.
  func assess(_ place: Area, _ observed: Series, isGroup: Bool) -> AssessedSeries {
    let measure = observed.key.measure ?? ""
    let known = Self.reference([]).measures.measure(measure, kind: .count)
    let violence = Intervention(
      start: .month(2021, 4), effect: .step,
      kind: .recordingChange, note: "inspections raised the share of violence that is recorded")
    let covid = Intervention(
      start: .month(2020, 4), effect: .window(through: .month(2020, 6)), kind: .covidRestriction, note: "first lockdown"
    )
    let interventions = measure == "Violence and sexual offences" ? [covid, violence] : [covid]
    var fitted = [Double](repeating: .nan, count: observed.count)
    for i in observed.values.indices.dropFirst(12) {
      let window = observed.values[(i - 12)..<i].filter { !$0.isNaN }
      if !window.isEmpty { fitted[i] = window.reduce(0, +) / Double(window.count) }
    }
    let level = fitted.last ?? .nan
    let drift = growth(place.name, measure)
    let median = (1...12).map { level * (1 + drift * Double($0) / 12) }
    func bound(_ z: Double) -> [Double] {
      median.enumerated().map { max(0, ($1 + z * (2 * $1.squareRoot() + 0.02 * $1 * Double($0))).rounded()) }
    }
    let forecast = Forecast(
      key: observed.key, model: level < 8 ? "historic-average" : "counts", start: observed.end + 1, mean: median,
      median: median,
      intervals: [
        PredictionInterval(level: 80, lower: bound(-1.28), upper: bound(1.28)),
        PredictionInterval(level: 95, lower: bound(-1.96), upper: bound(1.96)),
      ])
    let result = SeriesForecast(
      forecast: forecast, fitted: fitted,
      fallbackReason: level < 8 ? "its counts are too small for a season of its own" : nil,
      choice: level < 8 ? nil : "lowest error over the last three years", paths: nil, adjusted: observed,
      adjustments: interventions.map {
        InterventionAdjustment(
          intervention: $0, factor: $0.effect == .step ? 1.12 : nil, logStandardError: $0.effect == .step ? 0.03 : nil)
      })
    return AssessedSeries(
      area: place, measure: known, observed: observed, forecast: hasOutlooks ? result : nil,
      outlook: outlook(observed, hasOutlooks ? forecast : nil), interventions: interventions,
      tests: (0..<3).map { test(observed, fitted, back: 2 - $0) })
  }

  private func growth(_ area: String, _ measure: String) -> Double {
    if measure == "Vehicle crime", area == "West Oxfordshire" { return 0.55 }
    if measure == "Burglary" { return -0.25 }
    var random = RandomSource(seed: 9, stream: area + measure)
    return (random.uniform() - 0.45) * 0.3
  }

  private func test(_ observed: Series, _ fitted: [Double], back: Int) -> PeriodTest {
    let i = observed.count - 1 - back
    let period = observed.start + i
    guard i >= 0, observed.values[i].isFinite, fitted[i].isFinite else {
      return PeriodTest(
        key: observed.key, period: period, observed: nil, expected: .nan, lower: .nan, upper: .nan, pValue: .nan,
        pLow: .nan, qValue: .nan, qLow: .nan, kind: .notTested, flagged: false, baseline: nil,
        reason: "the month is missing")
    }
    let expected = fitted[i]
    let spread = 2 * expected.squareRoot() + 0.08 * expected
    let z = (observed.values[i] - expected) / max(spread, 1e-9)
    let upper = 1 - normalCDF(z)
    let kind: PeriodTest.Kind = upper < 0.01 ? .spike : upper > 0.992 ? .drop : .expected
    var test = PeriodTest(
      key: observed.key, period: period, observed: observed.values[i], expected: expected,
      lower: max(0, (expected - 2.33 * spread).rounded()), upper: (expected + 2.33 * spread).rounded(), pValue: upper,
      pLow: 1 - upper, qValue: min(1, upper * 6), qLow: min(1, (1 - upper) * 6), kind: kind, flagged: upper < 0.01,
      baseline: .init(
        span: observed.start...period, periods: i, downWeighted: [], size: 40, model: "trend and two seasonal harmonics"
      ),
      reason: nil)
    test.rate = kind == .drop ? test.qLow : test.qValue
    return test
  }

  private func normalCDF(_ z: Double) -> Double {
    // Logistic stand-in: the shape is enough for a page.
    1 / (1 + exponential(-1.702 * z))
  }

  private func outlook(_ observed: Series, _ forecast: Forecast?) -> Outlook? {
    let seen = (0..<12).filter { observed[observed.end - 11 + $0] != nil }
    let past = PastComparison(observed)
    guard let forecast, past.lastYear >= 30 else { return nil }
    let median = seen.reduce(0) { $0 + forecast.median[$1] }
    let spread = 2.2 * median.squareRoot() + 0.05 * median
    return Outlook(
      matchedPeriods: seen.count, periodsInYear: 12, lastYear: past.lastYear, mean: median * 1.004,
      median: median.rounded(), lower80: (median - 1.28 * spread).rounded(),
      upper80: (median + 1.28 * spread).rounded(),
      rise: Event(direction: .rise, size: .share(0.1), horizon: 12, base: past.lastYear),
      probabilityOfRise: 1 - normalCDF((1.1 * past.lastYear - median) / spread),
      probabilityOfFall: normalCDF((0.9 * past.lastYear - median) / spread), model: forecast.model)
  }

  func risk(_ series: AssessedSeries, at place: Area) -> Risk {
    let past = PastComparison(series.observed)
    let measure = series.measure
    let isPriority = ["Anti-social behaviour", "Burglary", "Robbery"].contains(measure.name)
    return Risk(
      area: place, measure: measure,
      evidence: RiskEvidence(
        measure: measure.id, kind: .count, polarity: measure.polarity, isKnown: true, outlook: series.outlook,
        past: past,
        confidence: Confidence(
          series: series.observed, past: past, fallbackReason: series.forecast?.fallbackReason,
          interventions: series.interventions), harmPerOffence: Self.harm.weights[measure.name],
        doubts: series.outlook == nil
          ? [.notComparable(observed: past.lastYearPeriods, of: 12)]
          : measure.caveat.map { [.measureCaveat($0)] } ?? []),
      exceptions: series.tests.reversed().filter { $0.kind == .spike || $0.kind == .drop },
      priority: isPriority ? .init(name: measure.name.lowercased(), measures: [measure.id]) : nil)
  }

  func ranked(_ risks: [Risk]) -> [Risk] {
    var out: [Risk] = []
    for level in AreaLevel.allCases {
      for isGroup in [false, true] {
        let own = risks.filter { $0.area.level == level && $0.isGroup == isGroup }
        let judged = own.filter { $0.score != nil }
          .sorted { ($0.score?.total ?? 0, $1.key) > ($1.score?.total ?? 0, $0.key) }
        for (i, var risk) in judged.enumerated() {
          risk.rank = i + 1
          risk.harmRank = risk.harmPerOffence == nil ? nil : i / 2 + 1
          out.append(risk)
        }
        out += own.filter { $0.score == nil }
      }
    }
    return out
  }

  func data(_ base: [Series], districts: [Area]) -> IngestedData {
    let cells = (0..<months).map { i -> CompletenessCalendar.Cell in
      let period = last - (months - 1) + i
      let isGone = missing.contains(period)
      let status: CompletenessCalendar.Status =
        isGone ? (period == last - 5 ? .strayRowsOnly : .absent) : period == .month(2022, 3) ? .partial : .present
      return .init(
        source: "thames-valley", period: period, status: status,
        rows: isGone ? (period == last - 5 ? 2 : 0) : status == .partial ? 1204 : 5210 + i, unlocated: isGone ? 0 : 210,
        medianRows: 5240)
    }
    return IngestedData(
      kind: .policeUK,
      panel: Panel(frequency: .monthly, style: .yearMonth, series: base),
      areas: Dictionary(districts.map { ($0.name, $0) }, uniquingKeysWith: { a, _ in a }),
      completeness: CompletenessCalendar(cells: cells),
      accounting: RowAccounting(
        read: 471_230, counted: 452_100, residual: ["no location": 17_020, "district outside the force": 1_110],
        setAside: ["area not asked for": 1_000]),
      sources: [
        SourceFile(
          name: "thames-valley-2018-06-to-2025-12.zip",
          sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", bytes: 48_212_004, rows: 471_230)
      ],
      notes: [
        DataNote(
          .warning, code: "stray-rows",
          "Jul 2025 is absent for Thames Valley; 2 rows of another force are in its districts"),
        DataNote(
          .warning, code: "half-loaded",
          "Mar 2022 has 1,204 rows for Thames Valley where 5,240 are usual: counted, and reported"),
        DataNote(.information, code: "unlocated", "3.6 % of rows have no location; they count in force totals only"),
      ])
  }

  static let harm = HarmWeights(
    name: "cchi-2026", unit: "days of imprisonment", source: "Cambridge Crime Harm Index 2026, police.uk composites",
    weights: [
      "Bicycle theft": 2, "Burglary": 230, "Criminal damage and arson": 9, "Drugs": 4, "Other theft": 2,
      "Possession of weapons": 274, "Public order": 8, "Robbery": 365, "Shoplifting": 1, "Theft from the person": 2,
      "Vehicle crime": 5, "Violence and sexual offences": 160,
    ],
    unweighted: [
      "Anti-social behaviour": "no published set weighs ASB", "Other crime": "the category is too mixed to weigh",
    ])

  static func reference(_ districts: [Area]) -> ReferenceData {
    ReferenceData(
      areas: AreaRegistry(districts: []),
      measures: MeasureRegistry(
        measures: [
          Measure(
            name: "Anti-social behaviour", polarity: .lowerIsBetter, isCrime: false,
            caveat: "Recorded ASB moves with how easy it is to report, not only with behaviour")
        ]
          + levels.dropFirst().map { Measure(name: $0.0.rawValue, polarity: .lowerIsBetter, isCrime: true) },
        groups: [
          .group(name: "All crime", members: levels.map(\.0.rawValue).filter { $0 != "Anti-social behaviour" }),
          .group(name: "Acquisitive crime", members: acquisitive),
          .group(
            name: "Serious acquisitive crime", members: serious,
            proxyReason: "police.uk does not split dwelling burglary, or theft of from theft from a vehicle"),
        ]), outcomes: OutcomeClasses(detected: [], undecided: [], notDetected: []), harmWeights: [harm],
      breaks: BreakCalendar(entries: []),
      priorities: LocalPriorities(byPartnership: [
        "Cherwell": [
          .init(name: "Anti-social behaviour", measures: [MeasureID(slugOf: "Anti-social behaviour")]),
          .init(name: "Young people", measures: []),
          .init(
            name: "Acquisitive crime",
            measures: [MeasureID(slugOf: "Acquisitive crime"), MeasureID(slugOf: "Burglary")]),
        ],
        "Oxford City": [
          .init(
            name: "Night-time economy",
            measures: [MeasureID(slugOf: "Public order"), MeasureID(slugOf: "Violence and sexual offences")]),
          .init(name: "Robbery", measures: [MeasureID(slugOf: "Robbery")]), .init(name: "Exploitation", measures: []),
        ],
        "South and Vale": [
          .init(name: "ASB, especially repeat victims", measures: [MeasureID(slugOf: "Anti-social behaviour")])
        ],
        "West Oxfordshire": [
          .init(
            name: "Rural crime",
            measures: [MeasureID(slugOf: "Other theft"), MeasureID(slugOf: "Criminal damage and arson")])
        ],
      ]))
  }
}
