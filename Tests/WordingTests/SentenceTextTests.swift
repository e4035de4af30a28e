import Testing
import Wording

@Suite struct SentenceTextTests {
  @Test func capitals() {
    #expect(["robbery fell", "Ok", "", "éa"].map(SentenceText.capitalised) == ["Robbery fell", "Ok", "", "Éa"])
  }

  @Test func oneStop() {
    #expect(["a", "a.", "a!", "a?", ""].map(SentenceText.stopped) == ["a.", "a.", "a!", "a?", ""])
  }
}
