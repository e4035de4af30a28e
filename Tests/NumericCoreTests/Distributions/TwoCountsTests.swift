import NumericCore
import Testing

/// Against R 4: `min(1, 2 * min(pbinom(a, a + b, s), pbinom(a - 1, a + b, s, lower.tail = FALSE)))`, and `glm(n ~ pair + first +
/// offset(log(e)), family = quasipoisson)` with the p-value of `first` from `summary`.
@Suite struct TwoCountsTests {
  static let plain: (x: [Double], y: [Double]) = (
    [31, 28, 35, 40, 22, 30, 33, 29, 41, 38, 27, 30], [25, 30, 28, 26, 24, 19, 31, 22, 30, 29, 26, 21]
  )
  static let runs: [Double] = [60, 5, 48, 9, 70, 12, 55, 8, 61, 10, 52, 7]

  @Test(
    arguments: [
      (10, 4, 0.5, 0.1795654296875), (0, 6, 0.5, 0.03125), (7, 0, 0.5, 0.015625), (5, 5, 0.5, 1),
      (120, 90, 0.5, 0.0451140878648407), (3, 40, 0.3, 0.000505218770739653),
      (46605, 42705, 0.5, 6.45249076014643e-39),
    ] as [(Double, Double, Double, Double)])
  func theExactTestIsThatOfR(a: Double, b: Double, share: Double, expected: Double) {
    #expect(abs(TwoCounts.exactProbability(a, b, share: share) / expected - 1) < 1e-7)
  }

  @Test func theLargerOfTheTwoTestsIsTaken() {
    // Less scattered than chance: the exact test.
    let plain = TwoCounts.probability(Self.plain.x, Self.plain.y)
    #expect(abs(plain / 0.00627148534700932 - 1) < 1e-9)
    // In runs: the quasi-Poisson regression, where the exact test gives 0.0014.
    #expect(abs(TwoCounts.probability(Self.runs, Self.plain.y) / 0.329359511985484 - 1) < 1e-9)
    #expect(
      abs(TwoCounts.probability(Self.plain.x, Self.plain.y, share: 0.55) / 0.925080101086022 - 1) < 1e-9)
    // In runs and of unequal exposure, where the exact test gives 0.592; R to `control = list(epsilon = 1e-15)`.
    #expect(abs(TwoCounts.probability(Self.runs, Self.plain.y, share: 0.55) / 0.859098062200047 - 1) < 1e-9)
  }

  @Test func theOrderOfTheWindowsDoesNotMatter() {
    for share in [0.3, 0.5, 0.61] {
      let one = TwoCounts.probability(Self.runs, Self.plain.y, share: share)
      let other = TwoCounts.probability(Self.plain.y, Self.runs, share: 1 - share)
      #expect(abs(one - other) < 1e-12)
    }
  }

  @Test func whatIsNoCountIsNotTested() {
    #expect(TwoCounts.probability([], []).isNaN && TwoCounts.probability([1, 2], [1]).isNaN)
    #expect(TwoCounts.exactProbability(-1, 2).isNaN && TwoCounts.exactProbability(.infinity, 2).isNaN)
    #expect(TwoCounts.probability([0, 0], [0, 0]) == 1)
    #expect(abs(TwoCounts.probability([3, 4], [0, 0]) - 0.015625) < 1e-12)
  }

  /// Two years of one level: in at most one of a hundred is a difference called real, events coming singly or in runs.
  @Test(arguments: [1.0, 4.0]) func falseAlarmsKeepTheirLevel(clump: Double) {
    var random = RandomSource(seed: 5)
    var alarms = 0
    let trials = 2000
    for _ in 0..<trials {
      func month() -> Double { clump * (0..<20).reduce(0) { sum, _ in sum + (random.uniform() < 0.5 ? 1 : 0) } }
      let (x, y) = ((0..<12).map { _ in month() }, (0..<12).map { _ in month() })
      if TwoCounts.probability(x, y) < 0.01 { alarms += 1 }
    }
    #expect(alarms <= trials / 70)
  }
}
