/// e to the x of four numbers at once, to about one unit in the last place; arguments are held within -700 ... 700.
///
/// Cody & Waite (1980): x = n log 2 + r with |r| <= log 2 / 2, the Taylor polynomial of degree 13 of e^r, and 2^n from
/// the bits of its exponent. Swift finds no vector form of the C library's `exp`.
@inlinable @inline(__always) public func exponential(_ x: SIMD4<Double>) -> SIMD4<Double> {
  let held = x.replacing(with: 700, where: x .> 700).replacing(with: -700, where: x .< -700)
  // Adding 1.5 * 2^52 leaves the nearest whole number in the low bits.
  let magic = SIMD4<Double>(repeating: 0x1.8p52)
  let shifted = held * 1.4426950408889634 + magic
  let n = shifted - magic
  let r = (held - n * 0.6931471803691238) - n * 1.9082149292705877e-10
  var sum = SIMD4<Double>(repeating: 1 / 6_227_020_800.0)
  sum = sum * r + 1 / 479_001_600.0
  sum = sum * r + 1 / 39_916_800.0
  sum = sum * r + 1 / 3_628_800.0
  sum = sum * r + 1 / 362_880.0
  sum = sum * r + 1 / 40_320.0
  sum = sum * r + 1 / 5_040.0
  sum = sum * r + 1 / 720.0
  sum = sum * r + 1 / 120.0
  sum = sum * r + 1 / 24.0
  sum = sum * r + 1 / 6.0
  sum = sum * r + 0.5
  sum = sum * r + 1
  sum = sum * r + 1
  let bits = unsafeBitCast(shifted, to: SIMD4<UInt64>.self)
  return sum * unsafeBitCast((bits &+ 1023) &<< 52, to: SIMD4<Double>.self)
}
