import CommunitySafety
import Ingest
import ModelFiles
import RiskRanking
import Testing
import TimeSeries

@testable import Assessment

/// A change in the share of records without a place, from the counts of a force to what is said of its places.
@Suite struct GeocodingTests {
  private static let force = "Thames Valley Police"
  private static let names = ["Cherwell", "Oxford", "South Oxfordshire", "Vale of White Horse"]

  /// Two types over five years; each district has 200 records a month with a place, growing by `growth` a month, of which
  /// `lost` a month are without one.
  private func data(
    growth: Double = 0, keepsUnlocated: Bool = true, isShared: Bool = false, types: [String] = ["Burglary", "Drugs"],
    lost: (Int) -> Double
  ) -> IngestedData {
    let months = 60
    func full(_ month: Int) -> Double { (200 + growth * Double(month)).rounded() }
    func gone(_ month: Int) -> Double { (full(month) * lost(month)).rounded() }
    var areas = Self.names.map {
      Area(name: $0, level: .district, force: Self.force, csp: $0.contains("O") || $0 == "Cherwell" ? $0 : "Vale")
    }
    let residual = Area(name: "\(Self.force): no location", level: .residual, force: Self.force)
    if keepsUnlocated && !isShared { areas.append(residual) }
    let series = areas.flatMap { area in
      types.map { type in
        Series(
          key: SeriesKey(area: area.name, measure: type), start: .month(2020, 1),
          values: (0..<months).map {
            area.level == .residual
              ? gone($0) * Double(Self.names.count) : isShared ? full($0) : full($0) - gone($0)
          })
      }
    }
    let counts = types.map { type in
      UnallocatedRows.Count(
        force: "thames-valley", forceName: Self.force, type: type, start: .month(2020, 1),
        rows: (0..<months).map { Int(full($0)) * 4 }, unallocated: (0..<months).map { Int(gone($0)) * 4 })
    }
    let shares = Dictionary(
      uniqueKeysWithValues: Self.names.flatMap { name in
        types.map { (SeriesKey(area: name, measure: $0), (0..<months).map { Int(gone($0)) }) }
      })
    return IngestedData(
      kind: .policeUK, panel: Panel(frequency: .monthly, style: .yearMonth, series: series),
      areas: Dictionary(uniqueKeysWithValues: areas.map { ($0.name, $0) }),
      completeness: CompletenessCalendar(cells: []), accounting: RowAccounting(), sources: [], notes: [],
      unallocated: UnallocatedRows(
        counts: counts, start: .month(2020, 1), shares: shares, isShared: isShared,
        forcesKept: keepsUnlocated ? [Self.force] : []))
  }

  private func assess(_ data: IngestedData) async throws -> StrategicAssessment {
    var reference = try ModelFileLoader.builtIn()
    reference.breaks = BreakCalendar(
      entries: data.unallocated?.isShared == true ? [] : data.geocodingDrifts.map(\.breakEntry))
    var configuration = AssessmentConfiguration()
    configuration.pathCount = 100
    return try await Assessor(configuration: configuration, reference: reference, threads: 2).assess(data)
  }

  private func drift(_ month: Int) -> Double { month < 40 ? 0.10 : 0.02 }

  @Test func aDriftIsAStepOfThePlacesThatLeaveTheseRecordsOut() throws {
    let data = data(lost: drift)
    var reference = try ModelFileLoader.builtIn()
    reference.breaks = BreakCalendar(entries: data.geocodingDrifts.map(\.breakEntry))
    let lookup = try BreakLookup(
      reference, areas: data.areas.keys.sorted().compactMap { data.areas[$0] }, frequency: .monthly, without: [])
    func steps(_ area: String, _ measure: String = "Burglary") -> [Period] {
      lookup(SeriesKey(area: area, measure: measure)).map(\.start)
    }
    for name in Self.names { #expect(steps(name) == [.month(2023, 5)]) }
    #expect(steps("Vale") == [.month(2023, 5)] && steps("\(Self.force): no location") == [.month(2023, 5)])
    // The whole holds the records with a place and those without.
    #expect(steps("All areas").isEmpty)
    #expect(steps("Oxford", "Robbery").isEmpty)
    #expect(throws: Never.self) {
      try BreakLookup(
        reference, areas: [], frequency: .monthly, without: ["geocoding-thames-valley-2023-05"])
    }
  }

