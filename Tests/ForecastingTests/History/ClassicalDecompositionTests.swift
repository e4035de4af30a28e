import NumericCore
import TestSupport
import Testing

@testable import Forecasting

/// Seasonal figures against statsmodels, shrunken ones against the formula worked out in numpy (`Fixtures/theta.py`).
@Suite struct ClassicalDecompositionTests {
  @Test(arguments: [("monthly", 12, true), ("quarterly", 4, false)])
  func figuresAgree(name: String, m: Int, multiplicative: Bool) throws {
    let reference = try #require(try Fixture.numbers("theta.csv", target: "ForecastingTests")[name])
    let y = try #require(reference["y"])
    let d = ClassicalDecomposition(y, m: m, multiplicative: multiplicative)
    for (own, theirs) in zip(d.figures, try #require(reference["figures"])) { #expect(abs(own - theirs) < 1e-10) }
    for (own, theirs) in zip(d.shrunken, try #require(reference["shrunken"])) { #expect(abs(own - theirs) < 1e-10) }
    #expect(zip(d.figures, d.shrunken).contains { abs($0 - $1) > 1e-3 })
  }

  @Test func anExactSeasonIsLeftAsItIs() {
    let y = (0..<40).map { 100 * [0.5, 1, 1.25, 1.25][$0 % 4] }
    let d = ClassicalDecomposition(y, m: 4, multiplicative: true)
    #expect(d.variance < 1e-25)
    for (own, truth) in zip(d.shrunken, [0.5, 1, 1.25, 1.25]) { #expect(abs(own - truth) < 1e-12) }
  }

  @Test func noiseIsDrawnTowardsNoSeason() {
    var random = RandomSource(seed: 4)
    let y = (0..<72).map { _ in 100 + 5 * random.normal() }
    let d = ClassicalDecomposition(y, m: 12, multiplicative: false)
    let size = { (f: [Double]) in f.reduce(0) { $0 + $1 * $1 } }
    #expect(size(d.shrunken) < 0.5 * size(d.figures))
  }
}
