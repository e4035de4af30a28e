import CommunitySafety
import RiskRanking
import Testing
import TimeSeries

@Suite struct RankStabilityTests {
  private static let weights = HarmWeights(
    name: "a", unit: "days", source: "given", weights: ["Burglary": 100, "Theft": 1], unweighted: [:])
  private static let others = HarmWeights(
    name: "b", unit: "score", source: "given", weights: ["Theft": 1], unweighted: [:])

  /// Twenty thefts whose expected changes lie `gap` apart, each with the same scatter, and a burglary that hardly moves.
  private func risks(gap: Double) -> [Risk] {
    let thefts = (0..<20).map { risk("Theft", "Place \($0)", change: 60 - gap * Double($0), scatter: 20) }
    return ranked(thefts + [risk("Burglary", "Place 0", change: 1, scatter: 3)])
  }

  private func risk(_ name: String, _ area: String, change: Double, scatter: Double) -> Risk {
    let measure = Measure(name: name, polarity: .lowerIsBetter, isCrime: true)
    let next = 400 + change
    let outlook = Outlook(
      matchedPeriods: 12, periodsInYear: 12, lastYear: 400, mean: next, median: next, lower80: next - 1.28 * scatter,
      upper80: next + 1.28 * scatter, lower95: next - 1.96 * scatter, upper95: next + 1.96 * scatter,
      rise: Event(direction: .rise, size: .share(0.1), horizon: 12, base: 400), probabilityOfRise: 0.5,
      probabilityOfFall: 0.01, model: "given")
    return Risk(
      area: Area(name: area, level: .csp), measure: measure,
      evidence: RiskEvidence(
        measure: measure.id, kind: .count, polarity: .lowerIsBetter, isKnown: true, outlook: outlook,
        past: PastComparison(lastYear: 400, lastYearPeriods: 12, yearBefore: nil, twoYearsBefore: nil),
        confidence: Confidence(rating: .high, reasons: []), harmPerOffence: Self.weights[name], doubts: []))
  }

  private func variations(_ risks: [Risk], seed: UInt64 = 1) throws -> RankVariations {
    try #require(RankVariations(risks, harmSets: [Self.weights, Self.others], seed: seed))
  }

  @Test func sharesAddUpAndFollowTheRank() throws {
    let risks = risks(gap: 3)
    for (order, variation) in RankVariations.all where order == .expectedChange {
      let shares = try variations(risks).shares(order, variation).compactMap(\.self)
      #expect((shares.reduce(0) { $0 + $1.top5 } - 5).magnitude < 1e-9, "\(variation)")
      #expect((shares.reduce(0) { $0 + $1.top10 } - 10).magnitude < 1e-9)
      #expect(
        shares[0].top10 > shares[19].top10 && shares.allSatisfy { $0.lower80 <= $0.upper80 && $0.top5 <= $0.top10 })
    }
  }

  /// The further apart, the more of them stay; what is far apart does not move.
  @Test func whatIsFarApartStays() throws {
    func first(_ gap: Double) throws -> Double {
      try #require(try variations(risks(gap: gap)).shares(.expectedChange, .everything)[0]).top5
    }
    let (close, apart) = (try first(0.1), try first(40))
    #expect(close < 0.5 && apart > 0.95, "\(close), \(apart)")
  }

  @Test func theSeedDecidesAndNothingElse() throws {
    let risks = risks(gap: 2)
    let one = try variations(risks).shares(.harm, .everything)
    #expect(one == (try variations(risks).shares(.harm, .everything)))
    #expect(one != (try variations(risks, seed: 2).shares(.harm, .everything)))
  }

  /// The burglary leads by harm under the one set and has no weight in the other: it is ranked where it has one.
  @Test func aSetWithoutAWeightDoesNotRank() throws {
    let risks = risks(gap: 3)
    let at = try #require(risks.firstIndex { $0.label == "Burglary" })
    let bySet = try variations(risks).shares(.harm, .harmSet)
    #expect(try #require(bySet[at]).top5 == 1)
    // Under the other set the thefts have the order to themselves, so that the sixth by harm is among five more often than never.
    let thefts = bySet.enumerated().filter { $0.offset != at }.compactMap(\.element)
    #expect(thefts.map(\.top5)[4] > 0.3 && thefts.map(\.top5)[4] < 0.7 && thefts[0].top5 == 1)
  }

  @Test func ofNothingAndOfTooManyThereIsNone() {
    #expect(RankVariations([], harmSets: [], seed: 1) == nil)
    let one = risks(gap: 1)[0]
    #expect(RankVariations([Risk](repeating: one, count: 5_001), harmSets: [], seed: 1) == nil)
  }

  /// Without any harm weights only the order by expected change is made.
  @Test func withoutHarmThereIsNoOrderByHarm() throws {
    let variations = try #require(RankVariations(risks(gap: 1), harmSets: [], seed: 1))
    #expect(variations.shares(.harm, .everything).allSatisfy { $0 == nil })
    #expect(variations.shares(.expectedChange, .everything).allSatisfy { $0 != nil })
  }
}
