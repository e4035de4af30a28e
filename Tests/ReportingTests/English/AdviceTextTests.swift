import CommunitySafety
import RiskRanking
import Testing
import TimeSeries

@testable import Reporting

@Suite struct AdviceTextTests {
  private static let place = Area(name: "Cherwell", level: .csp)
  private static let priority = LocalPriorities.Priority(name: "P", measures: [MeasureID(slugOf: "Burglary")])

  private func risk(
    rise: Double, fall: Double, _ rating: Confidence.Rating, matched: Int = 12, isPriority: Bool = true,
    of name: String = "Burglary"
  ) -> Risk {
    let measure = Measure(name: name, polarity: .lowerIsBetter, isCrime: true)
    let (last, mean) = (300.0, 300 * (1 + 0.2 * (rise - fall)))
    let outlook = Outlook(
      matchedPeriods: matched, periodsInYear: 12, lastYear: last, mean: mean, median: mean, lower80: mean * 0.8,
      upper80: mean * 1.2, lower95: mean * 0.7, upper95: mean * 1.3,
      rise: Event(direction: .rise, size: .share(0.1), horizon: 12, base: last), probabilityOfRise: rise,
      probabilityOfFall: fall, model: "given")
    return Risk(
      area: Self.place, measure: measure,
      evidence: RiskEvidence(
        measure: measure.id, kind: .count, polarity: .lowerIsBetter, isKnown: true, outlook: outlook,
        past: PastComparison(lastYear: last, lastYearPeriods: matched, yearBefore: nil, twoYearsBefore: nil),
        confidence: Confidence(rating: rating, reasons: []), harmPerOffence: nil, doubts: []),
      priority: isPriority ? Self.priority : nil)
  }

  /// How past ranges held is said once: as the reason where it is one, beside the others where it is not.
  @Test func howPastRangesHeldIsSaidOnce() {
    let accuracy = PastAccuracy(scope: .measure, outlooks: 25, within80: 12, within95: 20)
    let held = "the 80\u{A0}% ranges of past outlooks on this measure held 12 of 25"
    #expect(
      Confidence(rating: .low, reasons: [.rangesHeldTooFew(accuracy)], accuracy: accuracy).words(.monthly)
        == [held + ", where four in five should be"])
    #expect(
      Confidence(rating: .low, reasons: [.shortHistory(periods: 20)], accuracy: accuracy).words(.monthly)
        == ["only 20 months observed", held])
  }

  /// What falls is not all there is to a priority: what may well get worse stands beside it.
  @Test func whatMayGetWorseIsNotHidden() {
    let words = { RiskWords(risk: $0, periods: PeriodText(frequency: .monthly)) }
    func reason(_ evidence: [Risk]) -> String {
      AdviceText(advice: PriorityAdvice(Self.priority, of: Self.place, evidence: evidence), words: words).reason
    }
    let falls = risk(rise: 0.05, fall: 0.6, .low)
    let rises = risk(rise: 0.4, fall: 0.2, .high, of: "Shoplifting")
    let stays = risk(rise: 0.2, fall: 0.2, .high, of: "Drugs")
    let text = reason([falls, rises, stays])
    #expect(text.hasPrefix("Burglary in Cherwell is likely (60\u{A0}%) to fall"), "\(text)")
    #expect(
      text.contains("Against that: ") && text.contains("Shoplifting in Cherwell") && text.contains("40\u{A0}%"),
      "\(text)")
    #expect(!reason([falls, stays]).contains("Against that"))
  }

  private func texts(_ risk: Risk) -> [String] {
    let words = { RiskWords(risk: $0, periods: PeriodText(frequency: .monthly)) }
    return [
      words(risk).recommendation,
      AdviceText(advice: PriorityAdvice(Self.priority, of: Self.place, evidence: [risk]), words: words).reason,
    ]
  }

  /// What is likely to fall and is not stood down says why, and never that no large change is likely.
  @Test func whatIsLikelyIsNotCalledSteady() {
    for (risk, word) in [
      (risk(rise: 0, fall: 0.6, .low), "the evidence is too weak to stand it down on"),
      (risk(rise: 0, fall: 0.6, .high, matched: 11), "months of last year are missing"),
      (risk(rise: 0.6, fall: 0, .low), "the evidence is too weak to act on"),
    ] {
      #expect(risk.recommendation == .continue)
      for text in texts(risk) {
        #expect(text.lowercased().contains(word), "\(text)")
        #expect(!text.contains("No large change") && !text.contains("judge what is done"), "\(text)")
      }
    }
    let watched = risk(rise: 0, fall: 0.6, .high, isPriority: false)
    #expect(watched.recommendation == .watch && texts(watched)[0].contains("It is likely to get better"))
    for text in texts(risk(rise: 0.1, fall: 0.1, .high)) { #expect(text.contains("judge what is done"), "\(text)") }
  }
}
