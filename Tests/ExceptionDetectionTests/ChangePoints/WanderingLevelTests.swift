import NumericCore
import TestSupport
import Testing

@testable import ExceptionDetection

struct WanderingLevelTests {
  @Test func agreesWithDenseMatricesInR() throws {
    let cases = try Fixture.numbers("wander.csv", target: "ExceptionDetectionTests")
    #expect(cases.count == 6)
    for c in cases.values {
      let numbers = { (quantity: String) in try #require(c[quantity]) }
      let rates = WorkingRates(
        values: try numbers("value"), variances: try numbers("variance"),
        ordinals: try numbers("ordinal").map { Int($0) })
      let level = WanderingLevel(rates, deviation: try #require(c["deviation"]?.first))
      let fit = level.fit(trend: try numbers("trend") == [1], steps: (c["step"] ?? []).map { Int($0) })
      #expect(abs(fit.deviance - (try #require(c["deviance"]?.first))) < 1e-8)
      for (a, b) in zip(fit.coefficients, try numbers("coefficient")) { #expect(abs(a - b) < 1e-8) }
      for (place, lower) in zip(try numbers("place"), try numbers("lower")) {
        #expect(abs(fit.deviance(stepAt: Int(place)) - lower) < 1e-7)
      }
    }
  }

  @Test func aStepThatIsThereAlreadySavesNothing() {
    let rates = WorkingRates(
      values: (0..<20).map { $0 < 9 ? -0.4 : 0.3 }, variances: [Double](repeating: 0.05, count: 20),
      ordinals: Array(0..<20))
    let fit = WanderingLevel(rates, deviation: 0).fit(trend: true, steps: [9])
    #expect(abs(fit.deviance(stepAt: 9) - fit.deviance) < 1e-6)
    #expect(abs(fit.coefficients[2] - 0.7) < 1e-9 && abs(fit.coefficients[1]) < 1e-9)
  }

  @Test func countsBecomeRatesOfTheSameLevelWhateverTheirExposure() {
    let exposures = (0..<48).map { 1 + 0.5 * sine(Double($0)) }
    let counts = exposures.map { 40 * $0 }
    let rates = WorkingRates(
      ordinals: Array(0..<48), counts: counts, exposures: exposures, size: 80, monthsPerPeriod: 1)
    for (t, exposure) in exposures.enumerated() {
      #expect(abs(rates.values[t]) < 1e-9)
      #expect(abs(rates.variances[t] - (1 / 40.0 + 1 / 80.0) / exposure) < 1e-9)
    }
    #expect(abs(rates.years[47] - rates.years[0] - 47.0 / 12) < 1e-12 && rates.gaps[0] == 0 && rates.gaps[5] == 1)
    let none = WorkingRates(
      ordinals: [0, 1, 2], counts: [0, 0, 0], exposures: [1, 1, 1], size: .infinity, monthsPerPeriod: 3)
    #expect(none.values.allSatisfy(\.isFinite) && none.variances.allSatisfy { $0 > 0 && $0.isFinite })
    #expect(none.gaps == [0, 3, 3])
  }
}
