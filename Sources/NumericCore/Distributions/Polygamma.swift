/// The digamma function, the derivative of log gamma, for x > 0 (NaN otherwise).
///
/// Recurrence up to x >= 10, then the asymptotic series (DLMF 5.11.2); absolute accuracy about 1e-14.
public func digamma(_ x: Double) -> Double {
  guard x > 0 else { return .nan }
  var x = x
  var shift = 0.0
  while x < 10 {
    shift -= 1 / x
    x += 1
  }
  let r = 1 / (x * x)
  let series = r * (1 / 12.0 - r * (1 / 120.0 - r * (1 / 252.0 - r * (1 / 240.0 - r * (1 / 132.0 - r * 691 / 32760)))))
  return shift + logarithm(x) - 0.5 / x - series
}

/// The trigamma function, the second derivative of log gamma, for x > 0 (NaN otherwise).
///
/// Recurrence up to x >= 10, then the asymptotic series (DLMF 5.15.9); relative accuracy about 1e-14.
public func trigamma(_ x: Double) -> Double {
  guard x > 0 else { return .nan }
  var x = x
  var shift = 0.0
  while x < 10 {
    shift += 1 / (x * x)
    x += 1
  }
  let r = 1 / (x * x)
  let series = r * (1 / 6.0 - r * (1 / 30.0 - r * (1 / 42.0 - r * (1 / 30.0 - r * (5 / 66.0 - r * 691 / 2730)))))
  return shift + 1 / x + r / 2 + series / x
}
