import CommunitySafety
import Diagnostics
import Testing

@testable import ModelFiles

@Suite struct SourcesTests {
  private static let good = """
    sources:
      - id: asb
        name: ASB reports
        matches: ["asb-*.csv"]
        owner: District councils
        sharing: partners
        retention: six years
        cadence: monthly
        supports: [counts]
        cannot_support: [people]
        licence: Sharing agreement 12
    """

  private func load(_ text: String) throws -> SourceRegister {
    try ModelFileLoader.load(overrides: [.sources: ("mine.yaml", text)]).sources
  }

  @Test func policeUKAndTheHomeOfficeAreBuiltIn() throws {
    let register = try ModelFileLoader.builtIn().sources
    for (file, layout, id) in [
      ("2025-12.zip", "police.uk", "police-uk"), ("prc-csp-mar16-onwards.csv", "table", "home-office-prc"),
      ("any.csv", "Home Office recorded crime", "home-office-prc"),
      ("lookup_lsoa11_lsoa21_ltla22.csv", "police.uk", "ons-lookups"),
    ] {
      let entry = try #require(register.entry(file: file, layout: layout))
      #expect(entry.id == id && entry.sharing == .public && entry.licence == "Open Government Licence v3.0")
    }
    #expect(register.entry(file: "counts.csv", layout: "table") == nil)
  }

  @Test func aRegisterOfOnesOwn() throws {
    let register = try load(SourcesTests.good)
    #expect(register.entries.map(\.id) == ["asb"])
    #expect(register.entries[0].sharing == .partners && register.entries[0].cannotSupport == ["people"])
  }

  @Test(
    arguments: [
      ("sharing: partners", "sharing: everyone", 6), ("owner: District councils", "owners: District councils", 5),
      ("    supports: [counts]\n", "    supports: counts\n", 9),
      ("licence: Sharing agreement 12", "licence: x\n    layouts: [police]", 12),
    ]) func mistakesNameTheirLine(from: String, to: String, line: Int)
  {
    let error = #expect(throws: HorizonError.self) { try load(SourcesTests.good.replacing(from, with: to)) }
    #expect(error?.location?.file == "mine.yaml" && error?.location?.line == line && error?.remedy != nil)
  }

  @Test func anIdStandsOnce() {
    let twice = SourcesTests.good + "\n" + SourcesTests.good.split(separator: "\n").dropFirst().joined(separator: "\n")
    #expect(throws: HorizonError.self) { try load(twice) }
  }
}
