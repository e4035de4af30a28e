import CommunitySafety
import ModelFiles
import RiskRanking
import Testing
import TimeSeries

@Suite struct SchemeScoreTests {
  private let schemes: [ScoringScheme]
  init() throws { schemes = try ModelFileLoader.builtIn().scoringSchemes }

  private func evidence(
    last: Double = 300, rise: Double? = 0.6, growth: Double? = nil, confidence: Confidence.Rating = .high
  ) -> RiskEvidence {
    let outlook = rise.map { rise in
      Outlook(
        matchedPeriods: 12, periodsInYear: 12, lastYear: last, mean: last, median: last, lower80: last, upper80: last,
        lower95: last, upper95: last, rise: Event(direction: .rise, size: .share(0.1), horizon: 12, base: last),
        probabilityOfRise: rise, probabilityOfFall: 0, model: "given")
    }
    return RiskEvidence(
      measure: MeasureID("robbery"), kind: .count, polarity: .lowerIsBetter, isKnown: true, outlook: outlook,
      past: PastComparison(lastYear: last, lastYearPeriods: 12, yearBefore: nil, twoYearsBefore: nil),
      confidence: Confidence(rating: confidence, reasons: []), harmPerOffence: 365, doubts: [],
      growth: growth.map {
        Growth(ratio: $0, lower95: 0, upper95: 9, probability: $0 == 1 ? 0.5 : 0.001, dispersion: 1)
      },
      shareOfPeriods: 1)
  }

  private func score(
    _ evidence: RiskEvidence, _ scheme: Int = 0, person: ImpactScores.Entry? = nil, harm: Double? = 365
  ) -> SchemeScore {
    SchemeScore(evidence, scheme: schemes[scheme], person: person, harm: harm, profile: ScoringProfile())
  }

  /// Volume 3, frequency 4, trend 4, forecast 3: a likelihood of 3.5 times a provisional impact of 8.
  @Test func likelihoodIsTheMeanOfItsPartsAndImpactComesFromHarm() {
    let found = score(evidence(growth: 1.3))
    #expect(found.parts.map(\.level) == [3, 4, 4, 3] && found.likelihood == 3.5)
    #expect(found.impact == 8 && found.isProvisional && found.score == 28 && found.band == "very high")
    #expect(score(evidence(growth: 1.3), 1).score == 12)
  }

  /// What cannot be scored is left out of the mean; a change that chance may explain is none; without a forecast there is no likelihood.
  @Test func whatIsMissingIsNotZero() {
    #expect(score(evidence()).likelihood == 10 / 3.0)
    #expect(score(evidence(growth: 1)).parts[2].level == 2)
    let without = score(evidence(rise: nil, growth: 1.3))
    #expect(without.likelihood == nil && without.score == nil && without.impact == 8)
    let unweighted = score(evidence(growth: 1.3), harm: nil)
    #expect(unweighted.impact == nil && unweighted.score == nil && unweighted.basis == .missing(weights: "cchi-2026"))
    #expect(score(evidence(last: 10)).likelihood == nil, "on ten a year nothing is said of chances")
  }

  /// A named person's impact replaces the provisional one.
  @Test func aPersonScores() throws {
    let date = try #require(CivilDate(year: 2026, month: 7, day: 14))
    let person = ImpactScores.Entry(
      place: "Cherwell", measure: MeasureID("robbery"), scheme: "impact-likelihood", scorer: "A. Name", date: date,
      reason: "two in hospital",
      impact: [
        "physical": 8, "psychological": 4, "financial": 1, "community": 2, "expectation": 2, "environment": 0,
      ])
    let found = score(evidence(growth: 1.3), person: person)
    #expect(found.impact == 17 / 6.0 && !found.isProvisional && found.basis == .scored(person))
  }

  /// Confidence is beside the score and never in it.
  @Test func confidenceIsNotMultipliedIn() {
    #expect(score(evidence(confidence: .low)) == score(evidence(confidence: .high)))
  }
}
