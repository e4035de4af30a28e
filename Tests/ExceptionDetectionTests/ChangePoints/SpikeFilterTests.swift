import NumericCore
import Testing

@testable import ExceptionDetection

struct SpikeFilterTests {
  private let flat = [Double](repeating: 1, count: 20)

  @Test func aLoneSpikeIsHeldAndAShiftIsNot() {
    var counts = (0..<20).map { 20 + Double($0 * 7 % 5) }
    counts[9] = 90
    let calm = withoutSpikes(counts, exposures: flat)
    #expect(calm[9] < 45 && calm[9] > 20)
    for i in counts.indices where i != 9 { #expect(calm[i] == counts[i]) }
    let shifted = (0..<20).map { (t: Int) -> Double in (t < 12 ? 20 : 40) + Double(t * 7 % 5) }
    #expect(withoutSpikes(shifted, exposures: flat) == shifted)
  }

  @Test func shortSequencesStayAsTheyAre() {
    #expect(withoutSpikes([1, 900, 1, 2], exposures: [1, 1, 1, 1]) == [1, 900, 1, 2])
    #expect(withoutSpikes([], exposures: []).isEmpty)
    #expect(median([][...]) == 0)
    #expect(median([3, 1, 2][...]) == 2)
    #expect(median([4, 1, 2, 3][...]) == 2.5)
  }
}
