import NumericCore
import TestSupport
import Testing

/// The distributions against R's (`Fixtures/distributions.R`).
@Suite struct DistributionTests {
  struct Row: Sendable {
    let f: String
    let x, a, b, value: Double
  }

  static func rows(_ names: String...) throws -> [Row] {
    let table = try Fixture.table("distributions.csv", target: "NumericCoreTests").compactMap { row -> Row? in
      guard let f = row["f"], names.contains(f), let x = row["x"].flatMap(Double.init),
        let a = row["a"].flatMap(Double.init), let b = row["b"].flatMap(Double.init),
        let value = row["value"].flatMap(Double.init)
      else { return nil }
      return Row(f: f, x: x, a: a, b: b, value: value)
    }
    #expect(!table.isEmpty)
    return table
  }

  /// Relative error, or absolute error where the value is below `floor`.
  static func error(_ value: Double, _ reference: Double, floor: Double) -> Double {
    value == reference ? 0 : abs(value - reference) / max(abs(reference), floor)
  }

  @Test func negativeBinomialProbabilities() throws {
    for r in try Self.rows("dnbinom") {
      let value = NegativeBinomial(mean: r.a, size: r.b).logProbability(r.x)
      #expect(Self.error(value, r.value, floor: 1) < 1e-9, "\(r)")
    }
    for r in try Self.rows("dpois") {
      let value = NegativeBinomial(mean: r.a, size: .infinity).logProbability(r.x)
      #expect(Self.error(value, r.value, floor: 1) < 1e-10, "\(r)")
    }
  }

  @Test func negativeBinomialTailsAreAccurateOnTheSmallSide() throws {
    for r in try Self.rows("pnbinom", "pnbinom_upper", "ppois", "ppois_upper") {
      let tails = NegativeBinomial(mean: r.a, size: r.b == 0 ? .infinity : r.b).tails(r.x)
      let value = r.f.hasSuffix("upper") ? tails.upper : tails.lower
      // To 1e-11; the gamma functions of counts of tens of thousands cancel two digits more.
      let tolerance = r.a > 1e4 ? 1e-9 : 1e-11
      #expect(Self.error(value, r.value, floor: 0.01) < 100 * tolerance, "\(r)")
      #expect(abs(value - r.value) < tolerance, "\(r)")
    }
  }

  @Test func negativeBinomialQuantilesAreExact() throws {
    for r in try Self.rows("qnbinom", "qpois") {
      #expect(NegativeBinomial(mean: r.a, size: r.b == 0 ? .infinity : r.b).quantile(r.x) == r.value, "\(r)")
    }
  }

  @Test func negativeBinomialLimits() {
    let none = NegativeBinomial(mean: 0, size: 3)
    #expect(none.quantile(0.999) == 0)
    #expect(none.cdf(0) == 1)
    #expect(none.logProbability(0) == 0)
    #expect(none.logProbability(1) == -.infinity)
    #expect(NegativeBinomial(mean: 5, size: 2).upperTail(0) == 1)
    #expect(NegativeBinomial(mean: 5, variance: 5).size == .infinity)
    #expect(abs(NegativeBinomial(mean: 5, variance: 17.5).size - 2) < 1e-12)
  }

  @Test func normal() throws {
    for r in try Self.rows("qnorm") {
      #expect(Self.error(Normal.quantile(r.x), r.value, floor: 1e-300) < 1e-13, "\(r)")
    }
    for r in try Self.rows("pnorm") { #expect(Self.error(Normal.cdf(r.x), r.value, floor: 1e-300) < 1e-12, "\(r)") }
    #expect(Normal.quantile(0) == -.infinity)
    #expect(Normal.quantile(1) == .infinity)
    #expect(Normal.quantile(1.5).isNaN)
  }

  @Test func incompleteBetaAndGamma() throws {
    for r in try Self.rows("pbeta", "pbeta_upper") {
      let tails = incompleteBetaTails(r.x, a: r.a, b: r.b)
      let value = r.f == "pbeta" ? tails.lower : tails.upper
      #expect(r.value < 0.01 ? Self.error(value, r.value, floor: 1e-290) < 1e-9 : abs(value - r.value) < 1e-11, "\(r)")
    }
    for r in try Self.rows("pgamma", "pgamma_upper") {
      let tails = incompleteGammaTails(r.a, r.x)
      let value = r.f == "pgamma" ? tails.lower : tails.upper
      #expect(r.value < 0.01 ? Self.error(value, r.value, floor: 1e-290) < 1e-9 : abs(value - r.value) < 1e-11, "\(r)")
    }
    #expect(incompleteBetaTails(0.5, a: -1, b: 2).lower.isNaN)
  }

  /// Short sums, continued fractions and both limits agree with the general tails and probabilities, which R checks.
  @Test func tailsWithTheProbabilityAreTheSame() {
    for mean in [1e-4, 0.3, 4, 25, 300, 2e4] {
      for size in [0.2, 3, 80, 1e4, .infinity] {
        let distribution = NegativeBinomial(mean: mean, size: size)
        for count in [0.0, 1, 2, 7, 24, 25, 60, 400, 2.1e4] {
          let all = distribution.tailsAndProbability(count)
          let tails = distribution.tails(count)
          #expect(abs(all.lower - tails.lower) <= 1e-8 * tails.lower + 1e-14, "\(mean) \(size) \(count)")
          #expect(abs(all.upper - tails.upper) <= 1e-8 * tails.upper + 1e-14, "\(mean) \(size) \(count)")
          let at = exponential(distribution.logProbability(count))
          #expect(abs(all.at - at) <= 1e-7 * at + 1e-14, "\(mean) \(size) \(count)")
        }
      }
    }
  }
}
