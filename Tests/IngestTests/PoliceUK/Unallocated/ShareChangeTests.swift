import NumericCore
import Testing

@testable import Ingest

/// False alarms, power and robustness of the test for a changed share, on simulated months whose truth is known.
@Suite struct ShareChangeTests {
  /// Months of beta-binomial counts: about `total` rows each, shares about `share` of the month.
  ///
  /// - Parameters:
  ///   - size: of the beta distribution; a small one makes months differ by much more than chance.
  ///   - likeness: correlation of neighbouring months' log odds.
  private static func months(
    _ shares: [Double], total: Int, size: Double, likeness: Double = 0, _ random: inout RandomSource
  ) -> (counts: [Int], totals: [Int]) {
    var wander = random.normal()
    var counts: [Int] = []
    var totals: [Int] = []
    for share in shares {
      wander = likeness * wander + (1 - likeness * likeness).squareRoot() * random.normal()
      let odds = share / (1 - share) * exponential(likeness > 0 ? 0.15 * wander : 0)
      let rows = max(1, Int(random.negativeBinomial(mean: Double(total), size: 50)))
      counts.append(Int(random.betaBinomial(trials: Double(rows), mean: odds / (1 + odds), size: size)))
      totals.append(rows)
    }
    return (counts, totals)
  }

  private static func divisions(_ made: (counts: [Int], totals: [Int])) -> [ShareChange.Division] {
    ShareChange(counts: made.counts, totals: made.totals).divisions()
  }

  /// Nothing changes: the bound is one series in a thousand, and the least change that matters makes it rarer still.
  @Test(arguments: [
    (17, 0.10, 1200, 2000.0, 0.0), (17, 0.05, 40, 300, 0), (45, 0.03, 200, 500, 0), (45, 0.12, 60, 200, 0),
    (90, 0.05, 300, 300, 0), (45, 0.08, 300, 1000, 0.5),
  ])
  func aShareThatDoesNotChangeIsLeftAlone(
    length: Int, share: Double, total: Int, size: Double, likeness: Double
  ) {
    var random = RandomSource(seed: 12, stream: "share-\(length)-\(total)-\(likeness)")
    let alarms = (0..<150).count { _ in
      !Self.divisions(
        Self.months(
          [Double](repeating: share, count: length), total: total, size: size, likeness: likeness, &random)
      ).isEmpty
    }
    #expect(alarms <= 1)
  }

  @Test(arguments: [
    (30, 30, 0.10, 0.01, 200), (30, 30, 0.04, 0.08, 200), (40, 6, 0.10, 0.01, 200), (40, 8, 0.04, 0.08, 400),
    (6, 11, 0.10, 0.023, 1000), (6, 11, 0.04, 0.08, 1000), (4, 5, 0.10, 0.01, 1000), (3, 4, 0.10, 0.023, 15000),
  ])
  func aRealDriftIsFoundAtItsMonth(before: Int, after: Int, from: Double, to: Double, total: Int) {
    var random = RandomSource(seed: 34, stream: "drift-\(before)-\(after)-\(from)")
    var (found, near) = (0, 0)
    for _ in 0..<40 {
      let shares = [Double](repeating: from, count: before) + [Double](repeating: to, count: after)
      let divisions = Self.divisions(Self.months(shares, total: total, size: 2000, &random))
      let own = divisions.filter { ($0.after > $0.before) == (to > from) }
      found += own.isEmpty ? 0 : 1
      near += own.contains { abs($0.at - before) <= 1 } ? 1 : 0
    }
    #expect(found >= 32 && near >= 30, "found \(found), at the month \(near) of 40")
  }

  /// A batch that was not geocoded is no drift, wherever it lies.
  @Test(arguments: [[20], [0], [44], [10, 30], [43], [5, 22, 40], [43, 44]]) func aBadMonthIsNoDrift(bad: [Int]) {
    var random = RandomSource(seed: 56)
    var shares = [Double](repeating: 0.04, count: 45)
    for month in bad { shares[month] = 0.7 }
    #expect(Self.divisions(Self.months(shares, total: 500, size: 2000, &random)).isEmpty)
  }

  @Test(arguments: [(0.04, 0.15), (0.15, 0.04), (0.02, 0.5)]) func aLevelLeftAndComeBackToIsTwoDrifts(
    usual: Double, other: Double
  ) {
    var random = RandomSource(seed: 78)
    let shares = (0..<60).map { (25..<34).contains($0) ? other : usual }
    let divisions = Self.divisions(Self.months(shares, total: 500, size: 2000, &random))
    #expect(divisions.map(\.at) == [25, 34])
    #expect(divisions.map { $0.after > $0.before } == (other > usual ? [true, false] : [false, true]))
  }

  /// A change of under two points is none, however sure.
  @Test(arguments: [(0.040, 0.055), (0.10, 0.09), (0.0, 0.015)]) func aChangeThatMattersToNobodyIsNone(
    from: Double, to: Double
  ) {
    let shares = [Double](repeating: from, count: 30) + [Double](repeating: to, count: 30)
    #expect(
      ShareChange(counts: shares.map { Int($0 * 100_000) }, totals: shares.map { _ in 100_000 }).divisions().isEmpty)
  }

  @Test func nothingIsSaidOfFiveMonths() {
    let change = ShareChange(counts: [100, 100, 100, 10, 10], totals: [Int](repeating: 1000, count: 5))
    #expect(change.divisions().isEmpty)
  }

  /// By hand: without scatter the variance is that by chance, 1 / (n + ½), and neighbours do not resemble each other more.
  @Test func theStatisticIsThatOfTheArcsine() throws {
    let change = ShareChange(counts: [10, 10, 10, 40, 40, 40], totals: [Int](repeating: 100, count: 6))
    let division = try #require(change.division(3, of: 0..<6, tests: 1))
    func arcsine(_ count: Double) -> Double { 2 * arctangent(((count + 0.375) / (100 - count + 0.375)).squareRoot()) }
    let error = (1 / 100.5 * 2 / 3).squareRoot()
    #expect(abs(division.statistic - (arcsine(40) - arcsine(10)) / error) < 1e-12)
    let tails = StudentT.tails(division.statistic, degreesOfFreedom: 4)
    #expect(abs(division.probability - 2 * tails.upper) < 1e-12)
    #expect(abs(division.before - 10.375 / 100.75) < 1e-12 && abs(division.after - 40.375 / 100.75) < 1e-12)
  }

  /// Months in the reverse order have the same changes, the other way round.
  @Test func timeMayRunBackwards() {
    var random = RandomSource(seed: 90)
    let shares = [Double](repeating: 0.1, count: 20) + [Double](repeating: 0.03, count: 20)
    let made = Self.months(shares, total: 400, size: 2000, &random)
    let there = Self.divisions(made)
    let back = Self.divisions((made.counts.reversed(), made.totals.reversed()))
    #expect(there.map(\.at) == [20] && back.map(\.at) == [20])
    #expect(abs(there[0].statistic + back[0].statistic) < 1e-9)
  }
}
