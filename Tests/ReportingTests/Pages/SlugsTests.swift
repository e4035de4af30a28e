import Testing

@testable import Reporting

@Suite struct SlugsTests {
  @Test func plainNamesNeedNoSuffix() {
    let slugs = Slugs(["West Oxfordshire", "Violence and sexual offences", "Anti-social behaviour"])
    #expect(slugs["West Oxfordshire"] == "west-oxfordshire")
    #expect(slugs["Anti-social behaviour"] == "anti-social-behaviour")
  }

  @Test func namesThatWouldShareASlugDoNot() {
    let names = ["South & Vale", "South Vale", "south-vale", "index", "<>", "日本", "South/Vale", "South Vale 1"]
    let slugs = Slugs(names)
    #expect(Set(names.map { slugs[$0] }).count == names.count)
    #expect(slugs["South Vale 1"] == "south-vale-1" && slugs["index"] != "index")
    // The order of names does not matter.
    let reversed = Slugs(names.reversed())
    for name in names { #expect(slugs[name] == reversed[name]) }
  }

  @Test func slugsAreSafeAndShort() {
    for name in ["../../x", "A\u{0}B", "É", String(repeating: "x", count: 500), ""] {
      let slug = Slugs([name])[name]
      #expect(!slug.isEmpty && slug.utf8.count <= 90)
      #expect(slug.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 })
    }
  }
}
