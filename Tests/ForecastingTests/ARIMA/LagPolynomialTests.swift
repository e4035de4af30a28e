import NumericCore
import Testing

@testable import Forecasting

@Suite struct LagPolynomialTests {
  static func coefficients(_ x: [Double], isMA: Bool, beyond least: Double) -> [Double] {
    var c = [Double](repeating: 0, count: x.count)
    x.withUnsafeBufferPointer { x in
      c.withUnsafeMutableBufferPointer { c in
        LagPolynomial.coefficients(
          x.baseAddress.unsafelyUnwrapped, degree: x.count, isMA: isMA, beyond: least, c.baseAddress.unsafelyUnwrapped)
      }
    }
    return c
  }

  /// By hand: partial autocorrelations 0.6 and -0.5 are the coefficients 0.6 (1 + 0.5) and -0.5.
  @Test func stepsUp() {
    let c = Self.coefficients([0.75, -0.5 / 0.75.squareRoot()], isMA: false, beyond: 1)
    #expect(abs(c[0] - 0.9) < 1e-12 && abs(c[1] + 0.5) < 1e-12)
    let ma = Self.coefficients([0.75, -0.5 / 0.75.squareRoot()], isMA: true, beyond: 1)
    #expect(ma == c.map { -$0 })
    let inner = Self.coefficients([0.75, -0.5 / 0.75.squareRoot()], isMA: false, beyond: 2)
    #expect(abs(inner[0] - 0.45) < 1e-12 && abs(inner[1] + 0.125) < 1e-12)
  }

  /// However large the variables, no root comes nearer than the bound: on its circle the polynomial does not vanish, and its
  /// argument goes around 0 as often as there are roots within, not once.
  @Test func rootsStayBeyondTheBound() {
    var random = RandomSource(seed: 7)
    for degree in 1...5 {
      for _ in 0..<20 {
        let x = (0..<degree).map { _ in 3 * random.normal() }
        let c = Self.coefficients(x, isMA: false, beyond: 1.001)
        var turns = 0.0
        var last: (Double, Double)?
        for k in 0...4000 {
          let angle = 2 * .pi * Double(k) / 4000
          var (re, im) = (1.0, 0.0)
          for (i, value) in c.enumerated() {
            let size = value * power(1.0009, Double(i + 1))
            re -= size * cosine(angle * Double(i + 1))
            im -= size * sine(angle * Double(i + 1))
          }
          if let (a, b) = last {
            let (dot, cross) = (a * re + b * im, a * im - b * re)
            turns += dot > 0 ? arctangent(cross / dot) : (cross > 0 ? .pi : -.pi) + arctangent(cross / dot)
          }
          last = (re, im)
        }
        #expect(abs(turns) < 1, "\(x)")
      }
    }
  }

  @Test func products() {
    var result = [Double](repeating: 9, count: 5)
    for isMA in [false, true] {
      [0.5, 0.2].withUnsafeBufferPointer { a in
        [0.3].withUnsafeBufferPointer { b in
          result.withUnsafeMutableBufferPointer { r in
            LagPolynomial.multiply(
              a.baseAddress.unsafelyUnwrapped, 2, b.baseAddress.unsafelyUnwrapped, 1, lag: 3, isMA: isMA,
              into: r.baseAddress.unsafelyUnwrapped, stride: 1)
          }
        }
      }
      // (1 - 0.5 B - 0.2 B²) (1 - 0.3 B³) has + 0.15 B⁴.
      let sign = isMA ? 1.0 : -1
      #expect(result == [0.5, 0.2, 0.3, sign * 0.15, sign * 0.06])
    }
  }

  @Test func names() {
    var order = ARIMAOrder(arma: ARMAOrder(ar: 1, ma: 2, season: 12), differences: 1)
    #expect(order.name == "ARIMA(1,1,2)" && order.coefficients == 3)
    order.hasConstant = true
    #expect(order.name == "ARIMA(1,1,2) with drift" && order.coefficients == 4)
    order.arma.seasonalMA = 1
    order.seasonalDifferences = 1
    order.hasConstant = false
    #expect(order.name == "ARIMA(1,1,2)(0,1,1)[12]")
    #expect(order.differencing.enumerated().filter { $0.element != 0 }.map(\.offset) == [0, 1, 12, 13])
    #expect(order.differencing[13] == 1 && order.differencing[12] == -1)
    #expect(ARIMAOrder(arma: ARMAOrder(), hasConstant: true).name == "ARIMA(0,0,0) with non-zero mean")
  }
}
