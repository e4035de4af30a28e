import TimeSeries
import Testing

@testable import ExceptionDetection

struct EvidenceTests {
  private let period = Period.month(2024, 6)

  private func test(_ kind: PeriodTest.Kind, window: PeriodTest.Window? = nil, periods: Int = 90) -> PeriodTest {
    PeriodTest(
      key: SeriesKey(area: "Oxford", measure: "Robbery"), period: period, observed: kind == .notTested ? nil : 40,
      expected: 25, lower: 15, upper: 37, pValue: 0.002, pLow: 0.99, qValue: 0.03, qLow: 1, kind: kind,
      flagged: kind.isHigher,
      window: window,
      baseline: .init(
        span: .month(2016, 1)...(.month(2023, 11)), periods: periods, downWeighted: [], size: 30, model: "trend"),
      reason: kind == .notTested ? "there is no figure for it" : nil)
  }

  private func series(missing: [Period] = [], partial: [Period] = []) -> Series {
    let start = Period.month(2016, 1)
    return Series(
      key: SeriesKey(area: "Oxford", measure: "Robbery"), start: start,
      values: (0..<102).map { missing.contains(start + $0) ? .nan : 25 }, partial: partial.map { $0 - start })
  }

  private func evidence(_ test: PeriodTest, _ series: Series, _ interventions: [Intervention] = []) -> Evidence {
    Evidence(test, alpha: 0.01, series: series, interventions: interventions, last: period)
  }

  @Test func theRuleNamesTheWindow() {
    #expect(evidence(test(.spike), series()).rule == "p_value below 0.01; the month alone weighed most")
    let window = PeriodTest.Window(periods: 4, observed: 140, expected: 100)
    #expect(
      evidence(test(.shift, window: window), series()).rule
        == "p_value below 0.01; the last four months together weighed most")
    #expect(evidence(test(.notTested), series()).rule == "not judged")
  }

  @Test func breaksThatBearOnItAreNamed() {
    let near = Intervention(start: period - 20, effect: .step, note: "recording change: near")
    let far = Intervention(start: period - 30, effect: .step, note: "recording change: far")
    let later = Intervention(start: period + 1, effect: .step, note: "later")
    let window = Intervention(start: period - 40, effect: .window(through: period - 11), note: "lockdown")
    let old = Intervention(start: period - 40, effect: .window(through: period - 12), note: "old")
    #expect(
      evidence(test(.spike), series(), [near, later, window, far, old]).breaks.map(\.label)
        == [window, near].map(\.label))
  }

  @Test func doubtsNameWhatIsMissing() {
    #expect(evidence(test(.spike), series()).doubts.isEmpty)
    let gaps = evidence(test(.spike), series(missing: [.month(2024, 2)], partial: [.month(2024, 5)])).doubts
    #expect(
      gaps == [
        "One month of the year before is missing (Feb 2024).",
        "May 2024 seems to be only partly recorded and was not learnt from.",
      ])
    #expect(
      evidence(test(.drop), series()).doubts
        == ["It is the latest month of the data: records that come in late would raise it."])
    #expect(
      evidence(test(.spike, periods: 20), series()).doubts
        == ["The history before it is short: 20 months could be used."])
    #expect(
      evidence(test(.notTested), series(missing: [period])).doubts.first == "No figure has been recorded for Jun 2024.")
  }

  private func episode(_ state: Episode.State, quiet: Int = 0, isHigher: Bool = true) -> Episode {
    var episode = Episode(
      key: SeriesKey(area: "Oxford", measure: "Robbery"), isHigher: isHigher, onset: period - 3, opened: period - 2,
      last: period, closed: state == .newNormal ? period : nil, shape: .shift, state: state, judged: 4,
      observed: isHigher ? 160 : 60, expected: 100, flags: 3, opening: test(.spike), latest: test(.spike),
      openingQ: 0.04)
    episode.quiet = quiet
    return episode
  }

  @Test func aStoryIsTwoPlainSentences() {
    let told = Story(lead: episode(.continuing), isWide: false, contributions: [], within: [])
      .explanation(label: "Robbery", area: "Oxford")
    #expect(
      told.expectation
        == "Robbery in Oxford: 160 recorded from Mar 2024 to Jun 2024, when about 100 were expected: 60 more (60 % higher)."
    )
    #expect(
      told.reason
        == "It first stood out in Apr 2024, on figures that would come up by chance about once in 500 months, and is still going on."
    )
    var gappy = episode(.continuing)
    gappy.judged = 3
    #expect(
      Story(lead: gappy, isWide: false, contributions: [], within: []).explanation(label: "Robbery", area: "Oxford")
        .expectation.contains("160 recorded in 3 of the 4 months from Mar 2024 to Jun 2024, when about 100 were"))
    var share = episode(.continuing)
    share.latest = PeriodTest(
      key: share.key, period: period, observed: 0.724, expected: 0.661, lower: 0.6, upper: 0.7, pValue: 0.001, pLow: 1,
      qValue: 0.01, qLow: 1, kind: .spike, flagged: true, window: nil, baseline: nil, reason: nil)
    share.latest.figure = .share(of: 120)
    #expect(
      Story(lead: share, isWide: false, contributions: [], within: []).explanation(
        label: "Satisfaction", area: "Oxford"
      )
      .expectation
        == "Satisfaction in Oxford: higher than expected from Mar 2024 to Jun 2024, in Jun 2024 72 %, when about 66 % was expected."
    )
    let ending = Story(lead: episode(.continuing, quiet: 2), isWide: false, contributions: [], within: [])
    #expect(
      ending.explanation(label: "Robbery", area: "Oxford").reason.hasSuffix(
        "and may be ending: no month since Jun 2024 was unusual."))
    let fall = Story(lead: episode(.new, isHigher: false), isWide: false, contributions: [], within: [])
      .explanation(label: "Robbery", area: "Oxford")
    #expect(fall.expectation.hasSuffix("40 fewer (40 % lower)."))
    #expect(fall.reason.hasSuffix("and is new; a fall can be an improvement, a change in recording or missing data."))
    let normal = Story(lead: episode(.newNormal), isWide: false, contributions: [], within: [])
    #expect(
      normal.explanation(label: "Robbery", area: "Oxford").reason.hasSuffix(
        "from Jul 2024 on months are compared with the new level."))
  }

  @Test func aWideStoryNamesWhoAddsMost() {
    let parts = [
      Story.Contribution(area: "Oxford", observed: 80, expected: 40, variance: 40),
      Story.Contribution(area: "Cherwell", observed: 45, expected: 30, variance: 30),
      Story.Contribution(area: "West", observed: 35, expected: 30, variance: 30),
    ]
    let story = Story(lead: episode(.new), isWide: true, contributions: parts, within: [])
    #expect(
      story.explanation(label: "Robbery", area: "all areas together").expectation.hasSuffix(
        "60 more (60 % higher), most of it in Oxford (40 more) and Cherwell (15 more)."))
  }
}
