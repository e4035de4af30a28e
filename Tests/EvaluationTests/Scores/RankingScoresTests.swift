import Evaluation
import TestSupport
import Testing

@Suite struct RankingScoresTests {
  @Test(arguments: ["few", "many", "ties"])
  func asScikitLearnAndSciPyHaveThem(name: String) throws {
    let fixture = try #require(
      try Fixture.numbers("ranking_scores.csv", target: "EvaluationTests")[name])
    let (values, gains) = (try #require(fixture["value"]), try #require(fixture["gain"]))
    #expect(
      abs(RankingScores.rankCorrelation(values, gains) - (try #require(fixture["spearman"]?.first))) < 1e-12)
    guard let expected = fixture["ndcg"]?.first else { return }
    let order = values.indices.sorted { values[$0] > values[$1] }
    let k = Int(try #require(fixture["k"]?.first))
    #expect(abs(RankingScores.normalisedGain(of: order, gains: gains, at: k) - expected) < 1e-12)
  }

  @Test func precisionIsOfTheFirst() {
    let relevant = [true, false, true, false]
    #expect(RankingScores.precision(of: [0, 2, 1, 3], relevant: relevant, at: 2) == 1)
    #expect(RankingScores.precision(of: [1, 0, 3, 2], relevant: relevant, at: 2) == 0.5)
    #expect(RankingScores.precision(of: [3, 1, 0, 2], relevant: relevant, at: 10) == 0.5)
    // What an order leaves out earns nothing.
    #expect(RankingScores.precision(of: [0], relevant: relevant, at: 2) == 0.5)
    #expect(RankingScores.precision(of: [], relevant: [], at: 10).isNaN)
  }

  @Test func nothingToFindHasNoScore() {
    #expect(RankingScores.normalisedGain(of: [0, 1], gains: [0, 0], at: 2).isNaN)
    #expect(RankingScores.rankCorrelation([1, 1], [1, 2]).isNaN && RankingScores.rankCorrelation([], []).isNaN)
    #expect(RankingScores.rankCorrelation([1, 2, 3], [9, 4, 1]) == -1)
  }
}
