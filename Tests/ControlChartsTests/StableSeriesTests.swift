import NumericCore
import TimeSeries
import Testing

@testable import ControlCharts

struct StableSeriesTests {
  /// Of independent normal points about a known mean with known limits: beyond three deviations 2 (1 - F(3)); the last seven on
  /// one side 2 / 2^7; the last seven in rising or falling order 2 / 7!; the last beyond two deviations, of the two before one
  /// at least, and both on its side 2 p ((1/2)^2 - (1/2 - p)^2), p = 1 - F(2). R: 2 * pnorm(-3); 2 / 2^7; 2 / factorial(7);
  /// p <- pnorm(-2); 2 * p * (.25 - (.5 - p)^2).
  private static let closedForms: [(SPCRule, Double)] = [
    (.outsideLimits, 0.0026997961), (.oneSide, 0.015625), (.trend, 0.0003968254), (.twoOfThree, 0.0010114846),
  ]

  @Test func eachRuleAlarmsAsOftenAsItsClosedFormSays() throws {
    // Mean and limits of 250 points are all but known ones; 60,000 stretches.
    let values = ControlChartTests.series((0..<250).map { Double($0 % 7) }, kind: .value)
    let stable = try #require(StableSeries(values, used: Array(0..<250)))
    let rates = stable.falseAlarms(values.key, simulations: 60_000, seed: 2)
    for (rule, expected) in Self.closedForms {
      let rate = try #require(rates.rules[rule])
      let error = (expected / 60_000).squareRoot()
      // Estimated limits add a few per cent.
      #expect(abs(rate - expected) < 4 * error + 0.06 * expected, "\(rule) \(rate)")
    }
    #expect(rates.any <= rates.rules.values.reduce(0, +))
    #expect(rates.any >= rates.rules.values.max() ?? 1)
  }

  @Test func theSameSeedGivesTheSameRates() throws {
    let shares = ControlChartTests.series(
      (0..<40).map { $0 % 3 == 0 ? 0.2 : 0.3 }, kind: .proportion, denominators: [Double](repeating: 50, count: 40))
    let stable = try #require(StableSeries(shares, used: Array(0..<40)))
    let rates = stable.falseAlarms(shares.key, simulations: 1500, seed: 2)
    #expect(rates.any > 0.003 && rates.any < 0.06, "\(rates.any)")
    #expect(rates == stable.falseAlarms(shares.key, simulations: 1500, seed: 2))
    #expect(rates != stable.falseAlarms(shares.key, simulations: 1500, seed: 3))
  }

  @Test func tooFewPointsAndCountsAreNoProcess() {
    #expect(StableSeries(ControlChartTests.series([1, 2, 3], kind: .value), used: [0, 1, 2]) == nil)
    #expect(StableSeries(ControlChartTests.series(ControlChartTests.steady), used: Array(0..<24)) == nil)
  }
}
