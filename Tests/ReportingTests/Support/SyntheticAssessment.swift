import Assessment
import CommunitySafety
import Ingest
import ModelFiles
import NumericCore
import TimeSeries

/// A small made-up police area, assessed by the real assessor: five districts in four partnerships, seven measures with
/// three groups, six years of which some months are missing, exceptions, a recording step, planted rises and falls.
struct SyntheticAssessment {
  var months = 72
  /// How many of the five districts there are.
  var size = 5
  var last = Period.month(2025, 12)
  var missing: Set<Period> = [.month(2020, 7), .month(2023, 11), .month(2025, 7)]
  /// Names of the districts; the first partnership has the first one's.
  var districts = ["Cherwell", "Oxford", "South Oxfordshire", "Vale of White Horse", "West Oxfordshire"]
  /// Names of the measures; of one that is replaced nothing is known.
  var measures = levels.map(\.measure)
  /// Whether the districts belong to partnerships.
  var inPartnerships = true
  /// What is made of each series.
  var change: (Series) -> Series = { $0 }
  var configure: (inout AssessmentConfiguration) -> Void = { $0.title = "Safer Oxfordshire Partnership" }

  /// The one that most suites look at, made once.
  static let standard = Task { try await SyntheticAssessment().build() }

  /// One whose latest year is mostly missing, so that no year can be compared with another; made once.
  static let notAssessable = Task {
    var synthetic = SyntheticAssessment()
    synthetic.missing.formUnion((0..<8).map { synthetic.last - $0 })
    return try await synthetic.build()
  }

  /// Measures and their mean in the first district.
  static let levels: [(measure: String, mean: Double)] = [
    ("Anti-social behaviour", 120), ("Burglary", 38), ("Public order", 55), ("Robbery", 6), ("Shoplifting", 74),
    ("Vehicle crime", 48), ("Violence and sexual offences", 240),
  ]

  private var start: Period { last - (months - 1) }

  func build() async throws -> StrategicAssessment {
    var configuration = AssessmentConfiguration()
    configuration.pathCount = 400
    configuration.extractionDate = "2026-02-03"
    configure(&configuration)
    return try await Assessor(configuration: configuration, reference: try Self.reference(), threads: 2).assess(data())
  }

  func data() -> IngestedData {
    let districts = [
      district(districts[0], "E07000177", districts[0], 161_024),
      district(districts[1], "E07000178", "Oxford City", 162_032),
      district(districts[2], "E07000179", "South and Vale", 149_092),
      district(districts[3], "E07000180", "South and Vale", 138_906),
      district(districts[4], "E07000181", "West Oxfordshire", 114_236),
    ]
    let sizes = [1, 1.7, 0.6, 0.55, 0.5]
    let series = districts.prefix(size).indices.flatMap { d in
      Self.levels.enumerated().map { m, level in
        change(history(districts[d].name, measures[m], mean: level.mean * sizes[d], seed: d * 100 + m))
      }
    }
    return IngestedData(
      kind: .policeUK, panel: Panel(frequency: .monthly, style: .yearMonth, series: series),
      areas: Dictionary(districts.prefix(size).map { ($0.name, $0) }, uniquingKeysWith: { a, _ in a }),
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
        .street(.strayRows(.init(force: "Thames Valley", month: last - 5), rows: 2)),
        .street(
          .halfLoaded(.init(force: "Thames Valley", month: .month(2022, 3)), rows: 1204, shareOfUsual: 1204 / 5240.0)),
        .street(.residual(.noLocation, rows: 17_020, of: 471_230, level: .district)),
      ])
  }

  private var cells: [CompletenessCalendar.Cell] {
    (0..<months).map { i in
      let period = start + i
      let isGone = missing.contains(period)
      let status: CompletenessCalendar.Status =
        isGone ? (period == last - 5 ? .strayRowsOnly : .absent) : period == .month(2022, 3) ? .partial : .present
      return .init(
        source: "thames-valley", period: period, status: status,
        rows: isGone ? (period == last - 5 ? 2 : 0) : status == .partial ? 1204 : 5210 + i, unlocated: isGone ? 0 : 210,
        medianRows: 5240)
    }
  }

  private func district(_ name: String, _ code: String, _ csp: String, _ population: Int) -> Area {
    Area(
      name: name, code: code, level: .district, force: "Thames Valley Police", csp: inPartnerships ? csp : nil,
      population: population)
  }

  /// Wave, trend and noise around a mean. Vehicle crime rises in West Oxfordshire and shoplifting in all places
  /// but Oxford, where it has a spike in the last month but one; burglary falls everywhere.
  private func history(_ area: String, _ measure: String, mean: Double, seed: Int) -> Series {
    var random = RandomSource(seed: UInt64(seed + 1))
    let shape = [0.92, 0.93, 0.97, 0.99, 1.03, 1.06, 1.1, 1.05, 1.01, 1.02, 0.97, 0.95]
    let values = (0..<months).map { i -> Double in
      let period = start + i
      let noise = random.uniform() + random.uniform() + random.uniform() - 1.5
      if missing.contains(period) { return .nan }
      var level = mean * shape[period.seasonIndex]
      let late = Double(max(0, i - months + 30))
      if measure == "Vehicle crime", area == "West Oxfordshire" { level *= 1 + late / 12 }
      if measure == "Burglary" { level *= 1.5 - Double(i) / Double(months) }
      if measure == "Shoplifting", area != "Oxford" { level *= 1 + late / 40 }
      if measure == "Violence and sexual offences", period >= .month(2021, 4) { level *= 1.2 }
      if period >= .month(2020, 4), period <= .month(2020, 6) { level *= 0.6 }
      if measure == "Shoplifting", area == "Oxford", period == last - 1 { level *= 1.8 }
      return max(0, (level + noise * 2 * level.squareRoot()).rounded())
    }
    return Series(key: SeriesKey(area: area, measure: measure), start: start, values: values)
  }

  /// The model files of the program, with groups that these measures make up.
  static func reference() throws -> ReferenceData {
    let groups = """
      groups:
        - name: All crime
          members: [Burglary, Public order, Robbery, Shoplifting, Vehicle crime, Violence and sexual offences]
        - name: Acquisitive crime
          members: [Burglary, Robbery, Shoplifting, Vehicle crime]
        - name: Serious acquisitive crime
          members: [Burglary, Robbery, Vehicle crime]
          proxy_reason: police.uk does not split dwelling burglary, or theft of from theft from a vehicle

      """
    let breaks = """
      breaks:
        - id: lockdown
          from: 2020-04-01
          through: 2020-06-30
          kind: COVID restriction
          note: first lockdown
          source: planted
        - id: violence
          from: 2021-04-01
          measures: [Violence and sexual offences]
          kind: recording change
          note: inspections raised the share of violence that is recorded
          source: planted

      """
    let priorities = """
      partnerships:
        - csp: Cherwell
          priorities:
            - name: Anti-social behaviour
              measures: [Anti-social behaviour]
            - name: Young people
              measures: []
            - name: Acquisitive crime
              measures: [Serious acquisitive crime, Burglary]
        - csp: Oxford City
          priorities:
            - name: Night-time economy
              measures: [Public order, Violence and sexual offences]
              note: counts at all hours
            - name: Robbery
              measures: [Robbery]
        - csp: South and Vale
          priorities:
            - name: ASB, especially repeat victims
              measures: [Anti-social behaviour]

      """
    return try ModelFileLoader.load(overrides: [
      .groupings: ("groupings.yaml", groups), .breaks: ("breaks.yaml", breaks),
      .priorities: ("priorities.yaml", priorities),
    ])
  }
}
