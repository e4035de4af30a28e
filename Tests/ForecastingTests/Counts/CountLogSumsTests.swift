import CCountLanes
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
    let means = y.indices.map { t in
      SIMD8(1e-6, 0.5 + Double(t % 7), 40, 1e6 + Double(t), 1e-3, 1.3 * Double(t % 3 + 1), 700, 0.9)
    }
    let sizes = SIMD4(0, 0.5, 100, 8)
    let found = means.withUnsafeBufferPointer { means in
      means.baseAddress.map { sums.sums($0, sizes: sizes, reach: 1e-6...(1e6 + Double(y.count))) }
    }
    for k in 0..<4 {
      for lane in 0..<8 {
        var wanted = 0.0
        var size = 1.0
        for t in y.indices where !y[t].isNaN {
          let term = (y[t] + sizes[k]) * logarithm(means[t][lane] + sizes[k])
          wanted += term
          size += abs(term)
        }
        #expect(abs((found?[k][lane] ?? .nan) - wanted) < 1e-12 * size, "size \(sizes[k]), lane \(lane)")
      }
    }
    for (k, r) in LevelProcess.sizes.enumerated() {
      let wanted =
        r.isFinite ? y.reduce(0) { $1.isNaN ? $0 : $0 + logGamma($1 + r) - logGamma(r) + r * logarithm(r) } : 0
      #expect(abs(sums.constants[k] - wanted) <= 1e-12 * max(1, abs(wanted)))
    }
  }

  /// Products far beyond the range of a double, and factors whose logarithms lie on either side of 0.
  @Test func extremeMeans() {
    for mean in [1e-300, 1e-9, 0.5, 0.9999999, 1, 1.0000001, 1.41421356, 1.9999, 2, 3, 1e5, 1e300] {
      let y = [Double](repeating: 3, count: 40)
      let means = [SIMD8<Double>](repeating: SIMD8(repeating: mean), count: y.count)
      let found = means.withUnsafeBufferPointer { means in
        means.baseAddress.map { CountLogSums(y).sums($0, sizes: SIMD4(0, 0.5, 1, 100), reach: mean...mean) }
      }
      for (k, size) in [0, 0.5, 1, 100].enumerated() {
        let wanted = 40 * (3 + size) * logarithm(mean + size)
        #expect(abs((found?[k][5] ?? .nan) - wanted) <= 1e-14 * max(40 * (3 + size), abs(wanted)), "\(mean), \(size)")
      }
    }
  }

  /// The widest vectors of this processor against those that every one has: the same bits.
  @Test func widthOfVectorsDoesNotMatter() {
    let listed: [Int32] = [3, 5, 8, 13, 21, 8, 34, 55]
    let periods: [Int32] = (0..<90).map { Int32($0) } + listed
    let ends: [Int64] = [90, 95, 98]
    let means = (0..<90).map { (t: Int) -> SIMD8<Double> in
      let lanes: [Double] = (0..<8).map { (lane: Int) -> Double in
        let step: Int = (8 * t + lane) * 37 % 101
        return 0.01 + Double(step) * 0.7
      }
      return SIMD8<Double>(lanes)
    }
    let sizes = [0, 0.5, 4, 100.0]
    var wide = [SIMD8<Double>](repeating: .zero, count: 4)
    var plain = wide
    let weights = [0.3]
    let rests: [Int32] = [7]
    periods.withUnsafeBufferPointer { periods in
      ends.withUnsafeBufferPointer { ends in
        rests.withUnsafeBufferPointer { rests in
          weights.withUnsafeBufferPointer { weights in
            let counts = count_lanes_digits(
              periods: periods.baseAddress, ends: ends.baseAddress, places: 2, rest_periods: rests.baseAddress,
              rest_weights: weights.baseAddress, rests: 1)
            means.withUnsafeBytes { means in
              wide.withUnsafeMutableBytes { wide in
                count_lanes_log_sums(
                  counts, means.assumingMemoryBound(to: Double.self).baseAddress, 60, sizes,
                  wide.assumingMemoryBound(to: Double.self).baseAddress)
              }
            }
            count_lanes_log_sums_body(counts, means, 60, sizes, &plain)
          }
        }
      }
    }
    #expect(wide == plain)
    #expect(wide.allSatisfy { $0.min() > -.infinity && all($0 .!= 0) })
  }
}
