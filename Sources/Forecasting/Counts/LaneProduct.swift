/// Four products of many positive factors, side by side: mantissas within 1..<2 and binary exponents apart, so that no
/// product leaves the range of a double.
struct LaneProduct {
  private var mantissa = SIMD4<Double>.one
  private var exponent = SIMD4<Double>.zero

  /// The empty product, 1.
  init() {}

  /// Products of one factor, a normal positive number, each.
  init(_ factor: SIMD4<Double>) { multiply(by: factor) }

  /// Multiplies by a normal positive number a lane, below 2^1022.
  @inline(__always)
  mutating func multiply(by factor: SIMD4<Double>) {
    let bits = unsafeBitCast(mantissa * factor, to: SIMD4<UInt64>.self)
    // The biased exponent as the last bits of 2^52, which is a number without a conversion.
    let high = unsafeBitCast((bits &>> 52) | 0x4330_0000_0000_0000, to: SIMD4<Double>.self)
    exponent += high - (0x1p52 + 1023)
    mantissa = unsafeBitCast((bits & 0x000F_FFFF_FFFF_FFFF) | 0x3FF0_0000_0000_0000, to: SIMD4<Double>.self)
  }

  /// Squares each product.
  @inline(__always)
  mutating func square() {
    exponent *= 2
    multiply(by: mantissa)
  }

  /// Natural logarithms, to an ulp or two of the larger of 1 and themselves: log m = log c + 2 artanh((m - c) / (m + c))
  /// with c the square root of 2, and the power series of artanh, whose argument is below 0.172.
  var logarithm: SIMD4<Double> {
    let c = 1.4142135623730951
    let s = (mantissa - c) / (mantissa + c)
    let z = s * s
    var series = z * (1.0 / 19) + 1.0 / 17
    series = series * z + 1.0 / 15
    series = series * z + 1.0 / 13
    series = series * z + 1.0 / 11
    series = series * z + 1.0 / 9
    series = series * z + 1.0 / 7
    series = series * z + 1.0 / 5
    series = series * z + 1.0 / 3
    series = series * z + 1
    return exponent * 0.6931471805599453 + (2 * s * series + 0.34657359027997264)
  }
}
