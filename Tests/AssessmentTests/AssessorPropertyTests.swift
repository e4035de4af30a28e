import CommunitySafety
import Ingest
import ModelFiles
import RiskRanking
import Testing
import TimeSeries

@testable import Assessment

/// What must hold of any panel: which way is up is the measure's to say, areas have no order, and more is more.
@Suite struct AssessorPropertyTests {
  private static let areas = ["Cherwell", "Oxford", "South Oxfordshire", "Vale of White Horse"]
  private static let months = 72

  /// Counts around 60 that bend over their last three years: twice as many in the first area, down by half in the second,
  /// up a little in the third, level in the last.
  private static func course(_ area: Int, _ month: Int, _ bend: Double) -> Double {
    let late = Double(max(0, month - 36)) / 36
    let season = [0.0, 1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1][month % 12]
    let wobble = Double((month * 7 + area * 5) % 11) - 5
    return (60 + season + wobble + 60 * bend * late).rounded()
  }

  private static let bends = [1, -0.5, 0.1, 0]

  private func data(
    order: [String] = areas,
    value: (String, Int, Int) -> Double = { _, area, month in
      course(area, month, bends[area])
    }
  ) -> IngestedData {
    let series = order.flatMap { name in
      ["Referrals", "Thefts"].map { measure in
        Series(
          key: SeriesKey(area: name, measure: measure), start: .month(2019, 1),
          values: (0..<Self.months).map { value(measure, Self.areas.firstIndex(of: name) ?? 0, $0) })
      }
    }
    let places = order.map { Area(name: $0, level: .district, force: "Thames Valley Police", csp: "CSP of \($0)") }
    return IngestedData(
      kind: .table, panel: Panel(frequency: .monthly, style: .yearMonth, series: series),
      areas: Dictionary(places.map { ($0.name, $0) }, uniquingKeysWith: { a, _ in a }),
      completeness: CompletenessCalendar(cells: []), accounting: RowAccounting(), sources: [], notes: [])
  }

  private func assess(_ data: IngestedData, referrals: Polarity = .higherIsBetter) async throws -> StrategicAssessment {
    var reference = try ModelFileLoader.builtIn()
    reference.breaks = BreakCalendar(entries: [])
    reference.measures = MeasureRegistry(
      measures: [
        Measure(name: "Referrals", polarity: referrals, isCrime: false),
        Measure(name: "Thefts", polarity: .lowerIsBetter, isCrime: true),
      ], groups: [])
    var configuration = AssessmentConfiguration()
    configuration.pathCount = 400
    return try await Assessor(configuration: configuration, reference: reference, threads: 2).assess(data)
  }

  private func districtRisks(_ assessment: StrategicAssessment, _ measure: String) -> [Risk] {
    Self.areas.compactMap { area in
      assessment.risks.first { $0.area.level == .district && $0.area.name == area && $0.label == measure }
    }
  }

  @Test func turningTheMeaningRoundTurnsTheAdviceAndNothingElse() async throws {
    let up = districtRisks(try await assess(data(), referrals: .higherIsBetter), "Referrals")
    let down = districtRisks(try await assess(data(), referrals: .lowerIsBetter), "Referrals")
    #expect(up.count == Self.areas.count && down.count == up.count)
    for (a, b) in zip(up, down) {
      #expect(a.outlook == b.outlook)
      let (x, y) = (try #require(a.chances), try #require(b.chances))
      #expect(x.worse == y.better && x.better == y.worse)
      let (s, t) = (try #require(a.score), try #require(b.score))
      #expect(s.expectedChange == -t.expectedChange)
      #expect(s.event == t.event.opposite)
    }
    // The area that rises is bad news where less is better, the one that falls where more is.
    #expect(down[0].recommendation == .new && up[0].recommendation == .watch)
    #expect(up[1].recommendation == .new && down[1].recommendation == .watch)
  }

  /// The course mirrored at its level, of a measure of which more is better: the same news.
  @Test func aMirroredCourseOfTheOppositeMeaningIsTheSameNews() async throws {
    let mirrored = try await assess(
      data { measure, area, month in
        let value = Self.course(area, month, Self.bends[area])
        return measure == "Referrals" ? 140 - value : value
      })
    let (thefts, referrals) = (districtRisks(mirrored, "Thefts"), districtRisks(mirrored, "Referrals"))
    for (a, b) in zip(thefts, referrals).prefix(2) {
      #expect(a.recommendation == b.recommendation, "\(a.area.name)")
      #expect((a.score?.expectedChange ?? 0) * (b.score?.expectedChange ?? 0) > 0, "\(a.area.name)")
    }
    #expect(thefts[0].recommendation == .new)
  }

  @Test func theOrderOfTheAreasChangesNothing() async throws {
    let one = try await assess(data())
    let other = try await assess(data(order: ["Vale of White Horse", "Oxford", "Cherwell", "South Oxfordshire"]))
    #expect(one.risks.map(\.key) == other.risks.map(\.key))
    #expect(one.risks.map(\.rank) == other.risks.map(\.rank))
    #expect(one.risks.map(\.outlook) == other.risks.map(\.outlook))
    #expect(one.risks.map(\.recommendation) == other.risks.map(\.recommendation))
    #expect(one.themes == other.themes)
  }

  /// A steeper course never makes a further rise less likely; draws scatter by some two points.
  @Test func aRiseAddedToASeriesDoesNotLowerItsProbabilityOfARise() async throws {
    var before = -1.0
    for bend in [0, 0.25, 0.5, 1] {
      let assessment = try await assess(
        data { _, area, month in Self.course(area, month, area == 3 ? bend : Self.bends[area]) })
      let risk = try #require(districtRisks(assessment, "Thefts").last)
      let rise = try #require(risk.outlook?.probabilityOfRise)
      #expect(rise >= before - 0.02, "bend \(bend): \(rise) after \(before)")
      before = max(before, rise)
    }
    #expect(before > 0.5)
  }
}
