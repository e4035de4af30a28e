import NumericCore
import Testing

@testable import ExceptionDetection

struct LevelShapeTests {
  /// Shapes of rates without noise but for a ripple.
  private func shapes(_ level: (Int) -> Double, count: Int = 72, wander: LevelWander = .prior) -> LevelShapes {
    let values = (0..<count).map { level($0) + 0.02 * sine(2.1 * Double($0)) }
    let rates = WorkingRates(
      values: values, variances: [Double](repeating: 0.004, count: count), ordinals: Array(0..<count))
    return LevelShapes(rates, wander: wander, minimumLength: 3)
  }

  @Test func eachShapeIsFoundForWhatItIs() {
    #expect(shapes { _ in 0 }.best(charge: 12, suggested: []) == LevelShape())
    #expect(shapes { 0.01 * Double($0) }.best(charge: 12, suggested: []) == LevelShape(hasTrend: true))
    #expect(shapes { $0 < 30 ? 0 : 0.5 }.best(charge: 12, suggested: []) == LevelShape(steps: [30]))
    #expect(
      shapes { 0.01 * Double($0) + ($0 < 30 ? 0 : 0.6) }.best(charge: 12, suggested: [])
        == LevelShape(hasTrend: true, steps: [30]))
    // There and back again: neither step saves as much alone.
    #expect(
      shapes { (30..<36).contains($0) ? -0.7 : 0 }.best(charge: 12, suggested: []) == LevelShape(steps: [30, 36]))
    #expect(shapes({ $0 < 2 ? 0 : 0.1 }, count: 4).best(charge: 12, suggested: []) == LevelShape())
  }

  @Test func aSuggestedCutIsTakenOnlyWhereItIsBetter() {
    let step = shapes { $0 < 30 ? 0 : 0.5 }
    #expect(step.best(charge: 12, suggested: [20, 30, 50]) == LevelShape(steps: [30]))
    #expect(shapes { _ in 0 }.best(charge: 12, suggested: [36]) == LevelShape())
  }

  @Test func theGreatestSavingIsTheChargeAtWhichNoStepIsLeft() {
    let step = shapes { $0 < 30 ? 0 : 0.25 }
    let saving = step.greatestSaving
    #expect(saving > 1)
    #expect(step.best(charge: saving * 1.001, suggested: []).steps.isEmpty)
    #expect(!step.best(charge: saving * 0.999, suggested: []).steps.isEmpty)
  }

  @Test func aLevelKnownToWanderHidesAStep() {
    let level = { (t: Int) in t < 30 ? 0 : 0.25 }
    let steady = LevelWander(weights: [1, 0, 0, 0, 0, 0])
    let wandering = LevelWander(weights: [0, 0, 0, 0, 0, 1])
    #expect(shapes(level, wander: steady).greatestSaving > 2 * shapes(level, wander: wandering).greatestSaving)
  }

  @Test func anEstimateHoldsTheStepAndWidensWithDoubt() {
    let level = { (t: Int) in t < 30 ? 0 : 0.5 }
    let steady = shapes(level, wander: LevelWander(weights: [1, 0, 0, 0, 0, 0]))
    let sure = StepEstimate(steady, LevelShape(steps: [30]), position: 0)
    #expect(sure.onset.contains(30) && sure.onset.count <= 3)
    #expect(sure.lower < 0.5 && sure.upper > 0.5 && abs(sure.middle - 0.5) < 0.05)
    // Two means of 30 and 42 rates of variance .004, but for the places and the trend that it averages over.
    #expect(sure.upper - sure.lower > 2 * 1.96 * (0.004 * (1 / 30.0 + 1 / 42.0)).squareRoot() * 0.99)
    let doubtful = StepEstimate(
      shapes(level, wander: LevelWander(weights: [0, 0, 0, 0, 1, 0])), LevelShape(steps: [30]), position: 0)
    #expect(doubtful.upper - doubtful.lower > 1.5 * (sure.upper - sure.lower))
  }
}
