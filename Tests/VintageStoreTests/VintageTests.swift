import CommunitySafety
import Diagnostics
import Testing
import TimeSeries

@testable import VintageStore

@Suite struct VintageTests {
  @Test func labelsAreComparedByTheirLastDays() throws {
    let labels = ["2020-12-31", "2020-12", "2020-Q4", "2020"].map { try? Vintage(label: $0, frequency: .monthly) }
    #expect(Set(labels.map { $0?.lastDay }).count == 1 && labels[0] != nil)
    let earlier = try Vintage(label: "2020-11", frequency: .monthly)
    #expect(try earlier < Vintage(label: "2020-11-30", frequency: .weekly))
    #expect(try Vintage(label: "Nov 2020", frequency: .monthly) == earlier)
    #expect(throws: HorizonError.self) { try Vintage(label: "latest", frequency: .monthly) }
  }

  @Test func theEditionInTimeIsTheNewestElseTheEarliest() {
    let editions = [(10, 1), (10, 4), (20, 2), (30, 3)].map { Edition(lastDay: $0.0, ingest: $0.1) }
    func chosen(_ asOf: Int?) -> Int? { Edition.preferred(editions, asOf: asOf)?.ingest }
    #expect(chosen(nil) == 3 && chosen(29) == 2 && chosen(20) == 2 && chosen(19) == 4 && chosen(5) == 4)
    #expect(Edition.preferred([], asOf: 3) == nil)
    // Two by two it comes to the same, in any order.
    for asOf in [5, 10, 25, 40] {
      let folded = editions.reversed().reduce(editions[0]) { Edition.preferred([$0, $1], asOf: asOf) ?? $0 }
      #expect(folded == Edition.preferred(editions, asOf: asOf))
    }
  }
}
