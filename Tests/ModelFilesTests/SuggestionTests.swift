import Testing

@testable import ModelFiles

@Suite struct SuggestionTests {
  @Test func theNearestNameIsOfferedOnlyIfNear() {
    let known = ["Burglary", "Robbery", "Drugs"]
    #expect(Suggestion.phrase(for: "burglry", among: known) == "Perhaps 'Burglary' was meant")
    #expect(Suggestion.phrase(for: "Zebra", among: known) == nil)
    #expect(Suggestion.remedy(for: "robery", among: known, kind: "measure") == "Perhaps 'Robbery' was meant")
    #expect(Suggestion.remedy(for: "Zebra", among: known, kind: "measure") == "Use one of: Burglary, Robbery, Drugs")
    #expect(Suggestion.remedy(for: "Zebra", among: [], kind: "measure") == "Use a known measure")
  }
}
