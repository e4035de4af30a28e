/// Polynomials of lags by what is free: variables of any size stand for partial autocorrelations within (-1, 1), and these
/// for the coefficients of a stationary or invertible polynomial (Barndorff-Nielsen & Schou 1973, Journal of Multivariate
/// Analysis 3, 408-419; Jones 1980, Technometrics 22, 389-395; Monahan 1984, Biometrika 71, 403-404).
enum LagPolynomial {
  /// Writes the coefficients of a block at variables `x`: partial autocorrelations x / sqrt(1 + x²), then Durbin's steps up,
  /// then all roots moved out to where they lie beyond `least`. A moving average has the opposite sign, 1 + c_1 B + ...
  static func coefficients(
    _ x: UnsafePointer<Double>, degree: Int, isMA: Bool, beyond least: Double, _ c: UnsafeMutablePointer<Double>
  ) {
    for j in 0..<degree {
      let a = x[j] / (1 + x[j] * x[j]).squareRoot()
      var i = 0
      while 2 * i < j {
        let (low, high) = (c[i], c[j - 1 - i])
        c[i] = low - a * high
        c[j - 1 - i] = high - a * low
        i += 1
      }
      c[j] = a
    }
    var scale = isMA ? -1.0 : 1
    for j in 0..<degree {
      scale /= least
      c[j] *= scale
    }
  }

  /// Writes the coefficients, from that of B on, of the product of a polynomial and one of B^lag; both are 1 - c_1 B - ...
  /// or, of moving averages, 1 + c_1 B + ...
  static func multiply(
    _ plain: UnsafePointer<Double>, _ degree: Int, _ seasonal: UnsafePointer<Double>, _ seasonalDegree: Int, lag: Int,
    isMA: Bool, into product: UnsafeMutablePointer<Double>, stride: Int
  ) {
    for i in 0..<degree + lag * seasonalDegree { product[i * stride] = 0 }
    for i in 0..<degree { product[i * stride] = plain[i] }
    for j in 0..<seasonalDegree {
      let place = lag * (j + 1) - 1
      product[place * stride] += seasonal[j]
      for i in 0..<degree {
        let cross = plain[i] * seasonal[j]
        product[(place + 1 + i) * stride] += isMA ? cross : -cross
      }
    }
  }
}
