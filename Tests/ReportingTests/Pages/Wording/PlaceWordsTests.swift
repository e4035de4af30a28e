import CommunitySafety
import Testing

@testable import Reporting

@Suite struct PlaceWordsTests {
  private let oxford = PlaceWords(
    [Area(name: "Oxford", level: .district), Area(name: "Oxford City", level: .csp)], fallback: "")

  @Test func aDistrictGoesByItsPartnershipAndBothAreSaid() {
    #expect(oxford.name == "Oxford City" && oxford.hasOtherNames)
    #expect(oxford.full == "Oxford City (district Oxford)")
    #expect(oxford.described == "Oxford City (partnership, also the district Oxford)")
    #expect(oxford.others(than: "Oxford") == " (partnership Oxford City)")
  }

  @Test func oneNameIsSaidOnce() {
    let cherwell = PlaceWords(
      [Area(name: "Cherwell", level: .district), Area(name: "Cherwell", level: .csp)], fallback: "")
    #expect(cherwell.full == "Cherwell" && !cherwell.hasOtherNames)
    #expect(cherwell.described == "Cherwell (district and partnership)")
    let ward = PlaceWords([Area(name: "Carfax", level: .ward)], fallback: "")
    #expect(ward.full == "Carfax" && ward.described == "Carfax (ward)")
    #expect(PlaceWords([], fallback: "Elsewhere").described == "Elsewhere")
  }

  @Test func aWholeIsCalledByItsName() {
    let pair = PlaceWords(
      [Area(name: "South and Vale", level: .csp), Area(name: "All areas", level: .whole)], fallback: "")
    #expect(pair.full == "South and Vale (All areas)")
    #expect(pair.described == "South and Vale (partnership, also All areas)")
  }
}
