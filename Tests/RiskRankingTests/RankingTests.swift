import CommunitySafety
import ExceptionDetection
import Forecasting
import Testing
import TimeSeries

@testable import RiskRanking

private func outlook(last: Double, mean: Double, rise: Double, fall: Double = 0) -> Outlook {
  Outlook(
    matchedPeriods: 12, periodsInYear: 12, lastYear: last, mean: mean, median: mean, lower80: mean, upper80: mean,
    lower95: mean, upper95: mean,
    rise: Event(direction: .rise, size: .share(0.1), horizon: 12, base: last), probabilityOfRise: rise,
    probabilityOfFall: fall, model: "given")
}

private func risk(
  _ name: String, _ outlook: Outlook?, area: String = "A", harm: Double? = nil, isGroup: Bool = false,
  kind: MeasureKind = .count, polarity: Polarity = .lowerIsBetter, isKnown: Bool = true,
  profile: ScoringProfile = ScoringProfile()
) -> Risk {
  let measure = Measure(
    name: name, kind: kind, polarity: polarity, isCrime: true, members: isGroup ? [] : nil, isKnown: isKnown)
  return Risk(
    area: Area(name: area, level: .district), measure: measure,
    evidence: RiskEvidence(
      measure: measure.id, kind: kind, polarity: polarity, isKnown: isKnown, outlook: outlook,
      past: PastComparison(lastYear: 0, lastYearPeriods: 12, yearBefore: nil, twoYearsBefore: nil),
      confidence: Confidence(rating: .high, reasons: []), harmPerOffence: harm, doubts: []), profile: profile)
}

@Suite struct RankingTests {
  @Test func sortsByExpectedChange() {
    let drifting = risk("Violence", outlook(last: 5000, mean: 5100, rise: 0.1))  // score 10
    let rising = risk("Vehicle crime", outlook(last: 300, mean: 380, rise: 0.9))  // 72
    let falling = risk("Burglary", outlook(last: 300, mean: 200, rise: 0.05))  // -95
    let unknown = risk("Drugs", nil)
    let order = ranked([falling, unknown, drifting, rising])
    #expect(order.map(\.label) == ["Violence", "Vehicle crime", "Burglary", "Drugs"])
    #expect(order.map(\.rank) == [1, 2, 3, nil])
  }

  @Test func doesNotDependOnInputOrder() {
    let risks = (0..<6).map { risk("M\($0 % 3)", outlook(last: 10, mean: 20, rise: 0.5), area: "A\($0)") }
    #expect(ranked(risks).map(\.key) == ranked(risks.reversed()).map(\.key))
  }

  @Test func groupsAreRankedApart() {
    let order = ranked([
      risk("Acquisitive crime", outlook(last: 100, mean: 300, rise: 1), isGroup: true),
      risk("Burglary", outlook(last: 100, mean: 110, rise: 0.6)),
    ])
    #expect(order.allSatisfy { $0.rank == 1 })
  }

  @Test func kindsAreRankedApart() {
    let order = ranked([
      risk("Burglary", outlook(last: 100, mean: 300, rise: 1)),
      risk("Burglary (detected)", outlook(last: 0.2, mean: 0.3, rise: 0.9), kind: .proportion),
      risk("Days to answer", outlook(last: 12, mean: 13, rise: 0.6), kind: .value),
    ])
    #expect(order.map(\.rank) == [1, 1, 1])
    #expect(order.map(\.evidence.kind) == [.count, .proportion, .value])
  }

  @Test func aMeasureThatNoFileKnowsIsRankedOnRequest() {
    let rise = outlook(last: 100, mean: 300, rise: 1)
    let unknown = risk("Zebra crossings", rise, polarity: .neither, isKnown: false)
    #expect(ranked([unknown]).map(\.rank) == [nil])
    #expect(unknown.recommendation == .watch)
    var profile = ScoringProfile()
    profile.ranksUnknownMeasures = true
    let asked = risk("Zebra crossings", rise, polarity: .neither, isKnown: false, profile: profile)
    #expect(ranked([asked]).map(\.rank) == [1])
    #expect(asked.recommendation == .watch, "neither direction is worse, so nothing is escalated")
  }

  @Test func equalScoresGoByPlaceAndMeasure() {
    let order = ranked(["B", "C", "A"].map { risk("Theft", outlook(last: 100, mean: 120, rise: 0.5), area: $0) })
    #expect(order.map(\.area.name) == ["A", "B", "C"] && order.map(\.rank) == [1, 2, 3])
  }

  @Test func tooSmallABaseHasNoRank() {
    let least = ScoringProfile().smallestBase
    let order = ranked([least - 1, least].map { risk("\($0)", outlook(last: $0, mean: $0 + 20, rise: 0.5)) })
    #expect(order.map(\.label) == ["\(least)", "\(least - 1)"] && order.map(\.rank) == [1, nil])
  }

  @Test func whereNeitherDirectionIsWorseARiseIsScored() {
    let score = RiskScore(outlook(last: 100, mean: 80, rise: 0.2, fall: 0.6), polarity: .neither)
    #expect(score.event.direction == .rise && score.expectedChange == -20 && score.probability == 0.2)
  }

  @Test func harmRanksOnlyWhatHasAWeight() {
    let order = ranked([
      risk("Anti-social behaviour", outlook(last: 100, mean: 200, rise: 1)),
      risk("Shoplifting", outlook(last: 100, mean: 150, rise: 0.9), harm: 1),
      risk("Robbery", outlook(last: 40, mean: 42, rise: 0.5), harm: 365),
    ])
    let harmRanks = Dictionary(uniqueKeysWithValues: order.map { ($0.label, $0.harmRank) })
    #expect(harmRanks == ["Anti-social behaviour": nil, "Shoplifting": 2, "Robbery": 1])
  }

