/// The regularised incomplete gamma functions P(a, x) and Q(a, x) = 1 - P, for a > 0 and x >= 0.
///
/// Series below a + 1, continued fraction above (Press et al. 2007, section 6.2; DLMF 8.7.1 and 8.9.2).
public func incompleteGammaTails(_ a: Double, _ x: Double) -> (lower: Double, upper: Double) {
  guard a > 0, !x.isNaN else { return (.nan, .nan) }
  if x <= 0 { return (0, 1) }
  if x == .infinity { return (1, 0) }
  let logFront = a * logarithm(x) - x - logGamma(a)
  if x < a + 1 {
    var term = 1 / a
    var sum = term
    var n = a
    for _ in 0..<100_000 {
      n += 1
      term *= x / n
      sum += term
      if abs(term) < abs(sum) * 1e-16 { break }
    }
    let lower = min(1, sum * exponential(logFront))
    return (lower, 1 - lower)
  }
  let tiny = 1e-300
  var b = x + 1 - a
  var c = 1 / tiny
  var d = 1 / b
  var h = d
  for step in 1...100_000 {
    let i = Double(step)
    let an = -i * (i - a)
    b += 2
    d = an * d + b
    d = 1 / (abs(d) < tiny ? tiny : d)
    c = b + an / c
    c = abs(c) < tiny ? tiny : c
    let delta = d * c
    h *= delta
    if abs(delta - 1) < 1e-16 { break }
  }
  let upper = min(1, exponential(logFront) * h)
  return (1 - upper, upper)
}
