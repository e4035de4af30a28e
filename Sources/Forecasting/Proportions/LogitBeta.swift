import NumericCore

/// A beta distribution, also as its logit's mean and variance: the conjugate of binomial counts in a dynamic generalised
/// linear model (West, Harrison & Migon 1985, Journal of the American Statistical Association 80, 73-83).
struct LogitBeta: Sendable {
  /// Both > 0.
  var a: Double
  var b: Double

  /// A beta distribution with these parameters.
  init(a: Double, b: Double) {
    self.a = a
    self.b = b
  }

  /// The beta distribution whose logit has this mean and variance (> 0): the solution of psi(a) - psi(b) = mean and
  /// psi'(a) + psi'(b) = variance, by Newton's method in the logarithms from the solution for large a and b.
  init(logitMean mean: Double, variance: Double) {
    let f = min(max(mean, -LogitBeta.farthest), LogitBeta.farthest)
    let q = min(max(variance, 1e-9), 1e3)
    a = (1 + exponential(f)) / q
    b = (1 + exponential(-f)) / q
    for _ in 0..<60 {
      let (da, db) = (trigamma(a), trigamma(b))
      let first = digamma(a) - digamma(b) - f
      let second = logarithm((da + db) / q)
      if abs(first) < 1e-11 * max(1, abs(f)) && abs(second) < 1e-11 { break }
      // Slopes of both in log a and log b.
      let (sa, sb) = (a * da, -b * db)
      let (ta, tb) = (a * tetragamma(a) / (da + db), b * tetragamma(b) / (da + db))
      let determinant = sa * tb - sb * ta
      let stepA = (first * tb - second * sb) / determinant
      let stepB = (second * sa - first * ta) / determinant
      a *= exponential(min(max(-stepA, -2), 2))
      b *= exponential(min(max(-stepB, -2), 2))
    }
  }

  /// Logits are kept within this, a share of one in half a thousand million.
  private static let farthest = 20.0

  /// Mean and variance of the logit.
  var logit: (mean: Double, variance: Double) { (digamma(a) - digamma(b), trigamma(a) + trigamma(b)) }

  /// The distribution after `x` of `n`.
  func after(_ x: Double, of n: Double) -> LogitBeta { LogitBeta(a: a + x, b: b + n - x) }

  /// Log of the beta-binomial probability of `x` of `n`, but for the number of ways to choose them.
  func logPredictive(_ x: Double, of n: Double) -> Double {
    logGamma(a + x) - logGamma(a) + logGamma(b + n - x) - logGamma(b) - logGamma(a + b + n) + logGamma(a + b)
  }
}

/// The third derivative of log gamma, for x > 0: recurrence up to x >= 10, then the asymptotic series (DLMF 5.15.9,
/// differentiated).
private func tetragamma(_ x: Double) -> Double {
  var x = x
  var shift = 0.0
  while x < 10 {
    shift -= 2 / (x * x * x)
    x += 1
  }
  let r = 1 / (x * x)
  return shift - r - r / x - r * r * (0.5 - r * (1.0 / 6 - r * (1.0 / 6 - r * (0.3 - r * 5 / 6))))
}
