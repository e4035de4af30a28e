import Testing
import Wording

@Suite struct NearestNameTests {
  @Test(arguments: [("", "abc", 3), ("kitten", "sitting", 3), ("abc", "abc", 0), ("abc", "acb", 2), ("abc", "", 3)])
  func distanceIsLevenshteins(a: String, b: String, distance: Int) {
    #expect(NearestName.distance(a, b) == distance && NearestName.distance(b, a) == distance)
  }

  @Test func absurdlyLongNamesCostLittle() {
    let long = String(repeating: "x", count: 100_000)
    #expect(NearestName.distance(long, "x") == 199)
    #expect(NearestName.nearest(to: long, among: [long]) == nil)
  }

  @Test func theNearestNameIsOfferedOnlyIfNear() {
    let known = ["Burglary", "Robbery", "Drugs"]
    #expect(NearestName.nearest(to: "burglry", among: known) == "Burglary")
    #expect(NearestName.nearest(to: "Zebra", among: known) == nil)
    #expect(NearestName.nearest(to: "ab", among: ["ac", "aa"]) == "ac")
  }
}
