import CommunitySafety
import Diagnostics
import Testing

@testable import Ingest

@Suite struct LookupLinksTests {
  let space: Workspace

  init() throws { space = try Workspace() }

  private func error(_ text: String) throws -> HorizonError? {
    let path = try space.write("bad.csv", text)
    do {
      _ = try Geography.read([path], registry: testRegistry)
      return nil
    } catch let error as HorizonError {
      return error
    }
  }

  @Test func eachTableIsRecognised() throws {
    let censuses = try #require(try Lookups.geography([Lookups.censuses], in: space))
    #expect(censuses.linksCensuses && censuses.placesLSOAsInDistricts && !censuses.placesLSOAsInWards)
    let wards = try #require(try Lookups.geography([Lookups.wards], in: space))
    #expect(!wards.linksCensuses && wards.placesLSOAsInDistricts && wards.placesLSOAsInWards)
    let others = try #require(try Lookups.geography([Lookups.partnerships, Lookups.lineage], in: space))
    #expect(!others.placesLSOAsInDistricts && others.csp(ofDistrictNamed: "Erewhon") == "Erewhon and Nowhere")
    #expect(try Geography.read([], registry: testRegistry) == nil)
  }

  @Test func errorsNameFileLineAndRemedy() throws {
    let header = try #require(try error("a,b\n1,2\n"))
    #expect(header.kind == .data && header.location?.line == 1 && header.message.contains("found: a, b"))
    #expect(header.remedy?.contains("WD24CD") == true)
    #expect(try error("LSOA21CD,LSOA21NM\nE1,x\n")?.message.contains("links no areas") == true)
    #expect(try error("WD24CD,LAD24CD\nE1,x\n")?.message.contains("links no areas") == true)
    let ragged = try #require(try error("LSOA21CD,WD24CD\nE1,W1\n\nE2,W2,x\n"))
    #expect(ragged.location?.line == 4 && ragged.message.contains("3 fields"))
    #expect(try error("LSOA21CD,WD24CD\n")?.message == "the lookup has no rows")
    #expect(try error("")?.message == "the lookup is empty")
    let missing = try? Geography.read(["/no/such/lookup.csv"], registry: testRegistry)
    #expect(missing == nil)
    let latin = try space.write("latin.csv", Array("LSOA21CD,WD24CD,WD24NM\nE1,W1,Caf".utf8) + [0xE9, 10])
    do {
      _ = try Geography.read([latin], registry: testRegistry)
      Issue.record("no error")
    } catch let error as HorizonError {
      #expect(error.location?.line == 2 && error.location?.column == 3 && error.message.contains("UTF-8"))
    }
  }

  @Test func ofTwoTablesTheLaterYearHolds() throws {
    let old = "LSOA21CD,LAD22NM,LAD22CD\nE01000001,Erstwhile,E9\n"
    let new = "LSOA21CD,LAD24NM,LAD24CD\nE01000001,Present,E8\nE01000001,Second,E7\n"
    for tables in [[old, new], [new, old]] {
      #expect(try Lookups.geography(tables, in: space)?.district(ofLSOA: "E01000001") == "Present")
    }
  }
}
