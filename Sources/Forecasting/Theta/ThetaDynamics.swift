import NumericCore

/// The dynamic optimised theta model as a recursion: Fiorucci, Pellegrini, Louzada, Petropoulos & Koehler (2016),
/// "Models for optimising the theta method and their relationship to state space models", International Journal of
/// Forecasting 32, 1151-1161, equations 12-17.
///
/// After n periods the model holds a level l, and the least-squares line through the n values by its mean M and slope B.
/// With omega = 1 - 1 / theta the next value is expected to be
///
///     mu = l + omega ((1 - alpha)^n A + (1 - (1 - alpha)^(n + 1)) / alpha B),   A = M - B (n + 1) / 2,
///
/// and a value y moves the states by
///
///     l' = l + alpha (y - l)
///     M' = M + (y - M) / (n + 1)
///     B' = ((n - 1) B + 6 (y - M) / (n + 1)) / (n + 2).
struct ThetaDynamics: Sendable {
  /// Level gain, within (0, 1).
  let alpha: Double
  /// 1 - 1 / theta, within [0, 1]: the share of the line's slope that the forecast follows.
  let omega: Double

  /// States after some periods.
  struct State: Sendable {
    var level: Double
    var mean: Double
    var slope: Double
  }

  /// What the step after n periods multiplies by; one number each, whatever the values.
  struct Coefficients {
    /// omega times the weights of the line's mean and slope in the expectation.
    var onMean: Double
    var onSlope: Double
    /// Gains of the line: of its mean by y - M, of its slope by B and by y - M.
    var meanGain: Double
    var slopeKept: Double
    var slopeGain: Double
  }

  /// The coefficients of the steps after n = `first`, ..., `first + count - 1` periods; `first` >= 1.
  func coefficients(from first: Int, count: Int) -> [Coefficients] {
    let keep = 1 - alpha
    // Held above the range where arithmetic slows down; nothing this small tells.
    var power = max(1e-150, NumericCore.power(keep, Double(first)))
    return (0..<count).map { i in
      let n = Double(first + i)
      let inverse = 1 / ((n + 1) * (n + 2))
      let c = Coefficients(
        onMean: omega * power, onSlope: omega * ((1 - power * keep) / alpha - 0.5 * power * (n + 1)),
        meanGain: (n + 2) * inverse, slopeKept: (n - 1) * (n + 1) * inverse, slopeGain: 6 * inverse)
      power = max(1e-150, power * keep)
      return c
    }
  }

  /// What the next period is expected to be.
  @inline(__always)
  func expectation(_ s: State, _ c: Coefficients) -> Double { s.level + c.onMean * s.mean + c.onSlope * s.slope }

  /// Moves on by a period of value `y`.
  @inline(__always)
  func advance(_ s: inout State, _ c: Coefficients, by y: Double) {
    let d = y - s.mean
    s.level += alpha * (y - s.level)
    s.mean += c.meanGain * d
    s.slope = c.slopeKept * s.slope + c.slopeGain * d
  }

  /// Expectations of the steps that `coefficients` are of, each taken for the value of its period.
  func means(from state: State, _ coefficients: [Coefficients]) -> [Double] {
    var s = state
    return coefficients.map { c in
      let mu = expectation(s, c)
      advance(&s, c, by: mu)
      return mu
    }
  }

  /// Variances of those steps for errors of variance 1: c' S c + 1, with S the covariance of the states.
  func variances(_ coefficients: [Coefficients]) -> [Double] {
    // Covariances of level, mean and slope.
    var (ll, lm, lb, mm, mb, bb) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    return coefficients.map { c in
      // Covariances of y with the states before it, then those after it: each state is a s + g y.
      let yl = ll + c.onMean * lm + c.onSlope * lb
      let ym = lm + c.onMean * mm + c.onSlope * mb
      let yb = lb + c.onMean * mb + c.onSlope * bb
      let yy = yl + c.onMean * ym + c.onSlope * yb + 1
      let (kl, km, kb) = (1 - alpha, 1 - c.meanGain, c.slopeKept)
      let (gl, gm, gb) = (alpha, c.meanGain, c.slopeGain)
      // B' = kept B + gain (y - M).
      let bl = kb * lb - gb * lm
      let bm = kb * mb - gb * mm
      let by = kb * yb - gb * ym
      let bbOwn = kb * kb * bb - 2 * kb * gb * mb + gb * gb * mm
      bb = bbOwn + 2 * gb * by + gb * gb * yy
      mb = km * bm + km * gb * ym + gm * by + gm * gb * yy
      lb = kl * bl + kl * gb * yl + gl * by + gl * gb * yy
      mm = km * km * mm + 2 * km * gm * ym + gm * gm * yy
      lm = kl * km * lm + kl * gm * yl + gl * km * ym + gl * gm * yy
      ll = kl * kl * ll + 2 * kl * gl * yl + gl * gl * yy
      return yy
    }
  }
}
