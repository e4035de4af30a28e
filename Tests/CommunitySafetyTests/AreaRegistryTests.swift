import Testing

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

  @Test func forcesAreThoseOfDistricts() {
    #expect(registry.forces == ["a-b", "c", "d"])
    #expect(registry.knowsForce("a-b"))
    #expect(!registry.knowsForce("A and B"))
  }
}
