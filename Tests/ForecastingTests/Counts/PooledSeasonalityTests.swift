import NumericCore
import Testing
import TimeSeries

@testable import Forecasting

@Suite struct PooledSeasonalityTests {
  /// Areas of the given levels with the season 1 + swing sin; exposure is taken out by the model.
  static func estimate(levels: [Double], months: Int, swing: Double, seed: UInt64 = 6) -> (
    pool: PooledSeasonality, own: [[Double]]
  ) {
    let histories = levels.enumerated().map { a, level in
      var random = RandomSource(seed: seed, stream: "\(a)")
      let start = Period.month(2012, 1)
      let exposure = CountHistory.exposures(from: start, count: months)
      let values = (0..<months).map { (t: Int) -> Double in
        let season: Double = 1 + swing * sine(Double(t) * .pi / 6)
        return random.poisson(mean: level * exposure[t] * season)
      }
      return CountHistory(Series(key: SeriesKey(area: "\(a)", measure: "M"), start: start, values: values))
    }
    let flat = [Double](repeating: 1, count: 12)
    let members = histories.map { ($0, SeasonalEvidence($0, season: flat, coverage: 0.85)) }
    let pool = PooledSeasonality(members.map { (history: $0.0, evidence: $0.1) }, seasonLength: 12)
    return (pool, members.map { pool.factors(of: $0.0, $0.1).factors })
  }

  static func error(_ factors: [Double], _ swing: Double) -> Double {
    let errors = (0..<12).map { factors[$0] - (1 + swing * sine(Double($0) * .pi / 6)) }
    return (errors.reduce(0) { $0 + $1 * $1 } / 12).squareRoot()
  }

  @Test func aStrongSeasonIsRecovered() {
    let (pool, own) = Self.estimate(levels: [80, 40, 100, 60], months: 96, swing: 0.4)
    #expect(Self.error(pool.factors, 0.4) < 0.04)
    for factors in own {
      #expect(Self.error(factors, 0.4) < 0.08)
      #expect(abs(factors.reduce(0, +) / 12 - 1) < 1e-12)
    }
  }

  @Test func noSeasonIsShrunkAway() {
    let (pool, _) = Self.estimate(levels: [20, 10, 5, 30], months: 96, swing: 0)
    #expect(Self.error(pool.factors, 0) < 0.03)
    let few = Self.estimate(levels: [0.2], months: 48, swing: 0).pool
    #expect(Self.error(few.factors, 0) < 0.25, "ten events make no season")
  }

  @Test func poolingBeatsEstimatingAlone() {
    let levels = [Double](repeating: 2, count: 40)
    let (_, pooled) = Self.estimate(levels: levels, months: 60, swing: 0.4)
    let together = pooled.map { Self.error($0, 0.4) }.reduce(0, +) / 40
    let alone =
      (0..<10).map { Self.error(Self.estimate(levels: [2], months: 60, swing: 0.4, seed: 100 + $0).pool.factors, 0.4) }
      .reduce(0, +) / 10
    #expect(together < 0.5 * alone, "\(together) pooled, \(alone) alone")
  }
}
