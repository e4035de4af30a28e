import Testing
import Wording

@Suite struct ListTextTests {
  @Test(arguments: [([], "none"), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")])
  func joined(items: [String], text: String) { #expect(ListText.joined(items) == text) }

  @Test func nothingToListMayBeSaidOtherwise() { #expect(ListText.joined([], none: "") == "") }

  @Test func longListsAreCutShort() {
    #expect(ListText.abridged([]) == "")
    #expect(ListText.abridged(["a", "b"], most: 2) == "a, b")
    #expect(ListText.abridged(["a", "b", "c"], most: 2) == "a, b and 1 more")
    #expect(ListText.abridged((0..<1500).map(String.init), most: 1) == "0 and 1,499 more")
  }
}