  @Test func polarityTurnsTheScore() {
    let fewerReports = outlook(last: 100, mean: 80, rise: 0.05, fall: 0.7)
    let wanted = RiskScore(fewerReports, polarity: .higherIsBetter)
    #expect(wanted.expectedChange == 20)
    #expect(wanted.event.direction == .fall && wanted.probability == 0.7)
    #expect(wanted.total == 20)
    #expect(RiskScore(fewerReports, polarity: .lowerIsBetter).total < 0)
  }
}

@Suite struct RecommendationTests {
  private let high = Confidence(rating: .high, reasons: [])
  private let moderate = Confidence(rating: .moderate, reasons: [])
  private let low = Confidence(rating: .low, reasons: [])

  @Test func followsTheRules() {
    let rise = outlook(last: 100, mean: 140, rise: 0.8)
    let fall = outlook(last: 100, mean: 70, rise: 0.02, fall: 0.8)
    let flat = outlook(last: 100, mean: 100, rise: 0.2, fall: 0.2)
    func advice(_ outlook: Outlook?, _ isPriority: Bool, _ confidence: Confidence) -> Recommendation {
      Recommendation(outlook: outlook, polarity: .lowerIsBetter, isPriority: isPriority, confidence: confidence)
    }
    #expect(advice(rise, true, high) == .escalate)
    #expect(advice(rise, false, high) == .new)
    // A coin toss on weak evidence starts nothing; a highly likely rise does.
    let leaning = outlook(last: 100, mean: 115, rise: 0.55)
    #expect(advice(leaning, false, high) == .new)
    #expect(advice(leaning, false, low) == .watch)
    #expect(advice(leaning, true, low) == .continue)
    // Moderate confidence is not low.
    #expect(advice(leaning, true, moderate) == .escalate)
    #expect(advice(fall, true, moderate) == .deEscalate)
    #expect(advice(rise, true, low) == .escalate)
    #expect(advice(fall, true, high) == .deEscalate)
    #expect(advice(fall, true, low) == .continue)  // nothing is stood down on weak evidence
    #expect(advice(fall, false, high) == .watch)
    #expect(advice(flat, true, high) == .continue)
    #expect(advice(flat, false, high) == .watch)
    #expect(advice(nil, true, high) == .notAssessable)
  }

  @Test func moreReportingIsBetterWhereItIsWanted() {
    let fall = outlook(last: 100, mean: 70, rise: 0.02, fall: 0.8)
    #expect(
      Recommendation(outlook: fall, polarity: .higherIsBetter, isPriority: false, confidence: high) == .new)
  }

  @Test func whatIsNeitherBetterNorWorseIsNeverEscalated() {
    for move in [outlook(last: 100, mean: 300, rise: 1), outlook(last: 100, mean: 10, rise: 0, fall: 1)] {
      func advice(_ isPriority: Bool) -> Recommendation {
        Recommendation(outlook: move, polarity: .neither, isPriority: isPriority, confidence: high)
      }
      #expect(advice(true) == .continue && advice(false) == .watch)
    }
  }
}

@Suite struct ConfidenceTests {
  private func confidence(_ values: [Double], _ interventions: [Intervention] = []) -> Confidence {
    let series = monthly(values)
    return Confidence(
      series: series, past: PastComparison(series), fallbackReason: nil, interventions: interventions,
      accuracy: PastAccuracy(scope: .measure, outlooks: 25, within80: 20, within95: 24))
  }

  @Test func longCompleteSeriesOfSomeSizeIsHigh() {
    #expect(confidence([Double](repeating: 20, count: 60)).rating == .high)
  }

  @Test func shortOrSmallOrBrokenSeriesIsLow() {
    #expect(confidence([Double](repeating: 20, count: 20)).rating == .low)
    #expect(confidence([Double](repeating: 1, count: 60)).rating == .low)
    let step = Intervention(start: .month(2027, 9), effect: .step, kind: .recordingChange, note: "new rules")
    let broken = confidence([Double](repeating: 20, count: 60), [step])
    #expect(broken.rating == .low)
    #expect(broken.reasons == [.recentStep(kind: .recordingChange)])
  }

  @Test func aGapInLastYearIsModerateThenLow() {
    var values = [Double](repeating: 20, count: 60)
    values[55] = .nan
    #expect(confidence(values).rating == .moderate)
    for i in 52..<57 { values[i] = .nan }
    #expect(confidence(values).rating == .low)
  }
}

@Suite struct PastComparisonTests {
  @Test func comparesTheSameCalendarMonths() {
    var values = (0..<36).map(Double.init)
    values[35] = .nan
    let past = PastComparison(monthly(values))
    #expect(past.lastYearPeriods == 11)
    #expect(past.lastYear == (24...34).reduce(0) { $0 + Double($1) })
    #expect(past.yearBefore == (12...22).reduce(0) { $0 + Double($1) })
    #expect(past.twoYearsBefore == (0...10).reduce(0) { $0 + Double($1) })
  }

  @Test func aYearWithAGapIsNotCompared() {
    var values = (0..<36).map(Double.init)
    values[14] = .nan
    let past = PastComparison(monthly(values))
    #expect(past.yearBefore == nil)
    #expect(past.twoYearsBefore != nil)
  }
}
