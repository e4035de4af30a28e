import Testing
import Wording

@Suite struct RealisticNumberTests {
  @Test(arguments: [
    (0.3, 0.3), (7.4, 7), (99.4, 99), (103, 104), (251, 250), (263, 265), (691, 690), (796, 800), (1369, 1360),
    (2489, 2480), (2201, 2200), (30_272, 30_500), (25_927, 26_000), (-691, -690), (1e15, 1e15), (.infinity, .infinity),
  ])
  func countsHaveTwoToThreeFigures(value: Double, shown: Double) {
    #expect(RealisticNumber.count(value) == shown)
  }

  /// What is lost is at most a hundredth, and what is printed rounds to itself.
  @Test func littleIsLost() {
    for i in 1..<20_000 {
      let value = Double(i) * 1.37
      let shown = RealisticNumber.count(value)
      #expect(value < 50 || abs(shown / value - 1) <= 0.0101)
      #expect(RealisticNumber.count(shown) == shown)
    }
  }

  @Test func aChanceStaysOnItsSideOfABound() {
    #expect(RealisticNumber.chance(0.49, bounds: [0.5]) == 0.45)
    #expect(RealisticNumber.chance(0.49, bounds: []) == 0.5)
    #expect(RealisticNumber.chance(0.51, bounds: [0.51]) == 0.55)
  }
}
