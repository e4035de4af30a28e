import Testing
import TimeSeries

@testable import ExceptionDetection

/// What counts as an exception, at the edges of each condition.
struct ExceptionRuleTests {
  private func test(
    _ kind: PeriodTest.Kind = .spike, observed: Double = 40, expected: Double = 25, rate: Double = 0.05,
    window: PeriodTest.Window? = nil
  ) -> PeriodTest {
    var test = PeriodTest(
      key: SeriesKey(area: "Oxford", measure: "Robbery"), period: .month(2024, 6),
      observed: kind == .notTested ? nil : observed, expected: expected, lower: 15, upper: 37, pValue: 0.002,
      pLow: 0.99, qValue: 0.03, qLow: 1, kind: kind, flagged: kind.isHigher, window: window, baseline: nil,
      reason: nil)
    test.rate = rate
    return test
  }

  @Test func withoutArgumentsAFlagCountsOnEitherSide() {
    let rule = ExceptionRule()
    #expect(!rule.filters)
    for kind in PeriodTest.Kind.allCases {
      #expect(rule.holds(test(kind)) == ![.expected, .notTested].contains(kind), "\(kind)")
    }
    #expect(rule.holds(test(rate: .nan)), "no rate is asked for")
  }

  @Test func theRateItselfIsWithinTheRule() {
    let rule = ExceptionRule(falseDiscoveryRate: 0.1)
    #expect(rule.filters)
    #expect(rule.holds(test(rate: 0.1)) && !rule.holds(test(rate: 0.1.nextUp)))
    #expect(!rule.holds(test(rate: .nan)))
    #expect(rule.holds(test(.drop, observed: 10, rate: 0.1)) && !rule.holds(test(.drop, observed: 10, rate: 0.2)))
  }

  @Test func theChanceIsOfTheVerdictsOwnDirection() {
    let rule = ExceptionRule(largestChance: 0.002)
    #expect(rule.filters)
    #expect(rule.holds(test()), "the p-value is 0.002 itself")
    #expect(!ExceptionRule(largestChance: 0.002.nextDown).holds(test()))
    #expect(!rule.holds(test(.drop)), "the lower tail is 0.99")
  }

  @Test func anExcessIsLargeEnoughFromTheLeastOn() {
    let rule = ExceptionRule(minimumExcess: 15)
    #expect(rule.filters)
    #expect(rule.holds(test(observed: 40)) && !rule.holds(test(observed: 39)))
    #expect(rule.holds(test(.drop, observed: 10)) && !rule.holds(test(.drop, observed: 11)))
    #expect(!rule.isLargeEnough(test(.notTested)))
  }

  @Test func aShareIsOfWhatWasExpected() {
    let rule = ExceptionRule(minimumExcessShare: 0.5)
    #expect(rule.filters)
    #expect(rule.holds(test(observed: 36, expected: 24)) && !rule.holds(test(observed: 35, expected: 24)))
    #expect(rule.holds(test(.drop, observed: 12, expected: 24)) && !rule.holds(test(.drop, observed: 13, expected: 24)))
  }

  /// What stands out together is judged by its sum, however large the last period's own excess is.
  @Test func ofAWindowTheWholeWindowMustBeLargeEnough() {
    let shift = PeriodTest.Window(periods: 4, observed: 130, expected: 100)
    #expect(ExceptionRule(minimumExcess: 30).holds(test(.shift, observed: 26, window: shift)))
    #expect(!ExceptionRule(minimumExcess: 31).holds(test(.shift, observed: 90, window: shift)))
    #expect(ExceptionRule(minimumExcessShare: 0.3).holds(test(.shift, observed: 26, window: shift)))
    #expect(!ExceptionRule(minimumExcessShare: 0.4).holds(test(.shift, observed: 90, window: shift)))
  }

  @Test func everyConditionMustHold() {
    let rule = ExceptionRule(falseDiscoveryRate: 0.1, minimumExcess: 10, minimumExcessShare: 0.5)
    #expect(rule.holds(test()))
    #expect(!rule.holds(test(rate: 0.2)))
    #expect(!rule.holds(test(observed: 9, expected: 3)))
    #expect(!rule.holds(test(observed: 140, expected: 100)))
    #expect(!rule.holds(test(.expected)))
  }
}
