import NumericCore

extension RandomSource {
  /// A binomial variate of `count` (whole, >= 0) trials: halved by the median of the trials' uniforms, a beta variate, until
  /// few are left (Devroye 1986, Non-Uniform Random Variate Generation, X.4.3).
  mutating func binomial(count: Double, probability: Double) -> Double {
    var (n, p, x) = (count, min(max(probability, 0), 1), 0.0)
    while n > 24 {
      let i = (n / 2).rounded(.down) + 1
      let (a, b) = (gamma(shape: i), gamma(shape: n + 1 - i))
      let median = a / (a + b)
      if median <= p {
        x += i
        n -= i
        p = median < 1 ? (p - median) / (1 - median) : 0
      } else {
        n = i - 1
        p /= median
      }
    }
    while n > 0 {
      if uniform() < p { x += 1 }
      n -= 1
    }
    return x
  }
}
