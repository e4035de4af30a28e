import Foundation
import NumericCore
import Testing
import TimeSeries

@testable import Forecasting

/// Members in several processes, as it were: each part is filled in an order of its own from a written form of the empty
/// statistic, and the parts are joined from their written forms.
struct ScatteredMembers<Member>: PoolMembers {
  let parts: [[Member]]

  init(_ members: [Member], parts count: Int, seed: UInt64) {
    var random = RandomSource(seed: seed)
    var parts = [[Member]](repeating: [], count: count)
    for member in members {
      let part = min(count - 1, Int(random.uniform() * Double(count)))
      parts[part].insert(member, at: Int(random.uniform() * Double(parts[part].count)))
    }
    self.parts = parts
  }

  func gather<Statistic: PoolStatistic>(_ empty: Statistic) -> Statistic where Statistic.Member == Member {
    func carried(_ statistic: Statistic) -> Statistic {
      do {
        return try JSONDecoder().decode(Statistic.self, from: JSONEncoder().encode(statistic))
      } catch {
        Issue.record(error)
        return statistic
      }
    }
    var whole = carried(empty)
    for part in parts {
      var statistic = carried(empty)
      for member in part { statistic.add(member) }
      whole.combine(with: carried(statistic))
    }
    return whole
  }
}

/// Whatever the partition of a pool, what it learns is the same to the bit.
@Suite struct PoolStatisticTests {
  /// Partitions: how many parts, and how members fall on them.
  static let partitions: [(Int, UInt64)] = [(1, 1), (2, 2), (3, 3), (7, 4), (40, 5)]

  /// Areas of different size that begin and end at different times, with gaps; one without an event.
  static let histories: [CountHistory] = (0..<23).map { a in
    var random = RandomSource(seed: 11, stream: "\(a)")
    let level = a == 5 ? 0 : exponential(Double(a % 6) - 1)
    var values: [Double] = []
    for t in 0..<(90 - a) {
      let season = 1 + 0.4 * sine(Double(t + a % 4) * .pi / 6)
      let count = random.negativeBinomial(mean: level * season, size: 8)
      values.append((t + a) % 29 == 28 ? .nan : count)
    }
    return CountHistory(
      Series(key: SeriesKey(area: "\(a)", measure: "M"), start: .month(2014, 3) + a % 4, values: values))
  }

  static let seasonal: [PooledSeasonality.Member] = histories.map {
    ($0, SeasonalEvidence($0, season: [Double](repeating: 1, count: 12), coverage: 0.85))
  }

  @Test(arguments: partitions) func seasonsAreTheSame(parts: Int, seed: UInt64) {
    let local = PooledSeasonality(Self.seasonal, seasonLength: 12)
    let scattered = PooledSeasonality(ScatteredMembers(Self.seasonal, parts: parts, seed: seed), seasonLength: 12)
    #expect(local.factors.map(\.bitPattern) == scattered.factors.map(\.bitPattern))
    #expect(local.relativeVariance.map(\.bitPattern) == scattered.relativeVariance.map(\.bitPattern))
    #expect(local.priorEvents.bitPattern == scattered.priorEvents.bitPattern && local.priorEvents.isFinite)
    #expect((local.factors.max() ?? 0) > 1.2, "there is a season to find")
  }

