import TestSupport
import Testing

@testable import ControlCharts

struct SPCRulesTests {
  @Test func everyRuleMarksThePointsItsWindowsMarkInR() throws {
    let cases = try Fixture.numbers("spc.csv", target: "ControlChartsTests")
    #expect(cases.count == 24)
    var seen = Set<SPCRule>()
    for (name, c) in cases {
      let values = try #require(c["value"])
      let mean = try #require(c["mean"]?.first)
      let signals = spcSignals(
        deviations: values.map { $0 - mean }, reaches: try #require(c["reach"]), values: values)
      for (rule, quantity) in [
        (SPCRule.outsideLimits, "one"), (.trend, "trend"), (.oneSide, "side"), (.twoOfThree, "near"),
      ] {
        #expect(signals.map { $0.rules.contains(rule) ? 1 : 0 } == c[quantity], "case \(name), \(rule)")
      }
      seen.formUnion(signals.flatMap(\.rules))
    }
    #expect(seen == Set(SPCRule.allCases))
  }

  private func signals(_ values: [Double], mean: Double = 0, reach: Double = 3) -> [SPCSignal] {
    spcSignals(
      deviations: values.map { $0 - mean }, reaches: values.map { _ in reach }, values: values)
  }

  @Test func sixIsNotSevenAndAPointOnTheMeanEndsARun() {
    #expect(signals([1, 1, 1, 1, 1, 1, -1]).allSatisfy { $0.rules.isEmpty })
    #expect(signals([1, 1, 1, 1, 1, 1, 1]).allSatisfy { $0.rules == [.oneSide] && $0.isHigh })
    #expect(signals([1, 1, 1, 0, 1, 1, 1]).allSatisfy { $0.rules.isEmpty })
    // Two equal points in a row are no rise.
    #expect(signals([-1, -0.9, -0.8, -0.8, -0.7, 0.6, 0.7]).allSatisfy { $0.rules.isEmpty })
    #expect(signals([-1, -0.9, -0.8, -0.7, -0.6, 0.6, 0.7]).allSatisfy { $0.rules == [.trend] && $0.isHigh })
    #expect(signals([1, 0.9, 0.8, -0.7, -0.8, -0.9, -1]).allSatisfy { $0.rules == [.trend] && !$0.isHigh })
  }

  @Test func aPointOnTheLimitIsWithinIt() {
    #expect(signals([3])[0].rules.isEmpty)
    #expect(signals([3.01])[0].rules == [.outsideLimits])
    #expect(signals([-3.01])[0] == SPCSignal(rules: [.outsideLimits], isHigh: false))
  }

  @Test func twoOfThreeAsksForOneSide() {
    #expect(signals([2.5, 0.5, 2.5]).map(\.rules.count) == [1, 0, 1])
    #expect(signals([2.5, -0.5, 2.5]).allSatisfy { $0.rules.isEmpty })
    #expect(signals([2.5, 0.5, 0.5, 2.5]).allSatisfy { $0.rules.isEmpty })
  }

  @Test func turnedUpsideDownTheSignalsAreTheSame() throws {
    for (_, c) in try Fixture.numbers("spc.csv", target: "ControlChartsTests") {
      let values = try #require(c["value"])
      let mean = try #require(c["mean"]?.first)
      let reaches = try #require(c["reach"])
      let up = spcSignals(deviations: values.map { $0 - mean }, reaches: reaches, values: values)
      let down = spcSignals(deviations: values.map { mean - $0 }, reaches: reaches, values: values.map(-))
      for (a, b) in zip(up, down) where !a.rules.isEmpty { #expect(a.rules == b.rules && a.isHigh != b.isHigh) }
    }
  }
}
