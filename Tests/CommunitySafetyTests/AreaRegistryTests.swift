import Testing
import TimeSeries

@testable import CommunitySafety

@Suite struct AreaRegistryTests {
  let registry = AreaRegistry(districts: [
    .init(name: "New", code: "E1", csp: "P", force: "a-b", population: 10),
    .init(name: "Old", code: "E0", csp: "P", force: "a-b", successor: "New"),
    .init(name: "Renamed", code: "E1", csp: "P", force: "c", successor: "New"),
    .init(name: "New", code: "E2", csp: "Q", force: "d"),
  ])

  @Test func districtsByNameAndCode() {
    #expect(registry.district(named: "Old")?.successor == "New")
    #expect(registry.district(code: "E0")?.name == "Old")
    #expect(registry.district(named: "new") == nil)
    #expect(registry.district(code: "") == nil)
  }

  @Test func ofTwoWithOneNameOrCodeTheFirstIsFound() {
    #expect(registry.district(named: "New")?.code == "E1")
    #expect(registry.district(code: "E1")?.name == "New")
  }

  /// Merged in two steps: two districts into one, which with a third became the last.
  @Test func changesAreThoseOfOneDayThatEndUpInOneDistrict() throws {
    let first = try #require(CivilDate(year: 2019, month: 4, day: 1))
    let second = try #require(CivilDate(year: 2023, month: 4, day: 1))
    let (eveOfFirst, eveOfSecond) = (
      CivilDate(daysSinceEpoch: first.daysSinceEpoch - 1), CivilDate(daysSinceEpoch: second.daysSinceEpoch - 1)
    )
    func district(_ name: String, to successor: String?, _ began: CivilDate? = nil, _ ended: CivilDate? = nil)
      -> AreaRegistry.District
    { .init(name: name, code: name, csp: "P", force: "f", successor: successor, began: began, ended: ended) }
    let registry = AreaRegistry(districts: [
      district("Last", to: nil, second), district("Elsewhere", to: nil, second),
      district("A", to: "Last", nil, eveOfFirst),
      district("B", to: "Last", nil, eveOfFirst), district("C", to: "Last", nil, eveOfSecond),
      district("Between", to: "Last", first, eveOfSecond), district("Other name", to: "Last"),
    ])
    #expect(registry.changes.map(\.date) == [second, first])
    #expect(registry.changes.map(\.began.name) == ["Last", "Between"])
    #expect(registry.changes.map { $0.ended.map(\.name) } == [["C", "Between"], ["A", "B"]])
  }

  @Test func anAreaIsFoundByCodeThenName() {
    #expect(registry.district(of: Area(name: "New", code: "E2", level: .district))?.csp == "Q")
    #expect(registry.district(of: Area(name: "Old", level: .district))?.name == "Old")
    #expect(registry.district(of: Area(name: "Old", level: .ward, district: "New"))?.name == "New")
    #expect(registry.district(of: Area(name: "Old", level: .csp)) == nil)
  }

  @Test func forcesAreThoseOfDistricts() {
    #expect(registry.forces == ["a-b", "c", "d"])
    #expect(registry.knowsForce("a-b"))
    #expect(!registry.knowsForce("A and B"))
  }
}
