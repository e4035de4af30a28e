import Testing

@testable import Forecasting

@Suite struct StepErrorsTests {
  @Test func theLargerVarianceHolds() {
    var errors = StepErrors(steps: 4)
    errors.add(step: 0, squares: 10, count: 20)  // 0.5, below the model's 1
    errors.add(step: 1, squares: 60, count: 15)  // 4, corrected 8, against 2
    errors.add(step: 2, squares: 12, count: 12)  // 1, corrected 2, below the step before
    errors.add(step: 3, squares: 999, count: 9)  // too few
    #expect(errors.variances(own: [1, 2, 3, 10, 20], correction: 2) == [1, 8, 8, 10, 20])
  }

  @Test func theLastRatioIsKept() {
    var errors = StepErrors(steps: 1)
    errors.add(step: 0, squares: 30, count: 10)
    #expect(errors.variances(own: [1, 2, 3], correction: 1) == [3, 6, 9])
    #expect(StepErrors(steps: 0).variances(own: [1, 2], correction: 5) == [1, 2])
    #expect(StepErrors(steps: 3).variances(own: [0, 0], correction: 5) == [0, 0])
  }
}
