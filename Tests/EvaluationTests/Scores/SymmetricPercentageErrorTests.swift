import Evaluation
import Testing

@Suite struct SymmetricPercentageErrorTests {
  @Test(arguments: [(0.0, 0.0, 0.0), (3, 1, 100), (1, 3, 100), (0, 5, 200), (5, 0, 200), (4, 4, 0)])
  func closedForm(forecast: Double, actual: Double, expected: Double) {
    #expect(symmetricPercentageError(forecast, actual: actual) == expected)
  }
}