  @Test(arguments: partitions) func levelsAreTheSame(parts: Int, seed: UInt64) throws {
    let members = Self.histories.map { ($0, $0.scale(season: [Double](repeating: 1, count: 12))) }
    let local = try #require(PooledLevel(members.map { (history: $0.0, scale: $0.1) }))
    let scattered = try #require(
      PooledLevel(
        ScatteredMembers(members.map { PooledLevel.Member($0.0, scale: $0.1) }, parts: parts, seed: seed)))
    #expect(local.first == scattered.first && local.first == Period.month(2014, 3).ordinal)
    #expect(local.ahead.map(\.bitPattern) == scattered.ahead.map(\.bitPattern))
    #expect(local.stepVariance.bitPattern == scattered.stepVariance.bitPattern)
  }

  @Test(arguments: partitions) func priorsAreTheSame(parts: Int, seed: UInt64) {
    let members: [CandidateWeights.Member] = Self.histories.map { history in
      let input = FilterInput(history, scale: history.scale(season: [Double](repeating: 1, count: 12)))
      return (history.band, CandidateLikelihoods(own: input, pooled: nil).likelihood)
    }
    let base = CandidatePrior(pooled: false)
    let local = CandidatePrior.banded(LocalMembers(members), bands: 3, base: base)
    let scattered = CandidatePrior.banded(
      ScatteredMembers(members, parts: parts, seed: seed), bands: 3, base: base)
    for (a, b) in zip(local, scattered) {
      #expect(a.processes.map(\.bitPattern) == b.processes.map(\.bitPattern))
      #expect(a.sizes.map(\.bitPattern) == b.sizes.map(\.bitPattern))
      #expect(abs(a.processes.reduce(0, +) - 1) < 1e-12 && abs(a.sizes.reduce(0, +) - 1) < 1e-12)
    }
    #expect(local[0].processes != base.processes && local[0].processes != local[2].processes)
  }

  @Test(arguments: partitions) func blendsAreTheSame(parts: Int, seed: UInt64) throws {
    var random = RandomSource(seed: 3)
    let grid = HeldOutForecasts.grid.probabilities.map(Normal.quantile)
    let members = (0..<30).map { i in
      let mean = 40.0 + Double(i)
      func quantiles(_ centre: Double) -> [[Double]] {
        [[Double]](repeating: grid.map { centre + 6 * $0 }, count: 12)
      }
      return HeldOutForecasts(
        mean: mean, scale: 5 + random.uniform(), actual: (0..<12).map { _ in (mean + 9 * random.normal()).rounded() },
        counts: quantiles(mean + 4), classical: quantiles(mean))
    }
    let local = try #require(BlendLearning.learn(LocalMembers(members)))
    let scattered = try #require(BlendLearning.learn(ScatteredMembers(members, parts: parts, seed: seed)))
    #expect(local.favoured == scattered.favoured && local.evidence == 30 && scattered.evidence == 30)
    #expect(local.stretch.bitPattern == scattered.stretch.bitPattern && local.stretch > 1.05)
  }

  @Test(arguments: partitions) func seasonsOfSharesAreTheSame(parts: Int, seed: UInt64) {
    let members = (0..<17).compactMap { i -> LogitSeasonEvidence? in
      var random = RandomSource(seed: 5, stream: "\(i)")
      let n = (0..<60).map { _ in 10 + random.poisson(mean: 10) }
      let shares = n.enumerated().map { t, n in
        let logit = 0.6 * cosine(Double(t) * .pi / 6) - 0.5
        return random.binomial(count: n, probability: 1 / (1 + exponential(-logit))) / n
      }
      let series = Series(
        key: SeriesKey(area: "\(i)", measure: "M"), start: .month(2012, 1), values: shares, kind: .proportion,
        denominators: n)
      return ProportionHistory(series).map(LogitSeasonEvidence.init)
    }
    #expect(members.count == 17)
    let local = LogitSeason(members, seasonLength: 12)
    let scattered = LogitSeason(ScatteredMembers(members, parts: parts, seed: seed), seasonLength: 12)
    #expect(local.offsets.map(\.bitPattern) == scattered.offsets.map(\.bitPattern))
    #expect(local.variances.map(\.bitPattern) == scattered.variances.map(\.bitPattern))
    #expect(local.between.bitPattern == scattered.between.bitPattern && local.between > 0)
  }

  @Test func emptyPartsSayNothing() {
    let one = Array(Self.seasonal.prefix(1))
    let local = PooledSeasonality(one, seasonLength: 12)
    let scattered = PooledSeasonality(ScatteredMembers(one, parts: 5, seed: 1), seasonLength: 12)
    #expect(local.factors == scattered.factors && scattered.priorEvents == .infinity)
    #expect(PooledSeasonality(LocalMembers([]), seasonLength: 12).factors == [Double](repeating: 1, count: 12))
    #expect(PooledLevel(LocalMembers([])) == nil)
    #expect(BlendLearning.learn(LocalMembers([])) == nil)
  }
}