  /// Where the records without a place were not asked for, the whole of the districts is as broken as each.
  @Test func withoutTheseRecordsTheWholeIsBrokenToo() throws {
    let data = data(keepsUnlocated: false, lost: drift)
    var reference = try ModelFileLoader.builtIn()
    reference.breaks = BreakCalendar(entries: data.geocodingDrifts.map(\.breakEntry))
    let lookup = try BreakLookup(
      reference, areas: data.areas.keys.sorted().compactMap { data.areas[$0] }, frequency: .monthly, without: [])
    #expect(lookup(SeriesKey(area: "All areas", measure: "Burglary")).map(\.start) == [.month(2023, 5)])
  }

  @Test(arguments: [true, false]) func beforeAndAfterStandBesideEachOther(isShared: Bool) async throws {
    let assessment = try await assess(data(keepsUnlocated: false, isShared: isShared, lost: drift))
    let oxford = try #require(assessment.geocoding.first { $0.area.name == "Oxford" && $0.measure == nil })
    #expect(oxford.setAside == .init(before: 360, after: 392) && oxford.sharedOut == .init(before: 400, after: 400))
    #expect(!oxford.isOpposed && oxford.calendarMonths == Array(1...12))
    let whole = try #require(assessment.geocoding.first { $0.area.level == .whole && $0.measure == "Drugs" })
    #expect(whole.setAside == .init(before: 720, after: 784))
    guard case .geocodingDrift(let drift, of: let example, isShared: let said) = assessment.limitations.first else {
      Issue.record("a drift of the last two years comes first")
      return
    }
    #expect(drift.after.lowerBound == .month(2023, 5) && example?.place == "All areas" && said == isShared)
  }

  /// The records with a place rise because more of them have one, while there are fewer of all.
  @Test func aChangeThatGoesBothWaysIsMarkedAndIsNoTrend() async throws {
    // The share moves between the last year and the year before: the places' counts rise by 4 %, the records fall by 4 %.
    let assessment = try await assess(data(growth: -0.7, lost: { $0 < 48 ? 0.12 : 0.02 }))
    let risk = try #require(
      assessment.risks.first { $0.area.name == "Oxford" && $0.label == "Burglary" && $0.area.level == .district })
    let doubts = risk.evidence.doubts.compactMap { doubt -> (Double, Double)? in
      if case .dependsOnUnallocated(let setAside, let sharedOut) = doubt { (setAside, sharedOut) } else { nil }
    }
    let (setAside, sharedOut) = try #require(doubts.first)
    #expect(setAside > 0 && sharedOut < 0)
    #expect([Recommendation.notAssessable, .watch].contains(risk.recommendation))
    #expect(
      assessment.limitations.contains { if case .unallocatedChoice(let series) = $0 { series >= 8 } else { false } })
    let opposed = try #require(assessment.geocoding.first { $0.area.name == "Oxford" && $0.measure == "Burglary" })
    #expect(opposed.setAside.before < opposed.setAside.after || opposed.sharedOut.before > opposed.sharedOut.after)
  }

  @Test func withoutADriftNothingIsSaid() async throws {
    let assessment = try await assess(data(lost: { _ in 0.05 }))
    #expect(assessment.geocoding.isEmpty)
    #expect(
      !assessment.limitations.contains {
        switch $0 {
        case .geocodingDrift, .unallocatedChoice: true
        default: false
        }
      })
    #expect(
      !assessment.risks.contains {
        $0.evidence.doubts.contains { if case .dependsOnUnallocated = $0 { true } else { false } }
      })
  }
}
