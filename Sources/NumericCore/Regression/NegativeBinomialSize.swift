/// The negative binomial size that maximises the weighted likelihood for given means (R's `MASS::theta.ml`).
///
/// Newton steps on log size, kept within a bracket. Infinite (Poisson) where the likelihood grows without end, which is
/// where the weighted sum of (count - mean)² - count is not positive.
///
/// - Parameters: counts (>= 0), fitted means (> 0) and weights (>= 0) of equal length; a positive start.
public func maximumLikelihoodSize(
  counts: [Double], fitted: [Double], weights: [Double], start: Double = .infinity
) -> Double {
  let n = min(counts.count, fitted.count, weights.count)
  var excess = 0.0
  var squares = 0.0
  for i in 0..<n {
    let residual = counts[i] - fitted[i]
    excess += weights[i] * (residual * residual - counts[i])
    squares += weights[i] * fitted[i] * fitted[i]
  }
  guard excess > 0, squares > 0 else { return .infinity }
  let limits = (lower: logarithm(1e-6), upper: logarithm(1e10))
  var low = limits.lower
  var high = limits.upper
  var x = logarithm(start.isFinite && start > 0 ? start : squares / excess)
  for _ in 0..<200 {
    x = min(max(x, low), high)
    let size = exponential(x)
    var score = 0.0
    var curvature = 0.0
    for i in 0..<n where weights[i] > 0 {
      let y = counts[i]
      let mean = fitted[i]
      let total = mean + size
      score +=
        weights[i] * (digammaDifference(size, y) - logarithm1p(mean / size) + (mean - y) / total)
      curvature +=
        weights[i] * (trigammaDifference(size, y) + mean / (size * total) - (mean - y) / (total * total))
    }
    // Derivatives with respect to log size.
    let first = score * size
    let second = curvature * size * size + first
    if first > 0 { low = x } else { high = x }
    if high - low < 1e-12 { break }
    var next = second < 0 ? x - first / second : (low + high) / 2
    if !(next > low && next < high) { next = (low + high) / 2 }
    if abs(next - x) < 1e-13 * max(1, abs(x)) { break }
    x = next
  }
  return x >= limits.upper - 1e-6 ? .infinity : exponential(x)
}

/// The size at which the weighted Pearson chi-squared, sum w (count - mean)² / (mean + mean² / size), equals its degrees
/// of freedom (R's `MASS::theta.mm`); infinite (Poisson) where it is no larger than that without overdispersion.
///
/// Newton's method on 1 / size, which rises to the root from 0 because the sum is convex and decreasing.
public func pearsonSize(counts: [Double], fitted: [Double], weights: [Double], degreesOfFreedom: Double) -> Double {
  let n = min(counts.count, fitted.count, weights.count)
  guard degreesOfFreedom > 0 else { return .infinity }
  var inverse = 0.0
  for _ in 0..<200 {
    var sum = -degreesOfFreedom
    var slope = 0.0
    for i in 0..<n where fitted[i] > 0 {
      let residual = counts[i] - fitted[i]
      let spread = 1 + inverse * fitted[i]
      let term = weights[i] * residual * residual / (fitted[i] * spread)
      sum += term
      slope -= term * fitted[i] / spread
    }
    if inverse == 0 && sum <= 0 { return .infinity }
    guard slope < 0 else { break }
    let step = -sum / slope
    inverse += step
    if abs(step) <= 1e-14 * inverse { break }
  }
  return inverse > 0 ? 1 / inverse : .infinity
}

/// digamma(size + count) - digamma(size), by the finite sum for small whole counts.
private func digammaDifference(_ size: Double, _ count: Double) -> Double {
  guard count < 20, count == count.rounded() else { return digamma(size + count) - digamma(size) }
  var sum = 0.0
  var k = 0.0
  while k < count {
    sum += 1 / (size + k)
    k += 1
  }
  return sum
}

private func trigammaDifference(_ size: Double, _ count: Double) -> Double {
  guard count < 20, count == count.rounded() else { return trigamma(size + count) - trigamma(size) }
  var sum = 0.0
  var k = 0.0
  while k < count {
    sum -= 1 / ((size + k) * (size + k))
    k += 1
  }
  return sum
}
