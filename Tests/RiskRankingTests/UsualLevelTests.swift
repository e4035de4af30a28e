import CommunitySafety
import Forecasting
import Testing
import TimeSeries

@testable import RiskRanking

@Suite struct UsualLevelTests {
  private let closed = Intervention(
    start: .month(2025, 1), effect: .window(through: .month(2025, 3)), kind: .covidRestriction, note: "closed")

  /// Three years from 2023, whose last was held down from January to March, and a next of so many a month.
  private func usual(
    _ years: [Double], next: Double, interventions: [Intervention] = [], share: Double = 0.1
  ) throws -> UsualLevel? {
    let series = monthly(years.flatMap { [Double](repeating: $0, count: 12) })
    let made = forecast(of: series, paths: [[Double](repeating: next, count: 12)])
    let outlook = try #require(Outlook(observed: series, forecast: made))
    return UsualLevel(
      ComparableHistory(series, forecast: made), forecast: made, interventions: interventions, outlook: outlook)
  }

  @Test func aReboundGoesNoFurtherThanTheLastTypicalYear() throws {
    let usual = try #require(try usual([100, 100, 40], next: 80, interventions: [closed]))
    #expect(usual.reason == .untypicalPeriods && usual.level == 1200 && usual.lastYear == 480 && usual.next == 960)
    #expect(usual.from == .month(2024, 1) && usual.through == .month(2024, 12) && usual.periods == 12)
    #expect(usual.isReturn(.rise) && !usual.isReturn(.fall))
  }

  @Test func whatGoesMateriallyFurtherIsNews() throws {
    #expect(try usual([100, 100, 40], next: 109, interventions: [closed])?.isReturn(.rise) == true)
    #expect(try usual([100, 100, 40], next: 111, interventions: [closed])?.isReturn(.rise) == false)
    // Nor is a rise from what is above usual already a return to it.
    #expect(try usual([100, 100, 120], next: 140, interventions: [closed])?.isReturn(.rise) == false)
  }

  @Test func theEndOfAnExcessIsNoSuccess() throws {
    #expect(try usual([100, 100, 170], next: 120, interventions: [closed])?.isReturn(.fall) == true)
    #expect(try usual([100, 100, 170], next: 80, interventions: [closed])?.isReturn(.fall) == false)
  }

  /// A year that was untypical itself is passed over.
  @Test func theLastTypicalYearMayLieFurtherBack() throws {
    let before = Intervention(
      start: .month(2024, 4), effect: .window(through: .month(2024, 5)), kind: .covidRestriction, note: "closed")
    let usual = try #require(try usual([100, 70, 40], next: 80, interventions: [before, closed]))
    #expect(usual.level == 1200 && usual.through == .month(2023, 12))
    #expect(try self.usual([70, 40], next: 80, interventions: [closed.moved(by: -12)])?.level == 840)
  }

  @Test func whatLiesOutsideAllYearsComesBack() throws {
    let low = try #require(try usual([12, 10, 11, 8], next: 10))
    #expect(low.reason == .outlyingYear && low.lower == 120 && low.upper == 144 && low.isReturn(.rise))
    #expect(low.from == .month(2023, 1) && low.through == .month(2025, 12))
    #expect(try usual([12, 10, 11, 8], next: 13)?.isReturn(.rise) == false)
    // Within the years before it there is nothing to return to, and two years are too few to lie outside of.
    #expect(try usual([12, 10, 11, 10.5], next: 12) == nil)
    #expect(try usual([12, 10, 8], next: 10) == nil)
  }

  @Test func theAdviceSaysSo() throws {
    let series = monthly([100.0, 100, 40].flatMap { [Double](repeating: $0, count: 12) })
    let made = forecast(of: series, paths: [[Double](repeating: 80, count: 12)])
    let outlook = try #require(Outlook(observed: series, forecast: made))
    let high = Confidence(rating: .high, reasons: [])
    let usual = try usual([100, 100, 40], next: 80, interventions: [closed])
    for polarity in [Polarity.lowerIsBetter, .neither] {
      for isPriority in [true, false] {
        func advice(_ usual: UsualLevel?) -> Recommendation {
          Recommendation(
            outlook: outlook, polarity: polarity, isPriority: isPriority, confidence: high, usual: usual)
        }
        #expect(advice(usual) == .returnToUsual)
        #expect(advice(nil) != .returnToUsual)
      }
    }
  }
}

extension Intervention {
  fileprivate func moved(by periods: Int) -> Intervention {
    guard case .window(let end) = effect else { return self }
    return Intervention(start: start + periods, effect: .window(through: end + periods), kind: kind, note: note)
  }
}

/// Under a base of 30 nothing is said of chances: one rule, of the evidence.
@Suite struct SmallBaseTests {
  private func evidence(_ kind: MeasureKind, base: Double, denominator: Double? = nil) -> RiskEvidence {
    RiskEvidence(
      measure: MeasureID("m"), kind: kind, polarity: .lowerIsBetter, isKnown: true,
      outlook: Outlook(
        matchedPeriods: 12, periodsInYear: 12, lastYear: base, mean: 2 * base, median: 2 * base, lower80: base,
        upper80: 3 * base, lower95: base, upper95: 3 * base,
        rise: Event(direction: .rise, size: .share(0.1), horizon: 12, base: base), probabilityOfRise: 0.9,
        probabilityOfFall: 0, model: "given"),
      past: PastComparison(
        lastYear: base, lastYearRatio: denominator.map { .init(numerator: base * $0, denominator: $0) },
        lastYearPeriods: 12, yearBefore: nil, twoYearsBefore: nil),
      confidence: Confidence(rating: .low, reasons: []), harmPerOffence: nil, doubts: [])
  }

  @Test(arguments: [(0.0, true), (29, true), (30, false), (300, false)])
  func ofACountTheBaseDecides(base: Double, isTooFew: Bool) {
    let evidence = evidence(.count, base: base)
    let profile = ScoringProfile()
    #expect(evidence.isTooFew(profile) == isTooFew)
    #expect((evidence.score(profile) == nil) == isTooFew)
    for isPriority in [true, false] {
      #expect((evidence.recommendation(isPriority: isPriority, profile) == .tooFew) == isTooFew)
    }
  }

  @Test func ofAShareItsWholeDecidesAndOfAValueNothing() {
    #expect(evidence(.proportion, base: 0.2, denominator: 29).isTooFew(ScoringProfile()))
    #expect(!evidence(.proportion, base: 0.2, denominator: 30).isTooFew(ScoringProfile()))
    #expect(!evidence(.value, base: 2).isTooFew(ScoringProfile()))
  }
}
