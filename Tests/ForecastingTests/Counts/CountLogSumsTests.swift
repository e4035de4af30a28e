import NumericCore
import Testing

@testable import Forecasting

/// Sums of logarithms by products against logarithms one by one.
@Suite struct CountLogSumsTests {
  static let histories: [(name: String, values: [Double])] = [
    ("none", [Double](repeating: .nan, count: 5)), ("zeros", [Double](repeating: 0, count: 40)),
    ("small", (0..<300).map { Double($0 * 7 % 5) }), ("gaps", (0..<60).map { $0 % 4 == 1 ? .nan : Double($0 % 9) }),
    ("large", (0..<500).map { 1e6 + Double($0 * $0) }), ("levelled", (0..<50).map { 1.3 * Double($0) }),
    ("huge", [3, 0x1p40, 0x1p53, 12]),
  ]

  @Test(arguments: histories) func agreesWithLogarithms(_ name: String, _ y: [Double]) {
    let sums = CountLogSums(y)
    let means = y.indices.map { t in SIMD4(1e-6, 0.5 + Double(t % 7), 40, 1e6 + Double(t)) }
    let sizes = [0, 0.5, 100, 8]
    let reach = 1e-6...(1e6 + Double(y.count))
    let (a, b) = sums.sums(means, sizes: (0, 0.5), reach: reach)
    let (c, d) = sums.sums(means, sizes: (100, 8), reach: reach)
    for (k, found) in [a, b, c, d].enumerated() {
      for lane in 0..<4 {
        var wanted = 0.0
        var size = 1.0
        for t in y.indices where !y[t].isNaN {
          let term = (y[t] + sizes[k]) * logarithm(means[t][lane] + sizes[k])
          wanted += term
          size += abs(term)
        }
        #expect(abs(found[lane] - wanted) < 1e-12 * size, "size \(sizes[k]), lane \(lane)")
      }
    }
    for (k, r) in LevelProcess.sizes.enumerated() {
      let wanted =
        r.isFinite ? y.reduce(0) { $1.isNaN ? $0 : $0 + logGamma($1 + r) - logGamma(r) + r * logarithm(r) } : 0
      #expect(abs(sums.constants[k] - wanted) <= 1e-12 * max(1, abs(wanted)))
    }
  }
}
