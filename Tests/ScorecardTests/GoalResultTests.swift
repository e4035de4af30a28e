import Assessment
import CommunitySafety
import Diagnostics
import Foundation
import Testing
import TimeSeries

@testable import Scorecard

@Suite struct GoalResultTests {
  /// Steady counts to the end of December: nine months of the year 2025/26 are known.
  private static let made = Task {
    var random = SeededCounts(seed: 8)
    let data = scorecardData(months: 120, measures: ["Burglary", "Robbery"]) { _, _, _ in
      random.draw(mean: 50, scatter: 1.3)
    }
    return try await scorecardAssessment(data, draws: true)
  }

  private func goal(
    _ figure: MeasureGoal.Figure = .count, _ side: MeasureGoal.Side = .atMost, _ value: Double, area: String? = nil,
    baseline: MeasureGoal.Baseline? = nil, measure: String = "Burglary", from: Period = .month(2025, 4),
    months: Int = 12
  ) -> MeasureGoal {
    MeasureGoal(
      measure: measure, area: area, figure: figure, side: side, value: value, baseline: baseline,
      months: from.ordinal...(from.ordinal + months - 1), by: "2025/26", wording: "", line: 7)
  }

  private func result(_ goal: MeasureGoal) async throws -> GoalResult {
    let (assessment, windows) = try await Self.made.value
    return try GoalResult(goal, assessment, windows, file: "targets.yaml")
  }

  /// What is known and what is foreseen make the whole: the probability falls as the target is harder.
  @Test func theProbabilityIsOfTheRemainder() async throws {
    let open = try await result(goal(.count, .atMost, 1800))
    #expect(open.knownPeriods == 9 && open.remainingPeriods == 3 && open.readings.count == 1)
    let known = try #require(open.known)
    #expect(known > 1200 && known < 1500 && open.mean > known && (open.lower...open.upper).contains(open.median))
    let median = try await result(goal(.count, .atMost, open.median)).readings[0].probability
    #expect(abs(median - 0.5) < 0.1)
    let hard = try await result(goal(.count, .atMost, open.lower)).readings[0].probability
    let easy = try await result(goal(.count, .atMost, open.upper)).readings[0].probability
    #expect(abs(hard - 0.1) < 0.05 && abs(easy - 0.9) < 0.05)
    let other = try await result(goal(.count, .atLeast, open.lower)).readings[0].probability
    #expect(hard + other >= 1)
    let needed = try #require(open.neededRate)
    #expect(abs(needed - (1800 - known) / 3) < 1e-9)
  }

  /// The target of everywhere is of the sum of the places' draws: it is coherent with theirs.
  @Test func placesAddUpInEveryDraw() async throws {
    let whole = try await result(goal(.count, .atMost, 1800))
    var (known, mean) = (0.0, 0.0)
    for area in ["Oxford", "South Oxfordshire", "Vale of White Horse"] {
      let part = try await result(goal(.count, .atMost, 600, area: area))
      known += part.known ?? .nan
      mean += part.mean
    }
    #expect(whole.known == known && abs(whole.mean - mean) < 1e-6)
    let partnership = try await result(goal(.count, .atMost, 600, area: "Oxford City"))
    #expect(partnership.series.area.name == "Oxford")
  }

  @Test func moreThanTheTargetAlreadyIsMissedWhateverComes() async throws {
    let missed = try await result(goal(.count, .atMost, 500)).readings[0]
    #expect(missed.settled == false && missed.probability == 0)
    let met = try await result(goal(.count, .atLeast, 500)).readings[0]
    #expect(met.settled == true && met.probability == 1)
    let over = try await result(goal(.count, .atMost, 5000, from: .month(2024, 4))).readings[0]
    #expect(over.settled == true && over.probability == 1)
  }

  @Test func aChangeIsOfItsBaseline() async throws {
    let result = try await result(goal(.change, .atMost, -0.05, baseline: .year(2024)))
    let (assessment, _) = try await Self.made.value
    let whole = try #require(assessment.series(SeriesKey(area: Assessor.wholeAreaName, measure: "Burglary"))).observed
    let base = (0..<12).reduce(0) { $0 + (whole[.month(2024, 4) + $1] ?? .nan) }
    #expect(result.base == base && abs(result.threshold - 0.95 * base) < 1e-9)
    let agreed = try await self.result(goal(.change, .atMost, -0.05, baseline: .number(1000)))
    #expect(agreed.threshold == 950)
  }

  @Test func aRateIsForAThousandResidents() async throws {
    let result = try await result(goal(.rate, .atMost, 4, area: "Oxford"))
    #expect(abs(result.threshold - 4 * 162.032) < 1e-9)
  }

  /// "Not below 10 %" does not say which side is meant: both are shown, and they are each other's opposite.
  @Test func whatTheWordingLeavesOpenIsShownBothWays() async throws {
    let both = try await result(goal(.count, .ask, 1800)).readings
    #expect(both.map(\.side) == [.atMost, .atLeast])
    #expect(both[0].probability + both[1].probability >= 1)
  }

  @Test(
    arguments: [
      ("Arson", nil, 12, "no measure 'Arson'"), ("Burglary", "Bath", 12, "no figures of a place 'Bath'"),
      ("Burglary", nil, 36, "further ahead"),
    ] as [(String, String?, Int, String)])
  func whatCannotBeMeasuredIsAnErrorWithItsLine(_ measure: String, _ area: String?, _ months: Int, _ words: String)
    async throws
  {
    let wanted = goal(.count, .atMost, 10, area: area, measure: measure, months: months)
    let error = await #expect(throws: HorizonError.self) { try await result(wanted) }
    #expect(error?.location?.line == 7 && error?.message.contains(words) == true, "\(String(describing: error))")
  }

  /// A month of which nobody knows how many there were a year before weighs as the others do: the probability is one.
  @Test(arguments: [true, false]) func aShareWeighsMonthsWithoutAWholeAsTheOthers(_ isMissing: Bool) async throws {
    var random = SeededCounts(seed: 9)
    let data = scorecardData(
      months: 120, measures: ["Test purchases failed"], kind: .proportion,
      wholes: { _, month in isMissing && month == 109 ? .nan : 100 }
    ) { _, _, month in
      isMissing && month == 109 ? .nan : min(1, random.draw(mean: 20, scatter: 1.2) / 100)
    }
    let (assessment, windows) = try await scorecardAssessment(data, draws: true)
    let wanted = goal(.share, .atMost, 0.9, measure: "Test purchases failed")
    let result = try GoalResult(wanted, assessment, windows, file: "targets.yaml")
    #expect(result.readings[0].probability > 0.99 && result.mean > 0.15 && result.mean < 0.25)
    #expect(result.assumedWholes == (isMissing ? [.month(2026, 2)] : []))
  }

  @Test func aShareIsNoCountAndABaselineMustBeKnown() async throws {
    for wanted in [
      goal(.share, .atMost, 0.1), goal(.change, .atMost, -0.05, baseline: .year(2010)),
      goal(.change, .atMost, -0.05, baseline: .year(2025)),
    ] {
      await #expect(throws: HorizonError.self) { try await result(wanted) }
    }
  }
}
