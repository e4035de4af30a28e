import NumericCore
import TestSupport
import Testing

struct BetaBinomialTests {
  @Test func probabilitiesAndTailsAgreeWithSciPy() throws {
    let rows = try Fixture.table("beta_binomial.csv", target: "NumericCoreTests")
    #expect(rows.count > 60)
    for row in rows {
      let number = { (name: String) in try #require(row[name].flatMap { Double($0) }) }
      let distribution = BetaBinomial(trials: try number("trials"), mean: try number("mean"), size: try number("size"))
      let k = try number("k")
      let tails = distribution.tails(k)
      let (lower, upper, log) = (try number("lower"), try number("upper"), try number("log"))
      #expect(abs(tails.lower - lower) <= 1e-8 * lower + 1e-300, "\(row)")
      #expect(abs(tails.upper - upper) <= 1e-8 * upper + 1e-300, "\(row)")
      #expect(abs(distribution.logProbability(k) - log) <= 1e-8 * abs(log) + 1e-9, "\(row)")
    }
  }

  @Test(arguments: [(7.0, 0.3, 0.5), (40, 0.9, 12), (200, 0.02, .infinity)])
  func probabilitiesAddUp(trials: Double, mean: Double, size: Double) {
    let distribution = BetaBinomial(trials: trials, mean: mean, size: size)
    var total = 0.0
    var first = 0.0
    for k in 0...Int(trials) {
      let p = exponential(distribution.logProbability(Double(k)))
      total += p
      first += p * Double(k)
      let tails = distribution.tails(Double(k))
      #expect(abs(tails.lower + tails.upper - 1) < 1e-12)
      #expect(abs(tails.lower - total) < 1e-10)
    }
    #expect(abs(total - 1) < 1e-10 && abs(first - trials * mean) < 1e-8)
  }

  @Test func endsAreExact() {
    let none = BetaBinomial(trials: 0, mean: 0.4, size: 3)
    #expect(none.tails(0) == (1, 0) && none.logProbability(0) == 0)
    #expect(BetaBinomial(trials: 5, mean: 0, size: 3).tails(0) == (1, 0))
    #expect(BetaBinomial(trials: 5, mean: 1, size: 3).tails(4) == (0, 1))
    #expect(BetaBinomial(trials: 5, mean: 0.5, size: 3).tails(-1) == (0, 1))
    #expect(BetaBinomial(trials: 5, mean: 0.5, size: 3).logProbability(6) == -.infinity)
    #expect(BetaBinomial(trials: 5, mean: 0.5, size: 4).correlation == 0.2)
  }
}
