import Testing

@testable import Ingest

@Suite struct ForceNameTests {
  @Test func fileNames() throws {
    let parsed = try #require(ForceName.parse(fileName: "2019-06-thames-valley-street.csv"))
    #expect(parsed.month == 2019 * 12 + 5 && parsed.slug == "thames-valley")
    #expect(ForceName.parse(fileName: "2019-13-thames-valley-street.csv") == nil)
    #expect(ForceName.parse(fileName: "thames-valley-street.csv") == nil)
    #expect(ForceName.parse(fileName: "2019-06-street.csv") == nil)
    #expect(ForceName.parse(fileName: "2019-06-<b>-street.csv") == nil)
  }

  @Test(arguments: [
    ("Thames Valley Police", "thames-valley"), ("Avon and Somerset Constabulary", "avon-and-somerset"),
    ("Devon & Cornwall Police", "devon-and-cornwall"), ("Metropolitan Police Service", "metropolitan"),
    ("City of London Police", "city-of-london"), ("Police Service of Northern Ireland", "northern-ireland"),
    ("Dyfed-Powys Police", "dyfed-powys"), ("British Transport Police", "btp"), ("", ""),
  ])
  func slugs(name: String, slug: String) { #expect(ForceName.slug(ofName: name) == slug) }

  @Test func stems() {
    func stem(_ name: String) -> String {
      Array(name.utf8).withUnsafeBufferPointer { String(decoding: StreetTallyBuilder.stem($0), as: UTF8.self) }
    }
    #expect(stem("Oxford 008B") == "Oxford")
    #expect(stem("Vale of White Horse 001A") == "Vale of White Horse")
    #expect(stem("Oxford") == "Oxford")
    #expect(stem("Sector 12345") == "Sector 12345")
    #expect(stem(" 001A") == " 001A")
  }
}
