import Testing

@testable import CommunitySafety

@Suite struct LocalPrioritiesTests {
  private let registry = AreaRegistry(districts: [
    .init(name: "North", code: "E1", csp: "North", force: "f"), .init(name: "Mid", code: "E2", csp: "Both", force: "f"),
    .init(name: "South", code: "E3", csp: "Both", force: "f"), .init(name: "Far", code: "E4", csp: "Far", force: "f"),
  ])
  private let theft = MeasureID(slugOf: "Theft")
  private let drugs = MeasureID(slugOf: "Drugs")
  private var priorities: LocalPriorities {
    LocalPriorities(byPartnership: [
      "North": [.init(name: "Streets", measures: [theft], note: "a part"), .init(name: "Hate", measures: [])],
      "Both": [
        .init(name: "Streets", measures: [drugs, theft], note: "a part"), .init(name: "Drugs", measures: [drugs]),
      ],
    ])
  }

  private func authority(_ name: String, _ parts: [(String, String, Bool)]) -> Area {
    var area = Area(name: name, level: .authority)
    area.districts = parts.map { .init(name: $0.0, code: $0.1, isWhole: $0.2) }
    return area
  }

  @Test func anAuthorityHasThePrioritiesOfThePartnershipsItHolds() throws {
    let area = authority(
      "New", [("North", "E1", true), ("Mid", "E2", true), ("South", "E3", true), ("Far", "E4", true)])
    let carried = priorities.carried(to: [area], registry: registry)
    let own = try #require(carried.byPartnership["New"])
    #expect(own.map(\.name) == ["Streets (North, Both)", "Hate (North)", "Drugs (Both)"])
    #expect(own[0].measures == [theft, drugs] && own[0].note == "a part" && own[2].note == nil)
    #expect(carried.priority(partnership: "New", measure: drugs)?.name == "Streets (North, Both)")
    #expect(carried.byPartnership["North"] == priorities.byPartnership["North"])
  }

  @Test(arguments: [
    [("Mid", "E2", true)], [("Mid", "E2", true), ("South", "E3", false)], [("South", "E3", false)],
  ])
  func aPartnershipThatIsDividedIsThereInPart(_ parts: [(String, String, Bool)]) {
    let carried = priorities.carried(to: [authority("New", parts)], registry: registry)
    #expect(carried.byPartnership["New"]?.map(\.name) == ["Streets (Both in part)", "Drugs (Both in part)"])
  }

  @Test func smallerAreasSayWhichAuthorityTheyAreIn() {
    func district(_ name: String, _ code: String) -> Area {
      var area = Area(name: name, code: code, level: .district)
      area.authority = "New"
      return area
    }
    let carried = priorities.carried(to: [district("South", "E3"), district("Mid", "E2")], registry: registry)
    #expect(carried.byPartnership["New"]?.map(\.name) == ["Streets (Both)", "Drugs (Both)"])
    #expect(priorities.carried(to: [Area(name: "Mid", level: .district)], registry: registry) == priorities)
  }
}
