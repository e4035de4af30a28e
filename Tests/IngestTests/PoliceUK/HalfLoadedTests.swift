import Testing

@testable import Ingest

@Suite struct HalfLoadedTests {
  @Test func aHalfAmongSteadyMonths() {
    #expect(HalfLoaded.flags([100, 104, 98, 50, 101, 99, 103, 97]).firstIndex(of: true) == 3)
    #expect(
      HalfLoaded.flags([14_387, 13_900, 15_200, 14_100, 6_900, 14_800, 15_100]) == [
        false, false, false, false, true, false, false,
      ])
    #expect(!HalfLoaded.flags([100, 104, 98, 61, 101, 99, 103, 97]).contains(true))
  }

  /// Rows a month of the City of London Police, 2018-01 to 2021-09: the streets were empty, the files were whole.
  @Test func aSmallForceInTheRestrictionsOf2020() {
    let rows = [
      698, 583, 707, 663, 680, 729, 767, 715, 663, 782, 799, 760, 617, 688, 879, 851, 711, 922, 866, 901, 853, 929, 933,
      882, 797, 763, 605, 236, 226, 323, 463, 506, 545, 561, 496, 404, 247, 250, 355, 358, 428, 570, 657, 628, 765,
    ]
    #expect(!HalfLoaded.flags(rows).contains(true))
  }

  @Test func tooFewMonthsSayNothing() {
    #expect(HalfLoaded.flags([100, 100, 100, 10]) == [false, false, false, false])
    #expect(HalfLoaded.flags([]).isEmpty)
  }
}
