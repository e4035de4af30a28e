import NumericCore

/// How unusual the tested period is, alone and together with the periods just before it.
///
/// Alone: the mid-p tails of its predictive distribution. Together: the sum of the normal scores of the last 2, 3, ...
/// periods, each held within a bound so that one spike is not taken for a shift, and weighted by what a rise by a given
/// factor would add to it. Periods share the uncertainty of the level and its drift, which is in the variance of the sum.
/// Both are one p-value by ``CauchyCombination``, half the weight on the period alone and half on the windows.
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
  /// Normal scores of the tested period and those before it, newest first, within the bound but for the first.
  private(set) var scores = SIMD8<Double>.zero

  /// - Parameters:
  ///   - windows: longest window, 1 ... 8 periods.
  ///   - clip: bound of the scores of the periods before the tested one.
  init(_ fit: BaselineFit, _ dispersion: PooledDispersion, windows: Int, clip: Double) {
    predictive = PredictiveDistribution(
      mean: fit.means[0], logMeanVariance: fit.logVariances[0], dispersion: dispersion)
    let alone = predictive.midTails(fit.counts[0])
    let excess = max(0, dispersion.inverseSize)
    let tested = fit.means[0]
    // What the periods share, as a share of the variance of one score.
    let own = tested * (1 + excess * tested)
    let level = fit.logVariances[0] * tested * tested / max(own, 1e-300)
    let shared = (fit.correlation + level) / (1 - fit.correlation)
    let common = shared / (1 + shared)
    let held = clippedNormalVariance(clip)

    scores[0] = alone.upper < alone.lower ? -Normal.quantile(alone.upper) : Normal.quantile(alone.lower)
    var sum = scores[0]
    var variance = 1.0
    var spread = 1.0
    var upperWindows: [(p: Double, window: Int)] = []
    var lowerWindows: [(p: Double, window: Int)] = []
    for k in 1..<max(1, min(8, windows)) where fit.means[k] > 0 && tested > 0 {
      let expected = fit.means[k]
      let part = NegativeBinomial(
        mean: expected, variance: expected * (1 + excess * expected) + fit.logVariances[0] * expected * expected)
      let below = part.tails(fit.counts[k] - 1).lower
      let score = Normal.quantile((part.tails(fit.counts[k]).lower + below) / 2)
      scores[k] = min(clip, max(-clip, score))
      let weight = (expected / tested).squareRoot()
      sum += weight * scores[k]
      variance += weight * weight * held * (1 - common)
      spread += weight * held.squareRoot()
      let deviation = (variance - common + common * spread * spread).squareRoot()
      upperWindows.append((Normal.cdf(-sum / deviation), k + 1))
      lowerWindows.append((Normal.cdf(sum / deviation), k + 1))
    }
    upper = combine(alone.upper, upperWindows)
    lower = combine(alone.lower, lowerWindows)
  }

  /// Whether the scores of a window grow towards the tested period more than they are level (``PeriodTest/Kind``).
  func isRamp(window: Int) -> Bool {
    var level = 0.0
    var rise = 0.0
    var squares = 0.0
    for k in 0..<window {
      let height = Double(window - k) / Double(window)
      level += scores[k]
      rise += height * scores[k]
      squares += height * height
    }
    return abs(rise) / squares.squareRoot() > abs(level) / Double(window).squareRoot()
  }
}

private func combine(_ alone: Double, _ windows: [(p: Double, window: Int)]) -> WindowScan.Tail {
  let share = Double(max(1, windows.count))
  var combination = CauchyCombination()
  combination.add(alone, weight: share)
  var strongest = (p: alone / share, window: 1)
  for (p, window) in windows {
    combination.add(p, weight: 1)
    if p < strongest.p { strongest = (p, window) }
  }
  return WindowScan.Tail(pValue: combination.pValue, window: strongest.window)
}

/// Variance of a standard normal held within -c ... c.
func clippedNormalVariance(_ c: Double) -> Double {
  let density = exponential(-c * c / 2) / (2 * Double.pi).squareRoot()
  return 1 - 2 * Normal.cdf(-c) - 2 * c * density + 2 * c * c * Normal.cdf(-c)
}
