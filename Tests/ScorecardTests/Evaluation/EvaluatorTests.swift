import Diagnostics
import Testing
import TimeSeries

@testable import Scorecard

@Suite struct EvaluatorTests {
  /// Eight places with a season; in two of them the counts fall from June 2024 on.
  private static func panel(fall: Double, seed: UInt64 = 4, months: Int = 108) -> Panel {
    var random = SeededCounts(seed: seed)
    let series = (0..<8).map { place in
      Series(
        key: SeriesKey(area: "Place \(place)", measure: "Burglary"), start: .month(2016, 6),
        values: (0..<months).map { month in
          let season = 1 + 0.2 * [0.0, 0.5, 0.87, 1, 0.87, 0.5, 0, -0.5, -0.87, -1, -0.87, -0.5][month % 12]
          return random.draw(mean: 40 * season * (place < 2 && month >= 96 ? 1 - fall : 1), scatter: 1.2)
        })
    }
    return Panel(frequency: .monthly, style: .yearMonth, series: series)
  }

  private func design() -> EvaluationDesign {
    var design = EvaluationDesign(
      treated: ["Place 0", "Place 1"], control: ["Place 2", "Place 3", "Place 4"], from: .month(2024, 6))
    design.displacement = ["Place 5"]
    design.displacementControl = ["Place 6"]
    return design
  }

  private func evaluate(_ panel: Panel, _ design: EvaluationDesign, draws: Int = 0) async throws -> Evaluation {
    var evaluator = Evaluator(panel)
    evaluator.pathCount = draws
    return try await evaluator.evaluate("Burglary", measures: ["Burglary"], design)
  }

  @Test func aPlantedFallIsFoundBySeveralWays() async throws {
    let one = try await evaluate(Self.panel(fall: 0.35), design(), draws: 300)
    #expect(one.after.count == 12 && one.before.first == .month(2023, 6) && one.missing.isEmpty)
    #expect(one.test.interval().upperBound < 0)
    // 0.35 of 2 x 12 x 40 is 336.
    #expect(one.test.interval().contains(-336))
    let plain = try #require(one.counterfactual)
    #expect(plain.recorded < plain.outer.lowerBound && plain.probability < 0.02)
    let adjusted = try #require(one.adjusted)
    #expect(adjusted.recorded < adjusted.outer.lowerBound)
    #expect(one.placeboDates.count >= 8 && one.placeboAreas.count == 5)
    #expect(Evaluation.rank(one.test.z, among: one.placeboDates) == 1 / Double(one.placeboDates.count + 1))
    #expect(one.placeboDates.allSatisfy { $0.from + 12 <= .month(2024, 6) })
    let smallest = try #require(one.detectable)
    #expect(smallest > 0.05 && smallest < 0.3)
  }

  @Test func whereNothingHappenedNothingIsClaimed() async throws {
    var claims = 0
    for seed in 0..<40 {
      let panel = Self.panel(fall: 0, seed: UInt64(100 + seed))
      var evaluator = Evaluator(panel)
      evaluator.pathCount = 0
      let plan = try evaluator.plan("Burglary", measures: ["Burglary"], design(), length: 12)
      #expect(plan.treated.before == plan.treated.after)
      let one = try await evaluator.evaluate("Burglary", measures: ["Burglary"], design())
      #expect(one.counterfactual == nil)
      if !one.test.interval().contains(0) { claims += 1 }
    }
    // A 95 % interval leaves nothing out in about two of forty.
    #expect(claims <= 6, "\(claims) of 40")
  }

  @Test func aMonthThatOnePlaceLacksIsLeftOutEverywhere() async throws {
    let panel = Self.panel(fall: 0).filterMap { series -> Series? in
      guard series.key.area == "Place 3" else { return series }
      var values = series.values
      values[98] = .nan
      return series.replacing(values: values)
    }
    let one = try await evaluate(panel, design())
    #expect(one.missing == [.month(2024, 8)] && one.after.count == 11)
    #expect(!one.before.contains(.month(2023, 8)))
  }

  @Test func whatIsNotRecordedYetIsNotJudged() async throws {
    var late = design()
    late.from = .month(2026, 1)
    let error = await #expect(throws: HorizonError.self) { try await evaluate(Self.panel(fall: 0), late) }
    #expect(error?.remedy?.contains("--plan") == true)
    await #expect(throws: HorizonError.self) {
      try await evaluate(
        Self.panel(fall: 0), EvaluationDesign(treated: ["Place 9"], control: ["Place 1"], from: .month(2024, 6)))
    }
  }

  /// A longer time after than a year is set beside the latest that lies wholly before.
  @Test func theTimeBeforeIsOfTheSameMonths() async throws {
    var early = design()
    early.from = .month(2023, 12)
    let one = try await evaluate(Self.panel(fall: 0), early)
    #expect(one.after.count == 18 && one.before.first == .month(2021, 12) && one.before.last == .month(2023, 5))
  }
}
