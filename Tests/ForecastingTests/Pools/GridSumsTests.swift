import NumericCore
import Testing

@testable import Forecasting

@Suite struct GridSumsTests {
  /// Terms from a millionth to a thousand, the bound far above all sums: in any order and partition the same to the bit, and
  /// what exact sums round to but for the last.
  @Test(arguments: [1.0, 3, 1e7]) func sumsAreThoseOfExactSums(slack: Double) {
    var random = RandomSource(seed: 4)
    let rows = (0..<300).map { _ in (0..<7).map { _ in exponential(20 * random.uniform() - 13) } }
    let factors = rows.map { _ in random.uniform() }
    let bound = slack * rows.reduce(0) { $0 + ($1.max() ?? 0) }
    var exact = ExactSums(count: 9)
    var forward = GridSums(count: 9, bound: bound)
    for (row, factor) in zip(rows, factors) {
      exact.add(row.map { factor * $0 }, at: 2)
      forward.add(row, times: factor, at: 2)
    }
    var parts = [GridSums](repeating: GridSums(count: 9, bound: bound), count: 4)
    for i in rows.indices.reversed() { parts[i * i % 4].add(rows[i], times: factors[i], at: 2) }
    var joined = GridSums(count: 9, bound: bound)
    for part in parts.reversed() { joined.add(part) }
    #expect(joined.values.map(\.bitPattern) == forward.values.map(\.bitPattern))
    for (sum, whole) in zip(forward.values, exact.values) { #expect(abs(sum - whole) <= whole * 0x1p-52) }
    #expect(forward.values[0] == 0 && forward.values[2] > 0)
    #expect(GridSums(count: 2, bound: 0).values == [0, 0])
  }
}
