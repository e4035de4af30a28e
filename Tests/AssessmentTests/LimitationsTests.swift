import CommunitySafety
import Ingest
import ModelFiles
import RiskRanking
import Testing
import TimeSeries

@testable import Assessment

/// What a run cannot say: each code where it belongs, and nowhere else.
@Suite struct LimitationsTests {
  private let first = Period.month(2020, 1)

  private func series(
    _ values: [Double], measure: Measure = Measure(name: "Burglary", polarity: .lowerIsBetter, isCrime: true),
    _ interventions: [Intervention] = []
  ) -> AssessedSeries {
    AssessedSeries(
      area: Area(name: "Oxford", level: .district), measure: measure,
      observed: Series(key: SeriesKey(area: "Oxford", measure: measure.label), start: first, values: values),
      forecast: nil, outlook: nil, interventions: interventions, tests: [])
  }

  private func found(
    _ series: [AssessedSeries], cells: [CompletenessCalendar.Cell] = [], notes: [DataNote] = [], risks: [Risk] = [],
    breaks: [BreakCalendar.Entry] = [], saysWhatGroupsLack: Bool = false
  ) throws -> [Limitation] {
    var reference = try ModelFileLoader.builtIn()
    reference.breaks = BreakCalendar(entries: breaks)
    let data = IngestedData(
      kind: .policeUK, panel: Panel(frequency: .monthly, style: .yearMonth, series: series.map(\.observed)),
      areas: [:], completeness: CompletenessCalendar(cells: cells), accounting: RowAccounting(), sources: [],
      notes: notes)
    // One measure is never all of its groups.
    return limitations(
      data: data, series: series, risks: risks, reference: reference, profile: ScoringProfile()
    ).filter { if case .groupsLacking = $0 { saysWhatGroupsLack } else { true } }
  }

  @Test func aGroupThatNoSourceHasWholeSaysWhatItLacks() throws {
    let limits = try found([series(flat(60))], saysWhatGroupsLack: true)
    guard case .groupsLacking(let groups) = limits.first else {
      Issue.record("\(limits)")
      return
    }
    let acquisitive = try #require(groups.first { $0.total == "Serious acquisitive crime (proxy)" })
    #expect(acquisitive.absent == ["Robbery", "Vehicle crime"])
    #expect(!groups.contains { $0.total.contains("Violence") }, "of a group that has nothing there nothing is said")
  }

  private func flat(_ months: Int) -> [Double] { [Double](repeating: 10, count: months) }

  @Test func aRunWithoutAnythingAmissSaysOneThing() throws {
    #expect(try found([series(flat(60))]) == [.recordedOnly])
  }

