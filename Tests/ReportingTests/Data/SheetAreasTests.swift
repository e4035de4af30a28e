import Assessment
import CommunitySafety
import Tables
import Testing

@testable import Reporting

@Suite struct SheetAreasTests {
  @Test func oneRowAnAreaAndNoRateWithoutResidents() throws {
    let known = Area(
      name: "Oxford", code: "E07000178", level: .district, csp: "Oxford City", population: 2000, households: 900,
      deprivation: Deprivation(deciles: [1, 2, 9, 10]))
    let profiles = [
      AreaProfile(area: known, crimes: 30, incidents: nil),
      AreaProfile(area: Area(name: "Nowhere", level: .unclassified), crimes: 5, incidents: 1),
    ]
    let lines = String(decoding: try Sheet.areas(profiles).rendered(as: .csv), as: UTF8.self).split(separator: "\n")
    #expect(lines[0].hasPrefix("area,level,code,district,csp,force,population,households,lsoas,"))
    #expect(lines[1] == "Oxford,district,E07000178,,Oxford City,,2000,900,4,0.25,0.5,5.5,30,15,,")
    #expect(lines[2] == "Nowhere,unclassified,,,,,,,,,,,5,,1,")
  }
}
