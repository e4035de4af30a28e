#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

// The C library's elementary functions under unambiguous names, so that hot loops in this target and in those above it
// need no Foundation.

/// Natural logarithm.
@inlinable public func logarithm(_ x: Double) -> Double { log(x) }
/// log(1 + x), accurate for small x.
@inlinable public func logarithm1p(_ x: Double) -> Double { log1p(x) }
/// e to the x.
@inlinable public func exponential(_ x: Double) -> Double { exp(x) }
/// x to the y.
@inlinable public func power(_ x: Double, _ y: Double) -> Double { pow(x, y) }
/// Sine of an angle in radians.
@inlinable public func sine(_ x: Double) -> Double { sin(x) }
/// Cosine of an angle in radians.
@inlinable public func cosine(_ x: Double) -> Double { cos(x) }
/// The angle in radians, between -pi/2 and pi/2, whose tangent is x.
@inlinable public func arctangent(_ x: Double) -> Double { atan(x) }
/// Complementary error function.
@inlinable public func complementaryErrorFunction(_ x: Double) -> Double { erfc(x) }

/// Natural logarithm of the gamma function for x > 0.
@inlinable public func logGamma(_ x: Double) -> Double {
  // lgamma_r, because lgamma writes a global and is not safe across threads.
  var sign: Int32 = 0
  return lgamma_r(x, &sign)
}
