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

  /// With the exact second derivatives a quadratic function needs one step; without, several.
  @Test func secondDerivativesShortenTheSearch() {
    let a = [4.0, 1, 0.5, 1, 3, -0.5, 0.5, -0.5, 0.4]
    func quadratic(_ x: UnsafeBufferPointer<Double>, _ g: UnsafeMutableBufferPointer<Double>) -> Double {
      var value = 0.0
      for i in 0..<3 {
        g[i] = 0
        for j in 0..<3 { g[i] += a[3 * i + j] * (x[j] - 2) }
        value += 0.5 * g[i] * (x[i] - 2)
      }
      return value
    }
    var x = [10.0, -3, 40]
    // Not positive definite: ignored.
    let (value, iterations) = BFGS().minimize(&x, hessian: a.map { -$0 }, value: quadratic)
    var y = [10.0, -3, 40]
    let (direct, few) = BFGS(leastGain: 1e-12).minimize(&y, hessian: a, value: quadratic)
    #expect(abs(value) < 1e-4 && abs(direct) < 1e-9)
    #expect(few <= 2 && iterations > few)
  }

  /// A target far below what the search can reach ends it early; one that it can reach does not.
  @Test func hopelessTargetsEndTheSearch() {
    func spent(target: Double) -> (value: Double, iterations: Int) {
      var x = [-4.0, 3.0]
      return BFGS(tolerance: 1e-14, target: target).minimize(&x) { x, g in
        let (a, b) = (1 + x[0] * x[0], x[1] - 1)
        g[0] = x[0] / a.squareRoot() + 0.02 * x[0]
        g[1] = 20 * b
        return a.squareRoot() - 1 + 0.01 * x[0] * x[0] + 10 * b * b
      }
    }
    #expect(spent(target: -1e6).iterations <= 4)
    #expect(spent(target: 1e-3).value < 1e-9)
    #expect(spent(target: .infinity).value < 1e-9)
  }
}
