import NumericCore
import Testing

@testable import Ingest

@Suite struct ProportionalAllocationTests {
  @Test(arguments: [
    (10, [50, 30, 20], [5, 3, 2]), (1, [50, 30, 20], [1, 0, 0]), (2, [1, 1, 1], [1, 1, 0]), (3, [0, 7, 0], [0, 3, 0]),
    (5, [0, 0], [0, 0]), (0, [4, 5], [0, 0]), (7, [1, 2, 4], [1, 2, 4]),
  ]) func wholeRowsByLargestRemainder(rows: Int, weights: [Int], expected: [Int]) {
    var allocation = ProportionalAllocation(parts: weights.count)
    #expect(allocation.share(rows, weights: weights) == expected)
  }

  /// One row a month for four equal parts: each has its turn. Without carrying the first would have them all.
  @Test func whatRoundingLeavesIsCarried() {
    var allocation = ProportionalAllocation(parts: 4)
    let given = (0..<8).map { _ in allocation.share(1, weights: [5, 5, 5, 5]) }
    for part in 0..<4 { #expect(given.reduce(0) { $0 + $1[part] } == 2) }
  }

  /// Sums hold every month; over the months no part is off its due by more than a row or so.
  @Test(arguments: [UInt64(1), 2, 3]) func sumsHoldAndNobodyIsPassedOver(seed: UInt64) {
    var random = RandomSource(seed: seed)
    let parts = 8
    var allocation = ProportionalAllocation(parts: parts)
    var (due, got) = ([Double](repeating: 0, count: parts), [Int](repeating: 0, count: parts))
    for _ in 0..<120 {
      let weights = (0..<parts).map { Int(random.poisson(mean: Double(1 + 3 * $0))) }
      let rows = Int(random.poisson(mean: 4))
      let given = allocation.share(rows, weights: weights)
      let total = weights.reduce(0, +)
      #expect(given.reduce(0, +) == (total > 0 ? rows : 0))
      #expect(zip(given, weights).allSatisfy { $0 >= 0 && ($1 > 0 || $0 == 0) })
      guard total > 0 else { continue }
      for part in 0..<parts {
        due[part] += Double(rows) * Double(weights[part]) / Double(total)
        got[part] += given[part]
      }
    }
    for part in 0..<parts { #expect(abs(due[part] - Double(got[part])) < 3) }
  }
}
