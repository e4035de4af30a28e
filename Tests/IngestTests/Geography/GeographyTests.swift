import CommunitySafety
import Testing

@testable import Ingest

@Suite struct GeographyTests {
  let space: Workspace

  init() throws { space = try Workspace() }

  @Test func wardsOfOldAndNewCodes() throws {
    let geography = try #require(try Lookups.geography([Lookups.censuses, Lookups.wards], in: space))
    let kept = try #require(geography.ward(ofLSOA: "E01000001"))
    #expect(kept.ward.name == "Carfax, and Jericho" && kept.ward.district == "Oxford" && !kept.isBestFit)
    // Two of the three children lie in Cowley.
    let split = try #require(geography.ward(ofLSOA: "E01000002"))
    #expect(split.ward.name == "Cowley" && split.isBestFit)
    #expect(geography.ward(ofLSOA: "E01000014")?.ward.code == "E05000001")
    let merged = try #require(geography.ward(ofLSOA: "E01000003"))
    #expect(merged.ward.code == "E05000003" && !merged.isBestFit)
    // One child in each of two wards: the lower code.
    let tie = try #require(geography.ward(ofLSOA: "E01000006"))
    #expect(tie.ward.code == "E05000004" && tie.isBestFit)
    #expect(geography.ward(ofLSOA: "E01099999") == nil)
    #expect(geography.ward(ofLSOA: "E01000034")?.ward.name == "Abbey (Cherwell)")
    #expect(geography.lsoas(inWard: "E05000002").sorted() == ["E01000012", "E01000013"])
  }

  @Test func votes() {
    #expect(Geography.bestFit([]).winner == nil)
    #expect(Geography.bestFit([nil, "b", nil]) == ("b", false))
    #expect(Geography.bestFit(["b", "a", "b"]) == ("b", true))
    #expect(Geography.bestFit(["b", "a"]) == ("a", true))
  }

  @Test func lineage() throws {
    let geography = try #require(try Lookups.geography([Lookups.lineage], in: space))
    #expect(geography.successor(ofDistrictNamed: "Wycombe") == "Buckinghamshire")
    #expect(geography.successor(ofDistrictNamed: "Oxford") == "Oxford")
    // Divided among two: it has no one successor.
    #expect(geography.successor(ofDistrictNamed: "Divided") == "Divided")
    #expect(geography.successor(ofDistrictNamed: "Nowhere") == nil)
    #expect(
      geography.predecessors(ofDistrict: "E06000060") == [["E06000060"], ["E06000060"], ["E07000005", "E07000007"]])
  }

  @Test func districtsOfOldCodesComeFromTheNewestTable() throws {
    let wards = "LSOA21CD,WD24CD,LAD24CD,LAD24NM\nE01000012,W,E06000060,Buckinghamshire\n"
    let geography = try #require(try Lookups.geography([Lookups.censuses, wards], in: space))
    #expect(geography.district(ofLSOA: "E01000002") == "Buckinghamshire")
    #expect(geography.district(ofLSOA: "E01000003") == "Cherwell")
  }
}

@Suite(.enabled(if: sharedReference != nil, "real data not beside the checkout"))
struct RealGeographyTests {
  @Test func englandAndWales() throws {
    let folder = try #require(sharedReference)
    let read = try Geography.read(
      ["lookup_lsoa11_lsoa21_ltla22.csv", "lookup_lsoa21_ward24_ltla24.csv", "lookup_ltla_ltla.csv"]
        .map { "\(folder)/\($0)" }, registry: testRegistry)
    let geography = try #require(read?.geography)
    // Counted in the file: 33,647 kept, 861 split, 119 merged, 3 tangles of two and two.
    let areas = geography.stableAreas.areas
    #expect(areas.count == 34_630 && areas.filter(\.isRedrawn).count == 983 && areas.filter(\.isTangle).count == 3)
    #expect(Set(areas.flatMap(\.older)).count == 34_753 && Set(areas.flatMap(\.newer)).count == 35_672)
    let older = areas.flatMap(\.older)
    #expect(older.allSatisfy { geography.ward(ofLSOA: $0) != nil && geography.district(ofLSOA: $0) != nil })
    #expect(older.filter { geography.ward(ofLSOA: $0)?.isBestFit == true }.count == 193)
    #expect(Set(geography.wardNames.values).count == 7_536)
    #expect(geography.successor(ofDistrictNamed: "Wycombe") == "Buckinghamshire")
  }
}
