import TimeSeries
import Testing

@testable import ExceptionDetection

struct ExplanationTests {
  private func test(
    _ kind: PeriodTest.Kind, observed: Double?, expected: Double, lower: Double, upper: Double, p: Double = 0.0021,
    q: Double = 0.03, downWeighted: [Period] = [], reason: String? = nil
  ) -> PeriodTest {
    PeriodTest(
      key: SeriesKey(area: "Oxford", measure: "Theft"), period: .month(2024, 4), observed: observed, expected: expected,
      lower: lower, upper: upper, pValue: kind == .drop ? 1 : p, pLow: kind == .drop ? p : 1, qValue: q, qLow: q,
      kind: kind,
      flagged: kind == .spike,
      baseline: kind == .notTested
        ? nil
        : .init(
          span: .month(2019, 1)...Period.month(2023, 12), periods: 60, downWeighted: downWeighted, size: 20,
          model: "trend"),
      reason: reason)
  }

  @Test func aSpike() {
    let text = test(.spike, observed: 1242, expected: 1000.2, lower: 850, upper: 1160, downWeighted: [.month(2020, 4)])
      .explanation(label: "Theft", area: "Oxford")
    #expect(
      text.expectation
        == "Theft in Oxford: 1,242 recorded in Apr 2024, when about 1,000 were expected and 850 to 1,160 would be usual: "
        + "242 more (24 % higher) than expected.")
    #expect(
      text.reason
        == "It is flagged because so high a figure would come up by chance about once in 480 months, judging by 60 months "
        + "between Jan 2019 and Dec 2023, of which one unusual month (Apr 2020) counts for less; of flags this strong "
        + "about 3 in 100 would be false alarms (q = 0.03).")
  }

  @Test func smallCountsAreWordsWithoutPercentages() {
    let text = test(.spike, observed: 5, expected: 1.1, lower: 0, upper: 4)
      .explanation(label: "Robbery", area: "Witney")
    #expect(
      text.expectation
        == "Robbery in Witney: five recorded in Apr 2024, when about one was expected and up to four would be usual: "
        + "four more than expected.")
    let rare = test(.spike, observed: 2, expected: 0.1, lower: 0, upper: 1).explanation(
      label: "Robbery", area: "Witney")
    #expect(rare.expectation.contains("when fewer than one was expected and up to one would be usual: two more than"))
  }

  @Test func aDropIsKeptApart() {
    let text = test(.drop, observed: 12, expected: 31, lower: 18, upper: 50).explanation(label: "Theft", area: "Oxford")
    #expect(text.expectation.hasSuffix("19 fewer (61 % lower) than expected."))
    #expect(text.reason.contains("missing data"))
    #expect(!text.reason.contains("flagged"))
  }

  @Test func noVerdictSaysWhy() {
    let missing = test(
      .notTested, observed: nil, expected: .nan, lower: .nan, upper: .nan, reason: "there is no figure for it")
    #expect(
      missing.explanation(label: "Theft", area: "Oxford").expectation
        == "Theft in Oxford was not judged for Apr 2024, because there is no figure for it.")
    let short = test(.notTested, observed: 7, expected: .nan, lower: .nan, upper: .nan, reason: "it is short")
    #expect(short.explanation(label: "Theft", area: "Oxford").reason.contains("seven"))
  }

  @Test(arguments: [Double.infinity, .nan, 1e300, 1e16])
  func extremeNumbersDoNotTrap(value: Double) {
    let text = test(.spike, observed: value, expected: value, lower: 0, upper: value, p: 0, q: 0)
      .explanation(label: "Theft", area: "Oxford").text
    #expect(text.contains("less than once in a million months"))
  }
}
