import CommunitySafety
import Parallelism
import RiskRanking
import TimeSeries

extension Assessor {
  /// The risks with how stable the ranks of the level that page one ranks are, each kind of measure by itself.
  func withStability(_ risks: [Risk], _ weights: HarmWeights) async throws -> [Risk] {
    let level = StrategicAssessment.headlineLevel(of: risks)
    let sets = [weights] + reference.harmWeights.filter { $0.name != weights.name }
    var found = risks
    for kind in MeasureKind.allCases {
      let ranked = risks.indices.filter {
        risks[$0].area.level == level && !risks[$0].isGroup && risks[$0].evidence.kind == kind
          && risks[$0].rank != nil
      }
      guard let variations = RankVariations(ranked.map { risks[$0] }, harmSets: sets, seed: configuration.seed) else {
        continue
      }
      let all = RankVariations.all
      let shares = try await parallelMap(count: all.count, threads: threads) {
        variations.shares(all[$0].order, all[$0].variation)
      }
      for (position, index) in ranked.enumerated() {
        found[index].stability = RankStability(shares: shares.compactMap { $0[position] })
      }
    }
    return found
  }
}
