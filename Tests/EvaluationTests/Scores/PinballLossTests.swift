import Evaluation
import Testing

@Suite struct PinballLossTests {
  @Test(arguments: [(10.0, 0.9, 12.0, 1.8), (10, 0.9, 8, 0.2), (10, 0.5, 4, 3), (10, 0.1, 10, 0)])
  func closedForm(quantile: Double, probability: Double, actual: Double, expected: Double) {
    #expect((pinballLoss(quantile, probability: probability, actual: actual) - expected).magnitude < 1e-12)
  }
}
