import NumericCore

/// How unusual the tested period is, alone and together with the periods just before it.
struct WindowScan: Sendable {
  /// One direction's verdict.
  struct Tail: Sendable {
    /// Of the one-period test and the scan combined.
    var pValue: Double
    /// Periods of the window that stands out most; 1 is the tested period alone.
    var window: Int
    /// Its own p-value, before it is corrected for the windows looked at.
    var windowP: Double
  }

  let upper: Tail
  let lower: Tail
  let predictive: PredictiveDistribution

  init(_ fit: BaselineFit, _ dispersion: PooledDispersion, scan: NestedScan, clip: Double, clippedVariance: Double) {
    let predictive = PredictiveDistribution(
      mean: fit.means[0], logMeanVariance: fit.logVariances[0], dispersion: dispersion)
    self.predictive = predictive
    let alone = predictive.midTails(fit.counts[0])
    var high = (p: alone.upper, window: 1)
    var low = (p: alone.lower, window: 1)
    let excess = max(0, dispersion.inverseSize)
    // What the periods share, as a multiple of the variance of one count about its own expectation.
    let own = fit.means[0] * (1 + excess * fit.means[0])
    let level = fit.logVariances[0] * fit.means[0] * fit.means[0] / max(own, 1e-300)
    let shared = (fit.correlation + level) / (1 - fit.correlation)
    let common = shared / (1 + shared)
    let first = alone.upper < alone.lower ? -Normal.quantile(alone.upper) : Normal.quantile(alone.lower)
    var sum = first
    var variance = 1.0
    var root = 1.0
    for k in 1..<max(1, scan.windows) {
      let expected = fit.means[k]
      guard expected > 0 else { continue }
      let part = NegativeBinomial(
        mean: expected,
        variance: expected * (1 + excess * expected) + fit.logVariances[0] * expected * expected)
      let at = part.tails(fit.counts[k])
      let below = part.tails(fit.counts[k] - 1)
      let z = Normal.quantile(min(1, max(0, (at.lower + below.lower) / 2)))
      // The weight of a period is its signal for a rise by a given factor.
      let weight = (expected / fit.means[0]).squareRoot()
      sum += weight * min(clip, max(-clip, z))
      variance += weight * weight * clippedVariance * (1 - common)
      root += weight * clippedVariance.squareRoot()
      let deviation = (variance - common + common * root * root).squareRoot()
      let upperP = Normal.cdf(-sum / deviation)
      let lowerP = Normal.cdf(sum / deviation)
      if upperP < high.p { high = (upperP, k + 1) }
      if lowerP < low.p { low = (lowerP, k + 1) }
    }
    upper = Tail(
      pValue: scan.pValue(smallest: high.p, shared: shared), window: high.window, windowP: high.p)
    lower = Tail(pValue: scan.pValue(smallest: low.p, shared: shared), window: low.window, windowP: low.p)
  }
}

/// Variance of a standard normal held within -c ... c.
func clippedNormalVariance(_ c: Double) -> Double {
  let density = exponential(-c * c / 2) / (2 * Double.pi).squareRoot()
  return 1 - 2 * Normal.cdf(-c) - 2 * c * density + 2 * c * c * Normal.cdf(-c)
}
