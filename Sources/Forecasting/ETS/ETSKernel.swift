import NumericCore

/// One pass of the exponential-smoothing recursions over a series, and its reverse.
///
/// With q = l + phi b and expectation mu = q, q + s or q s (no, additive, multiplicative season), the states follow from
/// d = y - mu whether the error is additive or multiplicative (Hyndman et al. 2008, tables 2.2 and 2.3, equal with
/// the error written out):
///
///     none, additive   l' = q + alpha d       b' = phi b + beta d       s' = s + gamma d
///     multiplicative   l' = q + alpha d / s   b' = phi b + beta d / s   s' = s + gamma d / q
///
/// Minus twice the log-likelihood without constants is n log sum e² (e = d; or d / mu and + 2 sum log |mu|). A missing
/// period has d = 0 and no term. The gradient comes from the reverse pass (adjoints), at about twice the cost of the
/// forward pass for all parameters together.
struct ETSKernel {
  let n: Int
  /// Length of the season; 1 where there is none.
  let m: Int
  /// Observations.
  let observed: Double
  /// Values, NaN where missing.
  let y: UnsafePointer<Double>
  /// q, d, b before the period, 1 / mu (where the model is not additive): n each; then the seasonal states, n + m.
  let work: UnsafeMutablePointer<Double>

  /// Doubles of work space.
  static func workSize(n: Int, m: Int) -> Int { 5 * n + m }

  // Layout of a parameter vector: alpha, beta, gamma, phi, level, trend, m seasonal states.
  static let headCount = 6

  /// Criterion of `form` at `p`; with `gradient`, its derivative by every entry of `p`. Infinite outside the domain.
  func criterion(
    _ form: ETSForm, _ p: UnsafePointer<Double>, gradient: UnsafeMutablePointer<Double>?
  ) -> Double {
    switch (form.season, form.error) {
    case (.none, .additive): pass(season: 0, relative: false, p, gradient)
    case (.none, .multiplicative): pass(season: 0, relative: true, p, gradient)
    case (.additive, .additive): pass(season: 1, relative: false, p, gradient)
    case (.additive, .multiplicative): pass(season: 1, relative: true, p, gradient)
    case (.multiplicative, .additive): pass(season: 2, relative: false, p, gradient)
    case (.multiplicative, .multiplicative): pass(season: 2, relative: true, p, gradient)
    }
  }

  /// Smallest value an expectation (or a factor of one) may take in a multiplicative model of data scaled to about 1.
  private static let least = 1e-8

  // A step waits for the one before it, so the chain from level to level is kept short: divisions are by the seasonal
  // state of a cycle ago or by what nothing waits for.
  @inline(__always)
  private func pass(
    season: Int, relative: Bool, _ p: UnsafePointer<Double>, _ gradient: UnsafeMutablePointer<Double>?
  ) -> Double {
    let (alpha, beta, gamma, phi) = (p[0], p[1], p[2], p[3])
    let (q, d, before) = (work, work + n, work + 2 * n)
    let (inverse, seasons) = (work + 3 * n, work + 4 * n)
    var l = p[4]
    var b = p[5]
    if season > 0 { for s in 0..<m { seasons[s] = p[ETSKernel.headCount + s] } }
    var squares = 0.0
    var logSum = 0.0
    var product = 1.0
    for t in 0..<n {
      before[t] = b
      let qt = l + phi * b
      q[t] = qt
      let s = season > 0 ? seasons[t] : 0
      let mu = season == 0 ? qt : season == 1 ? qt + s : qt * s
      if relative && !(mu > ETSKernel.least) { return .infinity }
      if season == 2 && !(qt > ETSKernel.least && s > ETSKernel.least) { return .infinity }
      let value = y[t]
      let seen = value == value
      let byS = season == 2 ? 1 / s : 1
      let byQ = season == 2 ? 1 / qt : 1
      let byMu = season == 2 ? byS * byQ : relative ? 1 / mu : 1
      if season == 2 || relative { inverse[t] = byMu }
      let dt = seen ? (season == 1 ? (value - s) - qt : value - mu) : 0
      d[t] = dt
      if seen {
        if relative {
          let e = dt * byMu
          squares += e * e
          product *= mu
          if product < 1e-100 || product > 1e100 {
            logSum += logarithm(product)
            product = 1
          }
        } else {
          squares += dt * dt
        }
      }
      if season == 2 {
        let w = seen ? value * byS - qt : 0
        l = qt + alpha * w
        b = phi * b + beta * w
        seasons[t + m] = s + gamma * (dt * byQ)
      } else {
        l = qt + alpha * dt
        b = phi * b + beta * dt
        if season == 1 { seasons[t + m] = s + gamma * dt }
      }
    }
    // A perfect fit would have a criterion of minus infinity; data is scaled to about 1.
    let bounded = max(squares, observed * 1e-24)
    var value = observed * logarithm(bounded)
    if relative { value += 2 * (logSum + logarithm(product)) }
    guard let gradient else { return value }
    reverse(
      season: season, relative: relative, p, scale: squares < bounded ? 0 : 2 * observed / bounded, gradient)
    return value
  }

