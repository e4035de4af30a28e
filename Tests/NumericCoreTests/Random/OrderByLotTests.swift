import NumericCore
import Testing

@Suite struct OrderByLotTests {
  /// The same by comparisons.
  private func compared(_ values: [Double], _ lots: [Double]) -> [Int] {
    values.indices.sorted { a, b in
      values[a] != values[b] ? values[a] < values[b] : lots[a] != lots[b] ? lots[a] < lots[b] : a < b
    }
  }

  @Test(arguments: [0, 1, 2, 3, 400, 2000, 5003])
  func ordersAsComparisonsDo(count: Int) {
    var random = RandomSource(seed: UInt64(count))
    let kinds: [(String, (inout RandomSource) -> Double)] = [
      ("counts", { $0.poisson(mean: 3) }), ("large counts", { $0.poisson(mean: 4000) }),
      ("real numbers", { $0.normal() }), ("one value", { _ in 7 }),
      ("near each other", { 1e9 + ($0.uniform() * 64).rounded(.down) * 1e-6 }),
      // Leading bits tell only the far ones apart.
      ("near but for a few", { $0.uniform() < 0.01 ? 0 : 1e9 + ($0.uniform() * 64).rounded(.down) * 1e-6 }),
      (
        "all sizes",
        { source in
          let special = [-0.0, 0, .infinity, -.infinity, 1e308, -1e308, 5e-324, -5e-324]
          return special[Int(source.uniform() * 8)]
        }
      ),
    ]
    for (name, draw) in kinds {
      let values = (0..<count).map { _ in draw(&random) }
      let lots = (0..<count).map { _ in random.uniform() }
      #expect(orderByLot(values, lots: lots) == compared(values, lots), "\(name)")
      // Few lots, so that many are equal.
      let coarse = lots.map { ($0 * 4).rounded(.down) / 4 }
      #expect(orderByLot(values, lots: coarse) == compared(values, coarse), "\(name), equal lots")
    }
  }
}