  @Test func threeYearsAreEnough() throws {
    #expect(try found([series(flat(36))]) == [.recordedOnly])
    #expect(
      try found([series(flat(35))]).first
        == .shortHistory(longest: 35, hasGaps: false, needed: 36, frequency: .monthly))
    var gaps = flat(36)
    gaps[4] = .nan
    #expect(
      try found([series(gaps)]).first == .shortHistory(longest: 35, hasGaps: true, needed: 36, frequency: .monthly))
  }

  @Test func periodsThatAreNotThereAreNamedBySource() throws {
    func cell(_ source: String, _ month: Int, _ status: CompletenessCalendar.Status) -> CompletenessCalendar.Cell {
      .init(source: source, period: first + month, status: status, rows: 1, unlocated: 0, medianRows: 9)
    }
    let limits = try found(
      [series(flat(60))],
      cells: [
        cell("thames-valley", 5, .absent), cell("thames-valley", 3, .strayRowsOnly), cell("thames-valley", 4, .present),
        cell("thames-valley", 9, .partial),
      ])
    #expect(
      limits == [
        .absent([.init(source: "Thames Valley", periods: [first + 3, first + 5])], frequency: .monthly),
        .partial([.init(source: "Thames Valley", periods: [first + 9])], frequency: .monthly), .recordedOnly,
      ])
  }

  @Test func lateReportsComeFromTheNoteOfTheirCode() throws {
    let known = VintageNote.Known(first + 59, least: 0.62, greatest: 0.8)
    let notes: [DataNote] = [
      .vintages(.lateReports([known], frequency: .monthly)), .vintages(.otherVintages(2, of: .value)),
    ]
    #expect(
      try found([series(flat(60))], notes: notes) == [.lateReports([known], frequency: .monthly), .recordedOnly])
  }

  @Test func anUnknownMeasureIsNamedOnce() throws {
    let zebra = Measure.unknown("Zebra crossings", kind: .count)
    #expect(
      try found([series(flat(60), measure: zebra), series(flat(60), measure: zebra), series(flat(60))])
        == [.unknownMeasures(["Zebra crossings"], isRanked: false), .recordedOnly])
  }

  @Test func aProxyIsSaidOnce() throws {
    let proxy = try #require(try ModelFileLoader.builtIn().measures.measure(named: "Serious acquisitive crime"))
    let limits = try found([series(flat(60), measure: proxy)])
    #expect(limits == [.proxy(label: proxy.label, reason: proxy.proxyReason ?? ""), .recordedOnly])
  }

  @Test func aStepIsRecentForTwoYears() throws {
    func step(_ back: Int) -> Intervention {
      Intervention(start: first + (59 - back), effect: .step, kind: .recordingChange, note: "n")
    }
    #expect(
      try found([series(flat(60), [step(23)])])
        == [.recentStep(start: first + 36, kind: .recordingChange, note: "n"), .recordedOnly])
    #expect(
      try found([series(flat(60), [step(24)])])
        == [.step(start: first + 35, kind: .recordingChange, note: "n"), .recordedOnly])
    // What begins before the data or after it concerns none of it.
    #expect(try found([series(flat(60), [step(60), step(-1)])]) == [.recordedOnly])
  }

  @Test func aWindowIsNamedForWhatTheDataHoldsOfIt() throws {
    func window(_ start: Int, _ end: Int) -> Intervention {
      Intervention(
        start: first + start, effect: .window(through: first + end), kind: .covidRestriction, note: "n")
    }
    #expect(
      try found([series(flat(60), [window(3, 4)])])
        == [.unlearnt(periods: [first + 3, first + 4], kind: .covidRestriction), .recordedOnly])
    #expect(
      try found([series(flat(60), [window(47, 48)])])
        == [
          .untypicalLastYear(periods: [first + 48], kind: .covidRestriction, frequency: .monthly),
          .unlearnt(periods: [first + 47, first + 48], kind: .covidRestriction), .recordedOnly,
        ])
  }

  /// Nothing could be learnt from a month of which there is no figure anyway.
  @Test func ofAWindowOnlyMonthsWithFiguresAreNamed() throws {
    let window = Intervention(
      start: first + 3, effect: .window(through: first + 5), kind: .covidRestriction, note: "n")
    var values = flat(60)
    values[4] = .nan
    #expect(
      try found([series(values, [window])])
        == [.unlearnt(periods: [first + 3, first + 5], kind: .covidRestriction), .recordedOnly])
    for i in 3...5 { values[i] = .nan }
    #expect(try found([series(values, [window])]) == [.recordedOnly])
  }

  @Test func entriesThatConcernNothingAreNamed() throws {
    let day = first.firstDay
    let met = Intervention(start: first + 1, effect: .step, kind: .recordingChange, note: "met")
    func entry(_ id: String, _ note: String) -> BreakCalendar.Entry {
      .init(id: id, from: day, through: nil, areas: nil, measures: nil, kind: .recordingChange, note: note)
    }
    let limits = try found([series(flat(60), [met])], breaks: [entry("a", "met"), entry("b", "misspelt")])
    #expect(limits.contains(.idleBreaks(["b"])))
    // Of one that came with the program nobody has misspelt anything.
    let shipped = BreakCalendar(entries: [entry("b", "of other places")]).asBuiltIn.entries
    let others = try found([series(flat(60), [met])], breaks: [entry("a", "met")] + shipped)
    #expect(!others.contains { if case .idleBreaks = $0 { true } else { false } })
  }

  @Test func smallAndIncomparableSeriesAreCounted() throws {
    func risk(
      _ level: AreaLevel, lastYear: Double, hasOutlook: Bool = true, kind: MeasureKind = .count, isGroup: Bool = false
    ) -> Risk {
      let measure = Measure(
        name: "Burglary", kind: kind, polarity: .lowerIsBetter, isCrime: true, members: isGroup ? [] : nil)
      let outlook = Outlook(
        matchedPeriods: 12, periodsInYear: 12, lastYear: lastYear, mean: lastYear, median: lastYear, lower80: 0,
        upper80: 0, lower95: 0, upper95: 0,
        rise: Event(direction: .rise, size: .share(0.1), horizon: 12, base: lastYear),
        probabilityOfRise: 0, probabilityOfFall: 0, model: "given")
      let past = PastComparison(lastYear: lastYear, lastYearPeriods: 12, yearBefore: nil, twoYearsBefore: nil)
      return Risk(
        area: Area(name: "A", level: level), measure: measure,
        evidence: RiskEvidence(
          measure: measure.id, kind: kind, polarity: .lowerIsBetter, isKnown: true,
          outlook: hasOutlook ? outlook : nil, past: past, confidence: Confidence(rating: .high, reasons: []),
          harmPerOffence: nil, doubts: []))
    }
    let limits = try found(
      [series(flat(60))],
      risks: [
        risk(.district, lastYear: 29), risk(.district, lastYear: 30), risk(.csp, lastYear: 29),
        risk(.district, lastYear: 5, hasOutlook: false), risk(.whole, lastYear: 5, hasOutlook: false),
        // Totals and groups are made of the same series; a share of 0.2 is not a count of less than 30.
        risk(.force, lastYear: 5, hasOutlook: false), risk(.district, lastYear: 5, hasOutlook: false, isGroup: true),
        risk(.district, lastYear: 0.2, kind: .proportion), risk(.district, lastYear: 5, isGroup: true),
      ])
    #expect(limits == [.notAssessable(series: 1), .smallCounts(series: 1, below: 30), .recordedOnly])
  }
}
