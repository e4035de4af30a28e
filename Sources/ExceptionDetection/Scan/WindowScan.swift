import NumericCore

/// How unusual the tested period is, alone and together with the periods just before it.
///
/// Alone: the mid-p tails of its predictive distribution. Together: normal scores of the last periods, those before the
/// tested one held within a bound so that one spike is not taken for a shift, and for the last 2, 3, ... of them the
/// score test of a rise by one factor that began with them. The periods share the uncertainty of the baseline and the
/// drift of its level, so that the scores are correlated, and those before a window correct the level it is measured
/// from (generalised least squares). Both are one p-value by ``CauchyCombination``, half the weight on the period alone
/// and half on the windows.
struct WindowScan: Sendable {
  /// One direction's verdict.
  struct Tail: Sendable {
    /// Of the period alone and the windows combined.
    let pValue: Double
    /// Periods of the part that weighs most in it; 1 is the tested period alone.
    let window: Int
  }

  let upper: Tail
  let lower: Tail
  let predictive: PredictiveDistribution
  /// Tails of the tested period's count.
  let tails: PredictiveDistribution.Tails
  /// Normal scores of the tested period and those before it, newest first, within the bound but for the first.
  private(set) var scores = SIMD8<Double>.zero

  /// - Parameters:
  ///   - windows: longest window, 1 ... 8 periods.
  ///   - clip: bound of the scores of the periods before the tested one.
  init(_ fit: BaselineFit, _ dispersion: PooledDispersion, windows: Int, clip: Double) {
    predictive = PredictiveDistribution(
      mean: fit.means[0], logMeanVariance: fit.logVariance, dispersion: dispersion)
    tails = predictive.allTails(fit.counts[0])
    let alone = predictive.midTails(tails)
    let excess = max(0, dispersion.inverseSize)
    let tested = fit.means[0]
    let windows = max(1, min(8, windows))
    let held = clippedNormalVariance(clip)

    // Scores in units of the noise alone, and what a rise of the log of the mean adds to them.
    var slopes = SIMD8<Double>.zero
    for k in 0..<windows where fit.means[k] > 0 && tested > 0 {
      let mean = fit.means[k]
      slopes[k] = (mean / (1 + excess * mean)).squareRoot()
      if k == 0 { continue }
      let part = NegativeBinomial(mean: mean, variance: mean * (1 + excess * mean))
      let tails = part.tailsAndProbability(fit.counts[k])
      scores[k] = min(clip, max(-clip, normalScore(tails.lower - tails.at / 2, tails.upper + tails.at / 2)))
    }
    // That of the tested period is its own p-value's, so that what that allows for the windows allow for as well.
    let score = min(37, max(-37, normalScore(alone.lower, alone.upper)))
    scores[0] = score * (1 + slopes[0] * slopes[0] * fit.logVariance).squareRoot()
    var upperWindows = CauchyCombination()
    var lowerWindows = CauchyCombination()
    var strongest = (upper: (p: 2.0, window: 1), lower: (p: 2.0, window: 1))
    var count = 0.0
    if windows > 1 {
      // Cholesky factor of the scores' covariance, oldest first, so that a window is a suffix.
      let drift = fit.correlation / (1 - fit.correlation)
      var factor = InlineArray<64, Double>(repeating: 0)
      var whitened = SIMD8<Double>.zero
      for i in 0..<windows {
        let a = windows - 1 - i
        for j in 0...i {
          let b = windows - 1 - j
          var sum =
            slopes[a] * slopes[b] * fit.covariance[a, b] + (slopes[a] > 0 && slopes[b] > 0 ? drift : 0)
            + (i == j ? (a == 0 ? 1 : held) : 0)
          for m in 0..<j { sum -= factor[i * 8 + m] * factor[j * 8 + m] }
          factor[i * 8 + j] = i == j ? max(1e-9, sum).squareRoot() : sum / factor[j * 8 + j]
        }
        var sum = scores[a]
        for m in 0..<i { sum -= factor[i * 8 + m] * whitened[m] }
        whitened[i] = sum / factor[i * 8 + i]
      }
      for k in 1..<windows where slopes[k] > 0 {
        var direction = SIMD8<Double>.zero
        var product = 0.0
        var square = 0.0
        for i in (windows - 1 - k)..<windows {
          var sum = slopes[windows - 1 - i]
          for m in (windows - 1 - k)..<i { sum -= factor[i * 8 + m] * direction[m] }
          direction[i] = sum / factor[i * 8 + i]
          product += direction[i] * whitened[i]
          square += direction[i] * direction[i]
        }
        let z = product / square.squareRoot()
        let (above, below) = (Normal.cdf(-z), Normal.cdf(z))
        upperWindows.add(above, weight: 1)
        lowerWindows.add(below, weight: 1)
        if above < strongest.upper.p { strongest.upper = (above, k + 1) }
        if below < strongest.lower.p { strongest.lower = (below, k + 1) }
        count += 1
      }
    }
    scores[0] = score
    let weight = max(1, count)
    upperWindows.add(alone.upper, weight: weight)
    lowerWindows.add(alone.lower, weight: weight)
    upper = Tail(
      pValue: upperWindows.pValue, window: strongest.upper.p < alone.upper / weight ? strongest.upper.window : 1)
    lower = Tail(
      pValue: lowerWindows.pValue, window: strongest.lower.p < alone.lower / weight ? strongest.lower.window : 1)
  }
}

/// Whether the scores of a window, newest first, grow towards the tested period more than they are level (``PeriodTest/Kind``);
/// a missing one counts as nothing out of the ordinary.
func isRamp(_ scores: SIMD8<Double>, window: Int) -> Bool {
  var level = 0.0
  var rise = 0.0
  var squares = 0.0
  for k in 0..<window {
    let score = scores[k].isFinite ? scores[k] : 0
    let height = Double(window - k) / Double(window)
    level += score
    rise += height * score
    squares += height * height
  }
  return abs(rise) / squares.squareRoot() > abs(level) / Double(window).squareRoot()
}

/// The standard normal quantile of a probability, from the smaller of both tails.
func normalScore(_ lower: Double, _ upper: Double) -> Double {
  upper < lower ? -Normal.quantile(max(0, upper)) : Normal.quantile(max(0, lower))
}

/// Variance of a standard normal held within -c ... c.
func clippedNormalVariance(_ c: Double) -> Double {
  let density = exponential(-c * c / 2) / (2 * Double.pi).squareRoot()
  return 1 - 2 * Normal.cdf(-c) - 2 * c * density + 2 * c * c * Normal.cdf(-c)
}
