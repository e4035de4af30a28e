import Foundation

/// The Anscombe residual of a count: the residual on the scale on which the distribution is nearly normal,
/// A(count) - A(mean) over variance(mean)^(1/6), where A is the integral of variance(t)^(-1/3).
///
/// For the Poisson (infinite size) it is 3/2 (count^(2/3) mean^(-1/6) - mean^(1/2)) (Anscombe 1953; McCullagh & Nelder
/// 1989, section 2.4.2; Hilbe 2011, Negative Binomial Regression, section 5.1). For a finite size the integral is taken by
/// Gauss-Legendre quadrature in t^(2/3). A mean of 0 gives NaN unless the count is 0 (then 0).
public func anscombeResidual(count: Double, mean: Double, size: Double) -> Double {
  if mean <= 0 { return count == 0 && mean == 0 ? 0 : .nan }
  let variance = mean + mean * mean / size
  let scale = pow(variance, 1.0 / 6)
  let from = pow(mean, 2.0 / 3)
  let to = count > 0 ? pow(count, 2.0 / 3) : 0
  guard size.isFinite else { return 1.5 * (to - from) / scale }
  // dt t^(-1/3) = 3/2 ds for s = t^(2/3); what remains, (1 + s^(3/2) / size)^(-1/3), is smooth.
  let half = (to - from) / 2
  let centre = (to + from) / 2
  var sum = 0.0
  for k in 0..<8 {
    let s = centre + half * gaussLegendreNodes[k]
    sum += gaussLegendreWeights[k] * pow(1 + s * s.squareRoot() / size, -1.0 / 3)
  }
  return 1.5 * half * sum / scale
}

// Gauss-Legendre, 8 points on [-1, 1] (Abramowitz & Stegun 1964, table 25.4).
private let gaussLegendreNodes = [
  -0.9602898564975363, -0.7966664774136267, -0.5255324099163290, -0.1834346424956498,
  0.1834346424956498, 0.5255324099163290, 0.7966664774136267, 0.9602898564975363,
]
private let gaussLegendreWeights = [
  0.1012285362903763, 0.2223810344533745, 0.3137066458778873, 0.3626837833783620,
  0.3626837833783620, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763,
]
