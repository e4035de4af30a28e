import Testing
import TimeSeries

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

  /// Who answers for it, since when, and when it is looked at again are the partnerships'.
  @Test func aCarriedPriorityKeepsItsStanding() throws {
    func streets(_ owner: String, _ year: Int) -> LocalPriorities.Priority {
      var one = LocalPriorities.Priority(name: "Streets", measures: [theft], id: "st")
      one.owner = owner
      (one.from, one.review) = (CivilDate(year: year, month: 4, day: 1), CivilDate(year: year + 2, month: 3, day: 31))
      one.drivers = [.economic]
      return one
    }
    let all = LocalPriorities(byPartnership: ["North": [streets("A", 2024)], "Both": [streets("B", 2023)]])
    let own = try #require(
      all.carried(
        to: [authority("New", [("North", "E1", true), ("Mid", "E2", true), ("South", "E3", true)])], registry: registry
      ).byPartnership["New"]?.first)
    #expect(own.name == "Streets (North, Both)" && own.id == "st" && own.owner == "A, B" && own.drivers == [.economic])
    #expect(own.from == CivilDate(year: 2023, month: 4, day: 1))
    #expect(own.review == CivilDate(year: 2025, month: 3, day: 31))
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

@Suite struct PriorityStandingTests {
  private let theft = MeasureID(slugOf: "Theft")

  private func priority(_ name: String, _ status: LocalPriorities.Status = .current, note: String? = nil)
    -> LocalPriorities.Priority
  {
    var priority = LocalPriorities.Priority(name: name, measures: [theft], note: note)
    priority.status = status
    return priority
  }

  /// What is proposed or closed is no priority that advice goes by.
  @Test func onlyWhatIsCurrentCounts() {
    let all = LocalPriorities(byPartnership: ["A": [priority("Old", .closed), priority("Next", .proposed)]])
    #expect(all.priority(partnership: "A", measure: theft) == nil)
    let with = LocalPriorities(byPartnership: ["A": [priority("Old", .closed), priority("Now")]])
    #expect(with.priority(partnership: "A", measure: theft)?.name == "Now")
  }

  @Test func allTogetherItIsThePriorityOfWhoHasIt() throws {
    let all = LocalPriorities(byPartnership: [
      "A": [priority("Streets", note: "a part")], "B": [], "C": [priority("Shops")],
    ])
    let found = try #require(all.priority(ofAny: ["A", "B", "C"], measure: theft))
    #expect(found.name == "Streets (A); Shops (C)" && found.note == nil, "in C it is no proxy")
    let both = LocalPriorities(byPartnership: ["A": [priority("Streets")], "C": [priority("Streets")]])
    #expect(both.priority(ofAny: ["A", "C"], measure: theft)?.name == "Streets (A, C)")
    #expect(all.priority(ofAny: ["A", "B"], measure: theft)?.note == "a part")
    #expect(all.priority(ofAny: ["B"], measure: theft) == nil)
  }

  /// The day counts once the period it lies in is over; what is closed is not overdue.
  @Test func isOverdueOnceItsDayHasPassed() {
    var one = priority("Streets")
    #expect(!one.isOverdue(at: .month(2025, 12)))
    one.review = CivilDate(year: 2025, month: 12, day: 31)
    #expect(!one.isOverdue(at: .month(2025, 11)) && one.isOverdue(at: .month(2025, 12)))
    one.status = .closed
    #expect(!one.isOverdue(at: .month(2026, 12)))
  }
}
