import Testing

@testable import NumericCore

struct ExponentialLanesTests {
  @Test func agreesWithTheCLibrary() {
    var worst = 0.0
    for i in 0..<20_000 {
      let x = -690 + 0.0345 * Double(i)
      let four = exponential(SIMD4(x, x / 10, x / 1000, -x))
      for (k, at) in [x, x / 10, x / 1000, -x].enumerated() where abs(at) <= 690 {
        worst = max(worst, abs(four[k] / exponential(at) - 1))
      }
    }
    #expect(worst < 4e-16, "\(worst)")
  }

  @Test func argumentsAreHeldWhereTheResultIsFinite() {
    let four = exponential(SIMD4(1e9, -1e9, 0, 700))
    #expect(four[0].isFinite && four[0] == four[3] && four[1] > 0 && four[2] == 1)
  }
}
