import NumericCore
import RiskRanking
import Testing
import TimeSeries

@Suite struct LevelDistributionTests {
  private func outlook(rise: Double, fall: Double) -> Outlook {
    Outlook(
      matchedPeriods: 12, periodsInYear: 12, lastYear: 100, mean: 110, median: 109, lower80: 90, upper80: 131,
      lower95: 80, upper95: 145, rise: Event(direction: .rise, size: .share(0.1), horizon: 12, base: 100),
      probabilityOfRise: rise, probabilityOfFall: fall, model: "given")
  }

  /// It says of the quantiles and of the material changes what the outlook says.
  @Test func agreesWithTheOutlook() {
    let distribution = LevelDistribution(outlook(rise: 0.48, fall: 0.1))
    for (level, above) in [(80.0, 0.975), (109, 0.5), (131, 0.1), (145, 0.025), (110, 0.48)] {
      #expect((distribution.probability(above: level) - above).magnitude < 1e-6, "\(level)")
    }
    #expect((distribution.level(at: 0) - 109).magnitude < 1e-9)
    #expect((distribution.level(at: Normal.quantile(0.9)) - 131).magnitude < 1e-6)
  }

  @Test func risesAndStaysWithinWhatACountCanBe() {
    let distribution = LevelDistribution(outlook(rise: 0.48, fall: 0.1))
    let levels = stride(from: -8.0, through: 8, by: 0.25).map { distribution.level(at: $0) }
    #expect(zip(levels, levels.dropFirst()).allSatisfy { $0 <= $1 } && levels[0] == 0)
    let chances = stride(from: -10.0, through: 300, by: 5).map { distribution.probability(above: $0) }
    #expect(zip(chances, chances.dropFirst()).allSatisfy { $0 >= $1 } && chances[0] == 1 && chances[61] < 0.001)
    #expect(distribution.probability(above: .nan).isNaN)
  }

  /// What holds one level in every draw is above nothing but what lies below it.
  @Test func ofOneLevelThereIsNoDoubt() {
    let flat = Outlook(
      matchedPeriods: 12, periodsInYear: 12, lastYear: 50, mean: 50, median: 50, lower80: 50, upper80: 50, lower95: 50,
      upper95: 50, rise: Event(direction: .rise, size: .share(0.1), horizon: 12, base: 50), probabilityOfRise: 0,
      probabilityOfFall: 0, model: "given")
    let distribution = LevelDistribution(flat)
    #expect(distribution.probability(above: 49) > 0.97 && distribution.probability(above: 50) < 0.03)
    #expect(distribution.level(at: 3) == 50)
  }
}
