/// The regularised incomplete beta function I_x(a, b), for a, b > 0 and x in [0, 1], and its complement, each computed
/// without cancellation on the smaller side.
///
/// Continued fraction by the modified Lentz method (Press et al., Numerical Recipes, 3rd ed. 2007, section 6.4; DLMF
/// 8.17.22), on whichever side of the mean converges; relative accuracy about 1e-12 for a, b up to 1e6, where it falls
/// to about 1e-9.
public func incompleteBetaTails(_ x: Double, a: Double, b: Double) -> (lower: Double, upper: Double) {
  guard a > 0, b > 0, !x.isNaN else { return (.nan, .nan) }
  if x <= 0 { return (0, 1) }
  if x >= 1 { return (1, 0) }
  let front = exponential(
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * logarithm(x) + b * logarithm1p(-x))
  return incompleteBetaTails(x, a: a, b: b, front: front)
}

/// The same for 0 < x < 1 where x^a (1 - x)^b / B(a, b) is known.
func incompleteBetaTails(_ x: Double, a: Double, b: Double, front: Double) -> (lower: Double, upper: Double) {
  if x < (a + 1) / (a + b + 2) {
    let lower = min(1, front * betaContinuedFraction(x, a, b) / a)
    return (lower, 1 - lower)
  }
  let upper = min(1, front * betaContinuedFraction(1 - x, b, a) / b)
  return (1 - upper, upper)
}

private func betaContinuedFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
  let tiny = 1e-300
  var c = 1.0
  var d = 1 - (a + b) * x / (a + 1)
  d = 1 / (abs(d) < tiny ? tiny : d)
  var h = d
  // Converges in O(sqrt(max(a, b))) steps; the cap only guards against a NaN.
  for step in 1...20_000 {
    let m = Double(step)
    let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 + even * d
    d = 1 / (abs(d) < tiny ? tiny : d)
    c = 1 + even / c
    c = abs(c) < tiny ? tiny : c
    h *= d * c
    let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 + odd * d
    d = 1 / (abs(d) < tiny ? tiny : d)
    c = 1 + odd / c
    c = abs(c) < tiny ? tiny : c
    let delta = d * c
    h *= delta
    if abs(delta - 1) < 1e-15 { break }
  }
  return h
}
