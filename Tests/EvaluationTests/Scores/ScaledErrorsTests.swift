import Evaluation
import Testing

@Suite struct ScaledErrorsTests {
  let scale = NaiveScale(history: [1, 5, 3, 1], seasonLength: 2)

  @Test func closedForms() {
    #expect(meanAbsoluteScaledError([2, 4], actual: [5, 1], scale: scale) == 1)
    let rmsse = rootMeanSquaredScaledError([2, 4], actual: [6, 4], scale: scale)
    #expect((rmsse * rmsse - 8.0 / 10).magnitude < 1e-12)
  }

  @Test func missingActualsAreLeftOut() {
    #expect(
      meanAbsoluteScaledError([2, 4, 9], actual: [5, .nan, 3], scale: scale)
        == meanAbsoluteScaledError([2, 9], actual: [5, 3], scale: scale))
    #expect(meanAbsoluteScaledError([2], actual: [.nan], scale: scale).isNaN)
  }
}
