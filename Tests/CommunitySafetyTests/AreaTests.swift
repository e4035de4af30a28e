import Testing

@testable import CommunitySafety

@Suite struct AreaTests {
  let one = Area(name: "A", level: .district, population: 10, households: 4, deprivation: Deprivation(deciles: [1]))
  let two = Area(name: "B", level: .district, population: 20, deprivation: Deprivation(deciles: [3]))
  let nowhere = Area(name: "N", level: .residual)

  @Test func whatIsKnownOfEveryMemberIsKnownOfTheGroup() {
    let group = Area(name: "G", level: .csp, members: [one, two, nowhere])
    #expect(group.population == 30 && group.households == nil && group.deprivation?.lsoas == 2)
    let unknown = Area(name: "G", level: .csp, members: [one, Area(name: "C", level: .district)])
    #expect(unknown.population == nil && unknown.deprivation == nil)
    #expect(Area(name: "G", level: .csp, members: [nowhere]).population == nil)
  }
}
