import NumericCore
import Testing

@testable import Forecasting

@Suite struct LaneProductTests {
  @Test func logarithmsOfSingleNumbers() {
    let numbers = [1e-300, 1e-9, 0.5, 0.9999999, 1, 1.0000001, 1.41421356, 1.9999, 2, 3, 1e5, 1e300]
    for x in numbers {
      let found = LaneProduct(SIMD4(x, 1, 2, 1 / x)).logarithm
      for (lane, wanted) in [logarithm(x), 0, logarithm(2), -logarithm(x)].enumerated() {
        #expect(abs(found[lane] - wanted) <= 4e-16 * max(1, abs(wanted)), "\(x), lane \(lane)")
      }
    }
  }

  @Test func productsBeyondTheRangeOfADouble() {
    var product = LaneProduct()
    for _ in 0..<40 { product.multiply(by: SIMD4(1e200, 1e-200, 3, 1)) }
    product.square()
    let tens = 80 * 200 * logarithm(10)
    for (found, wanted) in zip([0, 1, 2, 3].map { product.logarithm[$0] }, [tens, -tens, 80 * logarithm(3), 0]) {
      #expect(abs(found - wanted) <= 1e-14 * max(1, abs(wanted)))
    }
  }
}
