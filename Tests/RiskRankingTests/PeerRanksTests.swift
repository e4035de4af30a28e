import NumericCore
import RiskRanking
import Testing

@Suite struct PeerRanksTests {
  private func ranks(
    _ counts: [Double], residents: Double = 100_000, dispersion: Double = 1, wander: Double = 0
  ) -> [PeerRank] {
    PeerRanks.ranks(
      counts.map { .init(count: $0, residents: residents, dispersion: dispersion, wander: wander) }, seed: 1,
      stream: "test")
  }

  @Test func whatIsFarApartHasOneRank() {
    let found = ranks([100, 1000, 400, 2000, 4000, 8000, 16000, 50])
    #expect(found.map(\.rank) == [2, 4, 3, 5, 6, 7, 8, 1] && found.allSatisfy { $0.lower80 == $0.upper80 })
    #expect(found[6].quartile == 4 && found[6].quartiles == [0, 0, 0, 1])
    for one in found { #expect((one.quartiles.reduce(0, +) - 1).magnitude < 1e-9) }
  }

  /// Three that are alike: each of their ranks is as likely, and the interval says so. Two of 400 and 441 of 100,000, each known but for
  /// its own scatter and seen again with as much, differ by a normal deviate of 41 / sqrt(2 x 841) = 1.0: the one is above the other in 84 %
  /// of draws (R: `pnorm(41 / sqrt(2 * 841))`, 0.841); where rates stray by a tenth a year in 71 % (`pnorm(41 / sqrt(2 * 841 + 0.01 * (400^2 +
  /// 441^2)))`, 0.715).
  @Test func whatIsCloseOverlaps() {
    let alike = ranks([500, 500, 500, 10, 5])
    #expect(alike.map(\.rank) == [3, 3, 3, 2, 1])
    #expect(alike.prefix(3).allSatisfy { $0.lower80 == 3 && $0.upper80 == 5 })
    let close = ranks([400, 441, 10, 5000])
    #expect((close[1].quartiles[2] - 0.841).magnitude < 0.035, "\(close[1].quartiles)")
    let scattered = ranks([400, 441, 10, 5000], dispersion: 9)
    #expect((scattered[1].quartiles[2] - 0.631).magnitude < 0.045, "\(scattered[1].quartiles)")
    let straying = ranks([400, 441, 10, 5000], wander: 0.1)
    #expect((straying[1].quartiles[2] - 0.715).magnitude < 0.045, "\(straying[1].quartiles)")
  }

  /// Rates that stray by a fifth a year are found to; those that only scatter as counts do are not, but for what is usual.
  @Test(arguments: [0.2, 0.0]) func howFarRatesStrayIsFound(_ truth: Double) {
    var random = RandomSource(seed: 7, stream: "wander")
    var wander = Wander()
    var rates = (0..<40).map { _ in 300.0 }
    var before: [Double]?
    for _ in 0..<5 {
      let common = exponential(0.3 * random.normal())
      rates = rates.map { $0 * exponential(truth * random.normal()) }
      let counts = rates.map { (random.gamma(shape: $0 * common)).rounded() }
      if let before { wander.add(before, counts, dispersions: counts.map { _ in 1 }) }
      before = counts
    }
    #expect(abs(wander.deviation - truth) < 0.03, "\(wander.deviation)")
    #expect(Wander().deviation == 0.1)
  }

  @Test func rankDependsOnResidents() {
    let found = PeerRanks.ranks(
      [(1000.0, 500_000.0), (400, 50_000), (300, 100_000), (600, 100_000)].map { .init(count: $0.0, residents: $0.1) },
      seed: 1, stream: "test")
    #expect(found.map(\.rank) == [1, 4, 2, 3])
  }

  @Test func ofTooFewAndOfNobodyThereIsNone() {
    #expect(ranks([1, 2, 3]).isEmpty && ranks([1, 2, 3, 4], residents: 0).isEmpty)
    #expect(!ranks([0, 0, 0, 0]).isEmpty)
  }
}

@Suite struct EmergingPatternTests {
  @Test(
    arguments: [
      ([true, false, false, false], 0, .new), ([true, true, true, true], 1, .intensifying),
      ([true, true, true, true], 0, .persistent), ([true, true, true, true], -1, .diminishing),
      ([true, true, false, false, false], 0, .sporadic), ([false, true, false, false, false], 0, .sporadic),
      ([false, true, true, true], 0, .historical), ([false, false, false], 1, EmergingPattern.Label.none),
    ] as [([Bool], Int, EmergingPattern.Label)])
  func eachCourseHasItsLabel(years: [Bool], change: Int, label: EmergingPattern.Label) throws {
    let found = try #require(EmergingPattern(isHigh: years, change: change, returns: false))
    #expect(found.label == label && found.years == years.count && found.high == years.count { $0 })
    #expect(EmergingPattern(isHigh: years, change: change, returns: true)?.label == .returnToUsual)
  }

  @Test func twoYearsMakeNoPattern() {
    #expect(EmergingPattern(isHigh: [true, false], change: 0, returns: false) == nil)
  }
}
