import Testing

@testable import ModelFiles

@Suite struct SuggestionTests {
  @Test(arguments: [("", "abc", 3), ("kitten", "sitting", 3), ("abc", "abc", 0), ("abc", "acb", 2), ("abc", "", 3)])
  func distanceIsLevenshteins(a: String, b: String, distance: Int) {
    #expect(Suggestion.editDistance(Array(a.unicodeScalars), Array(b.unicodeScalars)) == distance)
  }

  @Test func theNearestNameIsOfferedOnlyIfNear() {
    let known = ["Burglary", "Robbery", "Drugs"]
    #expect(Suggestion.nearest(to: "burglry", among: known) == "Burglary")
    #expect(Suggestion.nearest(to: "Zebra", among: known) == nil)
    #expect(Suggestion.remedy(for: "Zebra", among: known, kind: "measure") == "Use one of: Burglary, Robbery, Drugs")
    #expect(Suggestion.nearest(to: String(repeating: "x", count: 100_000), among: known) == nil)
  }
}
