import Evaluation
import Testing

@Suite struct NaiveScaleTests {
  @Test func seasonalDifferences() {
    // Two seasons of two: differences at lag 2 are 2 and -4.
    let scale = NaiveScale(history: [1, 5, 3, 1], seasonLength: 2)
    #expect(scale.absolute == 3)
    #expect(scale.squared == 10)
  }

  @Test func withoutSeasonalChangeTheOnePeriodDifferencesCount() {
    let scale = NaiveScale(history: [1, 4, 1, 4, 1, 4], seasonLength: 2)
    #expect(scale.absolute == 3)
    #expect(scale.squared.isNaN)
    // Too short for a season.
    #expect(NaiveScale(history: [1, 2, 4], seasonLength: 12).absolute == 1.5)
  }

  @Test func whatNeverChangesHasNoScale() {
    #expect(NaiveScale(history: [7, 7, 7, 7], seasonLength: 2).absolute.isNaN)
    #expect(NaiveScale(history: [], seasonLength: 12).absolute.isNaN)
    #expect(NaiveScale(history: [1], seasonLength: 0).absolute.isNaN)
  }

  @Test func differencesToMissingValuesAreLeftOut() {
    let scale = NaiveScale(history: [1, .nan, 3, 10, .nan, 12], seasonLength: 2)
    // Pairs at lag 2 with both observed: 1-3 and 10-12; a missing value taken as 0 would give others.
    #expect(scale.absolute == 2)
    #expect(scale.squared == 4)
  }
}
