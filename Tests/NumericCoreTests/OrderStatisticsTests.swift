import NumericCore
import Testing

@Suite struct OrderStatisticsTests {
  @Test(arguments: [([], 0), ([3], 3), ([5, 1], 3), ([9, 1, 4], 4), ([4, 1, 9, 2], 3)] as [([Double], Double)])
  func theMiddle(values: [Double], middle: Double) {
    #expect(median(values) == middle)
    #expect(median(values.reversed()[...]) == middle)
  }

  /// At a share of exactly `k` of `n` draws it is the `k`th; just above it the next.
  @Test func theQuantileOfDrawsIsOneOfThem() {
    let draws = [1.0, 2, 4, 8, 16]
    #expect(
      [0, 0.2, 0.21, 0.4, 0.5, 0.8, 0.81, 1].map { quantile($0, ofSorted: draws) } == [1, 1, 2, 2, 4, 8, 16, 16])
    #expect(quantile(0.9, ofSorted: [7]) == 7)
    for share in stride(from: 0.05, through: 1, by: 0.05) {
      let found = quantile(share, ofSorted: draws)
      #expect(Double(draws.count { $0 <= found }) >= share * 5 - 1e-9)
      #expect(Double(draws.count { $0 < found }) < share * 5)
    }
  }

  /// Every index of every kind of order: rising, falling, with repeats, shuffled.
  @Test func theSelectedValueIsThatOfASort() {
    var generator = RandomSource(seed: 7)
    let shuffled = (0..<101).map { _ in (generator.uniform() * 40).rounded() }
    for values in [shuffled, shuffled.sorted(), shuffled.sorted(by: >), [Double](repeating: 3, count: 30), [2]] {
      let sorted = values.sorted()
      for index in values.indices {
        var left = values
        #expect(selected(index, of: &left) == sorted[index])
        #expect(left.sorted() == sorted)
      }
    }
  }
}
