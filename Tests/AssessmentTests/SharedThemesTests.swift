import CommunitySafety
import RiskRanking
import Testing
import TimeSeries

@testable import Assessment

@Suite struct SharedThemesTests {
  private func risk(
    _ area: String, _ rise: Double, change: Double = 20, level: AreaLevel = .csp, polarity: Polarity = .lowerIsBetter,
    measure: String = "Thefts", members: [MeasureID]? = nil
  ) -> Risk {
    let measure = Measure(name: measure, polarity: polarity, isCrime: true, members: members)
    let outlook = Outlook(
      matchedPeriods: 12, periodsInYear: 12, lastYear: 100, mean: 100 + change, median: 100 + change, lower80: 0,
      upper80: 0, lower95: 0, upper95: 0, rise: Event(direction: .rise, size: .share(0.1), horizon: 12, base: 100),
      probabilityOfRise: rise,
      probabilityOfFall: 0.4, model: "given")
    return Risk(
      area: Area(name: area, level: level), measure: measure,
      evidence: RiskEvidence(
        measure: measure.id, kind: .count, polarity: polarity, isKnown: true, outlook: outlook,
        past: PastComparison(lastYear: 100, lastYearPeriods: 12, yearBefore: nil, twoYearsBefore: nil),
        confidence: Confidence(rating: .high, reasons: []), harmPerOffence: nil, doubts: []))
  }

  private func themes(_ risks: [Risk]) -> [SharedTheme] { sharedThemes(risks, profile: ScoringProfile()) }

  @Test func twoPlacesAndAThirdOfThemMakeATheme() throws {
    let rising = [risk("B", 0.4), risk("C", 0.6), risk("A", 0.4)]
    let theme = try #require(themes(rising + (0..<6).map { risk("Z\($0)", 0.1) }).first)
    // Highest probability first, then by name.
    #expect(theme.areas == ["C", "A", "B"] && theme.assessed == 9)
    #expect(theme.direction == .rise && theme.size == .share(0.1) && theme.label == "Thefts")
    #expect(themes(rising + (0..<7).map { risk("Z\($0)", 0.1) }).isEmpty)
    #expect(themes([risk("A", 0.9), risk("B", 0.1)]).isEmpty)
  }

  @Test func aProbableRiseWithoutAnExpectedOneIsNone() {
    #expect(themes([risk("A", 0.4, change: -5), risk("B", 0.4, change: -5)]).isEmpty)
    #expect(themes([risk("A", 0.374), risk("B", 0.9)]).isEmpty)
  }

  @Test func groupsAndWhatIsNeitherBetterNorWorseAreNone() {
    #expect(themes(["A", "B"].map { risk($0, 0.9, members: [MeasureID("x")]) }).isEmpty)
    #expect(themes(["A", "B"].map { risk($0, 0.9, polarity: .neither) }).isEmpty)
  }

  @Test func ofAMeasureOfWhichMoreIsBetterTheFallIsShared() throws {
    let theme = try #require(themes(["A", "B"].map { risk($0, 0, change: -20, polarity: .higherIsBetter) }).first)
    #expect(theme.direction == .fall)
  }

  @Test func partnershipsCountWhereThereAreAny() throws {
    let districts = ["A", "B"].map { risk($0, 0.9, level: .district) }
    #expect(themes(districts).count == 1)
    #expect(themes(districts + [risk("P", 0.1)]).isEmpty)
  }

  @Test func mostPlacesFirstThenByName() {
    let two = ["A", "B"].map { risk($0, 0.9, measure: "Zeal") } + ["A", "B"].map { risk($0, 0.9, measure: "Arson") }
    let three = ["A", "B", "C"].map { risk($0, 0.9, measure: "Robbery") }
    #expect(themes(two + three).map(\.label) == ["Robbery", "Arson", "Zeal"])
  }
}