  @inline(__always)
  private func reverse(
    season: Int, relative: Bool, _ p: UnsafePointer<Double>, scale: Double,
    _ gradient: UnsafeMutablePointer<Double>
  ) {
    let (alpha, beta, gamma, phi) = (p[0], p[1], p[2], p[3])
    let (q, d, before) = (work, work + n, work + 2 * n)
    let (inverse, seasons) = (work + 3 * n, work + 4 * n)
    var (gAlpha, gBeta, gGamma, gPhi) = (0.0, 0.0, 0.0, 0.0)
    // Adjoints of the states after period t; those of the seasonal states are kept in the places of the last m states
    // that have been read.
    var lBar = 0.0
    var bBar = 0.0
    let seasonBar = gradient + ETSKernel.headCount
    if season > 0 { for s in 0..<m { seasonBar[s] = 0 } }
    var place = season > 0 ? (n - 1) % m : 0
    var t = n - 1
    while t >= 0 {
      let qt = q[t]
      let dt = d[t]
      let b = before[t]
      let s = season > 0 ? seasons[t] : 0
      let value = y[t]
      let seen = value == value
      let byMu = season == 2 || relative ? inverse[t] : 1
      // The criterion's own derivative by mu.
      var muBar = 0.0
      if seen { muBar = relative ? byMu * (2 - scale * dt * value * byMu * byMu) : -scale * dt }
      let sBarNext = season > 0 ? seasonBar[place] : 0
      var sBar = sBarNext
      var qBar = lBar
      var dBar: Double
      if season == 2 {
        let byS = byMu * qt
        let byQ = byMu * s
        let w = dt * byS
        let v = dt * byQ
        let wBar = (alpha * lBar + beta * bBar) * byS
        let vBar = gamma * sBarNext * byQ
        gAlpha += lBar * w
        gBeta += bBar * w
        gGamma += sBarNext * v
        dBar = wBar + vBar
        sBar -= wBar * w
        qBar -= vBar * v
      } else {
        gAlpha += lBar * dt
        gBeta += bBar * dt
        dBar = alpha * lBar + beta * bBar
        if season == 1 {
          gGamma += sBarNext * dt
          dBar += gamma * sBarNext
        }
      }
      if !seen { dBar = 0 }
      muBar -= dBar
      if season == 2 {
        qBar += muBar * s
        sBar += muBar * qt
      } else {
        qBar += muBar
        if season == 1 { sBar += muBar }
      }
      gPhi += (bBar + qBar) * b
      bBar = phi * (bBar + qBar)
      lBar = qBar
      if season > 0 {
        seasonBar[place] = sBar
        place = place == 0 ? m - 1 : place - 1
      }
      t -= 1
    }
    gradient[0] = gAlpha
    gradient[1] = gBeta
    gradient[2] = gGamma
    gradient[3] = gPhi
    gradient[4] = lBar
    gradient[5] = bBar
  }
}
