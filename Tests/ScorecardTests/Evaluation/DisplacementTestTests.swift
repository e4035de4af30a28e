import Testing

@testable import Scorecard

/// Against the published example of the test (Wheeler & Ratcliffe 2018, *Crime Science* 7, 11), which its author's R package `ptools`
/// 2.0.0 repeats as `wdd(c(308, 318), c(207, 110), c(150, 140), c(178, 157))`.
@Suite struct DisplacementTestTests {
  private let paper = DisplacementTest(
    treated: BeforeAfter(207, 110), control: BeforeAfter(308, 318), displacement: BeforeAfter(178, 157),
    displacementControl: BeforeAfter(150, 140))

  @Test func isThatOfThePaper() {
    #expect(paper.local == -107 && paper.displaced == -11 && paper.difference == -118)
    #expect(abs(paper.error - 1568.0.squareRoot()) < 1e-12)
    #expect((paper.z * 100).rounded() / 100 == -2.98)
    #expect(paper.interval().lowerBound.rounded() == -196 && paper.interval().upperBound.rounded() == -40)
    let simple = DisplacementTest(treated: BeforeAfter(20, 10), control: BeforeAfter(20, 20))
    #expect(simple.difference == -10 && abs(simple.error - 8.3666) < 1e-4)
    #expect(abs(simple.interval(90).lowerBound + 23.761833) < 1e-6)
  }

  /// Bowers & Johnson's quotient by hand: (157/318 - 178/308) / (110/318 - 207/308).
  @Test func theQuotientIsThatOfItsFormula() throws {
    let quotient = try #require(paper.quotient)
    #expect(abs(quotient - (157.0 / 318 - 178.0 / 308) / (110.0 / 318 - 207.0 / 308)) < 1e-12)
    #expect(quotient > 0)
    let interval = try #require(paper.quotientInterval())
    #expect(interval.contains(quotient) && interval == paper.quotientInterval())
    // No success, nothing to be displaced; nothing to divide by.
    #expect(DisplacementTest(treated: BeforeAfter(100, 110), control: BeforeAfter(100, 100)).quotient == nil)
    #expect(DisplacementTest(treated: BeforeAfter(100, 50), control: BeforeAfter(0, 100)).quotient == nil)
    // A fall that is not certain has no bounds for what is divided by it.
    let weak = DisplacementTest(
      treated: BeforeAfter(20, 18), control: BeforeAfter(20, 20), displacement: BeforeAfter(20, 20))
    #expect(weak.quotient != nil && weak.quotientInterval() == nil)
  }

  @Test func scatterWidensAndNeverNarrows() {
    func of(_ scatter: Double) -> DisplacementTest {
      DisplacementTest(treated: paper.treated, control: paper.control, scatter: scatter)
    }
    #expect(of(0.2).error == of(1).error && abs(of(4).error - 2 * of(1).error) < 1e-12)
  }

  /// The power that is promised is the share of simulated plans in which the fall is found.
  @Test func powerIsWhatSimulationsFind() throws {
    let plan = DisplacementTest(treated: BeforeAfter(400, 400), control: BeforeAfter(500, 500), scatter: 2)
    let drop = try #require(plan.detectable())
    #expect(abs(plan.power(drop: drop) - 0.8) < 1e-6 && abs(plan.power(drop: 0) - 0.05) < 1e-9)
    var random = SeededCounts(seed: 3)
    var found = 0
    let runs = 4000
    for _ in 0..<runs {
      func draw(_ mean: Double) -> Double { random.draw(mean: mean, scatter: 2) }
      let test = DisplacementTest(
        treated: BeforeAfter(draw(400), draw(400 * (1 - drop))), control: BeforeAfter(draw(500), draw(500)), scatter: 2)
      if test.probability < 0.05 { found += 1 }
    }
    #expect(abs(Double(found) / Double(runs) - 0.8) < 0.03)
    #expect(DisplacementTest(treated: BeforeAfter(3, 3), control: BeforeAfter(3, 3)).detectable() == nil)
    #expect(DisplacementTest(treated: BeforeAfter(0, 0), control: BeforeAfter(3, 3)).detectable() == nil)
  }
}
