import Diagnostics
import ModelFiles
import Testing

@Suite struct HierarchyReaderTests {
  private func failure(_ text: String, areas: [String] = ["a", "b", "c"]) -> HorizonError? {
    do {
      _ = try HierarchyFile(text, name: "h.yaml").areaDimension(areas)
      return nil
    } catch { return error as? HorizonError }
  }

  @Test func totalsHaveLevelsByHeight() throws {
    let file = try HierarchyFile(
      """
      areas:
        - name: top
          parts: [left, c]
        - name: left
          parts: [a, b]
      measures:
        - name: Theft
          level: group
          parts: [x]
      middle: total
      """, name: "h.yaml")
    let areas = try file.areaDimension(["a", "b", "c"])
    #expect(areas.member(named: "top")?.name.level == "total 2")
    #expect(areas.member(named: "left")?.name.level == "total")
    #expect(areas.index(named: "top").map(areas.leaves(of:))?.count == 3)
    #expect(try file.measureDimension(["x", "y"]).member(named: "Theft")?.name.level == "group")
    #expect(file.middle == "total")
    // A total that the data publishes is no part of itself.
    #expect(try file.areaDimension(["a", "b", "c", "left"]).members.count == 5)
    let rest = try file.areaDimension(["a", "b", "c", "left (rest)"], rests: ["left": "left (rest)"])
    #expect(rest.member(named: "left")?.parts.count == 3)
    #expect(rest.member(named: "left (rest)")?.isResidual == true)
  }

  @Test(arguments: [
    ("areas:\n  - name: t\n    parts: [a, bb]\n", 3, "there is no area 'bb'"),
    ("areas:\n  - name: t\n    parts: []\n", 3, "has no parts"),
    ("areas:\n  - name: t\n", 2, "the key 'parts' is missing"),
    ("areas:\n  - name: t\n    parts: [u]\n  - name: u\n    parts: [t]\n", 2, "is part of itself"),
    ("areas:\n  - name: t\n    parts: [a]\n  - name: u\n    parts: [a]\n", 4, "is part of two totals of one level"),
    ("areas:\n  - name: t\n    parts: [a, a]\n", 3, "the part 'a' stands twice"),
    ("areas:\n  - name: t\n    parts: [a]\n  - name: t\n    parts: [b]\n", 4, "the total 't' stands twice"),
    ("areas:\n  - name: t\n    part: [a]\n", 3, "has no key 'part'"),
    ("middle: x\n", 1, "it adds nothing up"),
    (
      "areas:\n  - name: v\n    level: one\n    parts: [a, b]\n  - name: t\n    level: two\n    parts: [v, a]\n", 5,
      "would count"
    ),
  ])
  func mistakesHaveTheirLine(text: String, line: Int, message: String) throws {
    let error = try #require(failure(text))
    #expect(error.description.contains(message), "\(error)")
    #expect(error.location?.line == line, "\(error)")
    #expect(error.remedy != nil)
  }
}
