import CommunitySafety
import RiskRanking
import Testing
import TimeSeries

@Suite struct PriorityAdviceTests {
  private static let place = Area(name: "Cherwell", level: .csp)

  private func priority(_ names: [String], note: String? = nil) -> LocalPriorities.Priority {
    LocalPriorities.Priority(name: "P", measures: names.map { MeasureID(slugOf: $0) }, note: note)
  }

  /// A current priority's series with these chances of a material rise and fall.
  private func risk(
    _ name: String, rise: Double, fall: Double, last: Double = 300, matched: Int = 12, hasOutlook: Bool = true,
    usual: UsualLevel? = nil
  ) -> Risk {
    let measure = Measure(name: name, polarity: .lowerIsBetter, isCrime: true)
    let outlook = Outlook(
      matchedPeriods: matched, periodsInYear: 12, lastYear: last, mean: last, median: last, lower80: last,
      upper80: last, lower95: last, upper95: last,
      rise: Event(direction: .rise, size: .share(0.1), horizon: 12, base: last), probabilityOfRise: rise,
      probabilityOfFall: fall, model: "given")
    return Risk(
      area: Self.place, measure: measure,
      evidence: RiskEvidence(
        measure: measure.id, kind: .count, polarity: .lowerIsBetter, isKnown: true, outlook: hasOutlook ? outlook : nil,
        past: PastComparison(lastYear: last, lastYearPeriods: matched, yearBefore: nil, twoYearsBefore: nil),
        confidence: Confidence(rating: .high, reasons: []), harmPerOffence: nil, doubts: [], usual: usual),
      priority: priority([name]))
  }

  private func advice(_ risks: [Risk], note: String? = nil) -> PriorityAdvice {
    PriorityAdvice(priority(risks.map(\.label), note: note), of: Self.place, evidence: risks)
  }

  @Test func oneSeriesThatGetsWorseIsEnoughToEscalate() {
    let found = advice([risk("A", rise: 0.1, fall: 0.7), risk("B", rise: 0.6, fall: 0), risk("C", rise: 0.8, fall: 0)])
    #expect(found.recommendation == .escalate && found.reason == .worsening)
    #expect(found.deciding.map(\.label) == ["C", "B"])
  }

  /// A level of a whole year is not set beside an outlook that leaves out a month of it, nor beside too small a base.
  @Test func aYearsLevelIsSetBesideAWholeYear() {
    #expect((risk("A", rise: 0.1, fall: 0.1).probability(ofYearAbove: 1000) ?? 1) < 0.03)
    #expect(risk("A", rise: 0.1, fall: 0.1, matched: 11).probability(ofYearAbove: 1000) == nil)
    #expect(risk("A", rise: 0.1, fall: 0.1, last: 12).probability(ofYearAbove: 1000) == nil)
  }

  @Test func toStandDownTakesEverySeriesInFull() {
    let falling = risk("A", rise: 0, fall: 0.8)
    #expect(advice([falling]).recommendation == .deEscalate)
    let better = advice([falling, risk("B", rise: 0, fall: 0.9), risk("C", rise: 0.2, fall: 0.7)])
    #expect(better.recommendation == .deEscalate)
    // What carries the advice comes first: the chance for the better, not that for the worse.
    #expect(better.deciding.map(\.label) == ["B", "A", "C"])
    let others = [
      risk("B", rise: 0.1, fall: 0.1), risk("B", rise: 0, fall: 0.9, last: 12),
      risk("B", rise: 0, fall: 0.9, hasOutlook: false), risk("B", rise: 0, fall: 0.9, matched: 11),
    ]
    for other in others {
      let found = advice([falling, other])
      #expect(found.recommendation == .continue && found.reason == .improvingInPart(.others))
    }
    let proxy = advice([falling], note: "a small part of it")
    #expect(proxy.recommendation == .continue && proxy.reason == .improvingInPart(.proxy))
  }

  /// A missing month of the last year is enough not to stand down.
  @Test func nothingIsStoodDownOnMissingData() {
    let missing = risk("A", rise: 0, fall: 0.99, matched: 11)
    #expect(missing.recommendation == .continue)
    #expect(advice([missing]).recommendation == .continue && advice([missing]).reason == .steady)
  }

  @Test func whatNothingSpeaksToIsNotAssessable() {
    #expect(advice([]).recommendation == .notAssessable && advice([]).reason == .noSeries)
    let few = advice([risk("A", rise: 0.9, fall: 0, last: 12)])
    #expect(few.recommendation == .notAssessable && few.reason == .tooFew)
    let broken = advice([risk("A", rise: 0, fall: 0, hasOutlook: false)])
    #expect(broken.recommendation == .notAssessable && broken.reason == .notComparable)
  }

  @Test func aReboundIsNoSuccess() {
    let usual = UsualLevel(
      reason: .outlyingYear, from: .month(2021, 1), through: .month(2024, 12), periods: 12, level: 200, lower: 180,
      upper: 220, lastYear: 300, next: 210)
    let back = advice([risk("A", rise: 0, fall: 0.9, usual: usual)])
    #expect(back.recommendation == .returnToUsual && back.reason == .returning)
  }
}
