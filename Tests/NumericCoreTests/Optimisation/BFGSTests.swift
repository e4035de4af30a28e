import NumericCore
import Testing

@Suite struct BFGSTests {
  @Test func rosenbrock() {
    var x = [-1.2, 1.0]
    let (value, iterations) = BFGS(tolerance: 1e-14).minimize(&x) { x, g in
      let a = 1 - x[0]
      let b = x[1] - x[0] * x[0]
      g[0] = -2 * a - 400 * x[0] * b
      g[1] = 200 * b
      return a * a + 100 * b * b
    }
    #expect(value < 1e-12)
    #expect(abs(x[0] - 1) < 1e-5 && abs(x[1] - 1) < 1e-5)
    #expect(iterations < 100)
  }

  /// The domain ends next to the minimum: values beyond are refused, not followed.
  @Test func refusesPointsOutsideTheDomain() {
    var x = [5.0]
    let (value, _) = BFGS().minimize(&x) { x, g in
      guard x[0] > 0 else { return .infinity }
      g[0] = 1 - 0.01 / x[0]
      return x[0] - 0.01 * logarithm(x[0])
    }
    #expect(abs(x[0] - 0.01) < 1e-3)
    #expect(value.isFinite)
  }

  @Test func aStartOutsideTheDomainIsReported() {
    var x = [1.0]
    #expect(!BFGS().minimize(&x) { _, _ in .nan }.value.isFinite)
  }
}
