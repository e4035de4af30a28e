import NumericCore
import TestSupport
import TimeSeries
import Testing

@testable import ExceptionDetection

/// Totals of months whose reports arrive with known delays.
struct SimulatedReports {
  /// Share that arrives at each delay.
  static let arrivals = [0.55, 0.2, 0.12, 0.08, 0.05]
  /// Share known at each delay.
  static let completeness = [0.55, 0.75, 0.87, 0.95, 1]
  static let start = Period.month(2016, 1)

  /// Entries of `months` periods as seen at every `every`-th month's end, and each period's eventual total.
  static func entries(
    months: Int, level: Double = 400, every: Int = 1, seed: UInt64 = 3, size: Double = .infinity
  ) -> (entries: [ReportingTriangle.Entry], totals: [Double]) {
    var random = RandomSource(seed: seed)
    var entries: [ReportingTriangle.Entry] = []
    var totals: [Double] = []
    for month in 0..<months {
      let mean = random.negativeBinomial(mean: level, size: size)
      let arrived = arrivals.map { random.poisson(mean: mean * $0) }
      totals.append(arrived.reduce(0, +))
      var known = 0.0
      for delay in 0..<12 where month + delay < months {
        known += delay < arrived.count ? arrived[delay] : 0
        if (month + delay) % every == every - 1 {
          entries.append(.init(period: start + month, delay: delay, total: known))
        }
      }
    }
    return (entries, totals)
  }
}

struct DelayDistributionTests {
  @Test func aPublishedTriangleGivesTheChainLaddersFactors() throws {
    let c = try #require(try Fixture.numbers("delays.csv", target: "ExceptionDetectionTests")["1"])
    let (periods, delays) = (try #require(c["period"]), try #require(c["delay"]))
    let entries = try #require(c["total"]).enumerated().map { i, total in
      ReportingTriangle.Entry(period: .month(2000, 1) + Int(periods[i]), delay: Int(delays[i]), total: total)
    }
    let distribution = try #require(DelayDistribution(ReportingTriangle(entries)))
    #expect(distribution.longest == 9 && distribution.periods == 9)
    for (own, other) in zip(distribution.completeness, try #require(c["completeness"])) {
      #expect(abs(own / other - 1) < 1e-12)
    }
    // Mack (1993), table: 3.491, 1.747, 1.457, ...
    #expect(abs(distribution.completeness[1] / distribution.completeness[0] - 3.491) < 5e-4)
    #expect(zip(distribution.logVariance, distribution.logVariance.dropFirst()).allSatisfy { $0 >= $1 })
    let shuffled = DelayDistribution(ReportingTriangle(entries.reversed()))
    #expect(shuffled?.completeness == distribution.completeness && shuffled?.logVariance == distribution.logVariance)
  }

  @Test(arguments: [1, 2, 3])
  func knownDelaysAreRecoveredEvenFromVintagesThatSkipMonths(every: Int) throws {
    let seen = SimulatedReports.entries(months: 90, every: every).entries
    let distribution = try #require(DelayDistribution(ReportingTriangle(seen)))
    for (own, truth) in zip(distribution.completeness, SimulatedReports.completeness) {
      #expect(abs(own - truth) < 0.03, "\(every): \(distribution.completeness)")
    }
    #expect(distribution.completeness.dropFirst(5).allSatisfy { abs($0 - 1) < 0.005 })
  }

  @Test func intervalsOfTheNextPeriodCoverIt() throws {
    var inside = 0
    for seed in 0..<200 {
      let (entries, totals) = SimulatedReports.entries(months: 30, level: 150, seed: UInt64(seed))
      let distribution = try #require(
        DelayDistribution(ReportingTriangle(entries.filter { $0.period < SimulatedReports.start + 24 })))
      let newest = try #require(entries.first { $0.period == SimulatedReports.start + 24 && $0.delay == 0 })
      let known = try #require(distribution[0])
      let error = logarithm(newest.total / totals[24] / known.share)
      if abs(error) < 1.96 * known.logVariance.squareRoot() { inside += 1 }
    }
    #expect(inside >= 180 && inside < 200, "\(inside)")
  }

  @Test func recordsTakenAwayLaterAreMoreThanAll() throws {
    let entries = (0..<10).flatMap { month in
      [0, 1].map { ReportingTriangle.Entry(period: .month(2020, 1) + month, delay: $0, total: $0 == 0 ? 110 : 100) }
    }
    let distribution = try #require(DelayDistribution(ReportingTriangle(entries)))
    #expect(abs(distribution.completeness[0] - 1.1) < 1e-12)
  }

  @Test func nothingSeenTwiceTellsNothing() {
    let once = (0..<5).map { ReportingTriangle.Entry(period: .month(2020, 1) + $0, delay: 5 - $0, total: 9) }
    #expect(DelayDistribution(ReportingTriangle(once)) == nil)
    #expect(DelayDistribution(ReportingTriangle([])) == nil)
    // Totals of different numbers of areas are not compared.
    let grown = [
      ReportingTriangle.Entry(period: .month(2020, 1), delay: 0, total: 9, values: 3),
      ReportingTriangle.Entry(period: .month(2020, 1), delay: 1, total: 90, values: 30),
    ]
    #expect(DelayDistribution(ReportingTriangle(grown)) == nil)
    let empty = (0..<8).flatMap { month in
      [0, 1].map { ReportingTriangle.Entry(period: .month(2020, 1) + month, delay: $0, total: $0 == 0 ? 0 : 50) }
    }
    let share = DelayDistribution(ReportingTriangle(empty))?.completeness[0] ?? .nan
    #expect(share > 0 && share < 0.01)
  }
}
