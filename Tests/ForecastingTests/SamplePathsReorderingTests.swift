import NumericCore
import Testing

@testable import Forecasting

/// Values of a step are replaced by quantiles rank for rank, whether all ranks are worked out or those that matter.
@Suite struct SamplePathsReorderingTests {
  /// The definition: every path's rank by value and lot, and the quantile of that rank.
  private func reference(_ paths: SamplePaths, _ random: inout RandomSource, _ quantile: (Int, Double) -> Double)
    -> [Double]
  {
    var values = paths.values
    for h in 0..<paths.horizon {
      let lots = (0..<paths.count).map { _ in random.uniform() }
      let order = (0..<paths.count).sorted { a, b in
        let (x, y) = (paths.values[a * paths.horizon + h], paths.values[b * paths.horizon + h])
        return x != y ? x < y : lots[a] != lots[b] ? lots[a] < lots[b] : a < b
      }
      for (rank, path) in order.enumerated() {
        values[path * paths.horizon + h] = quantile(
          h, Normal.quantile((Double(rank) + 0.5) / Double(paths.count)))
      }
    }
    return values
  }

  /// Draws of counts from rare to frequent, and of real numbers; quantiles from all 0 to all different.
  @Test(arguments: [0.0, 0.02, 0.2, 3, -1], [-9.0, -2.2, -1, 0.4, 8])
  func ranksGetTheirQuantiles(mean: Double, height: Double) {
    var source = RandomSource(seed: 5, stream: "\(mean) \(height)")
    let (horizon, count) = (3, 600)
    let values = (0..<horizon * count).map { _ in mean < 0 ? source.normal() : source.poisson(mean: mean) }
    let paths = SamplePaths(horizon: horizon, count: count, values: values)
    let quantile = { (h: Int, z: Double) in max(0, (height + Double(h) * 0.3 + 2 * z).rounded()) }
    var (one, other) = (source, source)
    let found = paths.reordered(&one) { h, deviates in deviates.map { quantile(h, $0) } }
    #expect(found.values == reference(paths, &other, quantile))
    // Both have drawn as many lots.
    #expect(one.next() == other.next())
  }
}
