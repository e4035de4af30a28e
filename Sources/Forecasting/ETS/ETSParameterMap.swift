import NumericCore

/// The way between the free variables of the search and the parameters of a model.
///
/// Smoothing parameters are logistic functions of their variable within their bounds; initial states are their starting
/// values plus the variable times a typical size; the last seasonal state follows from the sum of the others.
struct ETSParameterMap {
  let form: ETSForm
  let m: Int
  let start: ETSStartingValues
  private let hasTrend: Bool
  private let hasSeason: Bool
  private let seasonSize: Double
  private let trendSize: Double

  init(form: ETSForm, m: Int, start: ETSStartingValues) {
    self.form = form
    self.m = m
    self.start = start
    hasTrend = form.trend != .none
    hasSeason = form.season != .none
    seasonSize = form.season == .multiplicative ? start.noise / max(abs(start.level), start.noise) : start.noise
    trendSize = 0.1 * start.noise
    count = 2 + (hasTrend ? 2 : 0) + (form.trend == .damped ? 1 : 0) + (hasSeason ? m : 0)
  }

  /// Number of variables.
  let count: Int

  /// Variables at the starting states with this alpha, a small trend gain and a small season gain.
  func start(alpha: Double) -> [Double] {
    var x = [Double](repeating: 0, count: count)
    func logit(_ p: Double) -> Double { logarithm(p / (1 - p)) }
    x[0] = logit(alpha)
    var i = 1
    if hasTrend {
      x[i] = logit(0.05)
      i += 1
    }
    if form.trend == .damped {
      x[i] = logit(0.8)
      i += 1
    }
    if hasSeason { x[i] = logit(0.1) }
    return x
  }

  /// Variables at which the parameters are these, gains a little within their bounds: a trend that they lack begins flat, a
  /// season is kept as far as the sum of its states allows.
  func start(from p: ETSParameters) -> [Double] {
    let lowest = ETSEstimator.lowest
    var x = start(alpha: 0.2)
    func logit(_ value: Double, _ room: Double) -> Double {
      let share = room > 0 ? min(max(value / room, 0.002), 0.998) : 0.5
      return logarithm(share / (1 - share))
    }
    x[0] = logit(p.alpha - lowest, ETSEstimator.highest - lowest)
    var i = 1
    if hasTrend {
      x[i] = p.phi > 0 ? logit(p.beta - lowest, p.alpha - lowest) : logit(0.02, 1)
      i += 1
    }
    if form.trend == .damped {
      let range = ETSEstimator.dampingRange
      if p.phi > 0, p.phi < 1 { x[i] = logit(p.phi - range.low, range.high - range.low) }
      i += 1
    }
    if hasSeason {
      x[i] = logit(p.gamma - lowest, 1 - p.alpha - lowest)
      i += 1
    }
    x[i] = (p.level - start.level) / start.noise
    i += 1
    if hasTrend {
      x[i] = (p.trend - start.trend) / trendSize
      i += 1
    }
    if hasSeason, p.season.count == m {
      for s in 0..<m - 1 { x[i + s] = (p.season[s] - start.season[s]) / seasonSize }
    }
    return x
  }

  private func logistic(_ x: Double) -> Double { x >= 0 ? 1 / (1 + exponential(-x)) : 1 - 1 / (1 + exponential(x)) }

  /// Writes the parameters (layout of ``ETSKernel``) at `x`.
  func parameters(_ x: UnsafeBufferPointer<Double>, _ p: UnsafeMutablePointer<Double>) {
    let lowest = ETSEstimator.lowest
    let alpha = lowest + (ETSEstimator.highest - lowest) * logistic(x[0])
    p[0] = alpha
    p[1] = 0
    p[2] = 0
    p[3] = form.trend == .additive ? 1 : 0
    var i = 1
    if hasTrend {
      p[1] = lowest + (alpha - lowest) * logistic(x[i])
      i += 1
    }
    if form.trend == .damped {
      let range = ETSEstimator.dampingRange
      p[3] = range.low + (range.high - range.low) * logistic(x[i])
      i += 1
    }
    if hasSeason {
      p[2] = lowest + max(0, 1 - alpha - lowest) * logistic(x[i])
      i += 1
    }
    p[4] = start.level + start.noise * x[i]
    i += 1
    p[5] = 0
    if hasTrend {
      p[5] = start.trend + trendSize * x[i]
      i += 1
    }
    guard hasSeason else {
      p[ETSKernel.headCount] = 0
      return
    }
    var sum = 0.0
    for s in 0..<m - 1 {
      let value = start.season[s] + seasonSize * x[i + s]
      p[ETSKernel.headCount + s] = value
      sum += value
    }
    p[ETSKernel.headCount + m - 1] = (form.season == .multiplicative ? Double(m) : 0) - sum
  }

  /// How parameters depend on variables at `p`, for ``chain(_:_:_:)``.
  func slopes(_ p: UnsafePointer<Double>) -> Slopes {
    let lowest = ETSEstimator.lowest
    func share(_ value: Double, _ room: Double) -> Double { room > 0 ? min(max(value / room, 0), 1) : 0 }
    let alpha = share(p[0] - lowest, ETSEstimator.highest - lowest)
    var slopes = Slopes(alpha: (ETSEstimator.highest - lowest) * alpha * (1 - alpha))
    if hasTrend {
      slopes.betaByAlpha = share(p[1] - lowest, p[0] - lowest)
      slopes.beta = (p[0] - lowest) * slopes.betaByAlpha * (1 - slopes.betaByAlpha)
    }
    if form.trend == .damped {
      let range = ETSEstimator.dampingRange
      let phi = share(p[3] - range.low, range.high - range.low)
      slopes.phi = (range.high - range.low) * phi * (1 - phi)
    }
    if hasSeason {
      let room = max(0, 1 - p[0] - lowest)
      let gamma = share(p[2] - lowest, room)
      slopes.gammaByAlpha = -gamma
      slopes.gamma = room * gamma * (1 - gamma)
    }
    return slopes
  }

  /// Derivatives of smoothing parameters by their variables and by alpha.
  struct Slopes {
    var alpha: Double
    var beta = 0.0
    var betaByAlpha = 0.0
    var gamma = 0.0
    var gammaByAlpha = 0.0
    var phi = 0.0
  }

  /// Turns the derivative by parameters into the derivative by variables.
  func chain(_ slopes: Slopes, _ dp: UnsafePointer<Double>, _ dx: UnsafeMutablePointer<Double>) {
    dx[0] = (dp[0] + dp[1] * slopes.betaByAlpha + dp[2] * slopes.gammaByAlpha) * slopes.alpha
    var i = 1
    if hasTrend {
      dx[i] = dp[1] * slopes.beta
      i += 1
    }
    if form.trend == .damped {
      dx[i] = dp[3] * slopes.phi
      i += 1
    }
    if hasSeason {
      dx[i] = dp[2] * slopes.gamma
      i += 1
    }
    dx[i] = dp[4] * start.noise
    i += 1
    if hasTrend {
      dx[i] = dp[5] * trendSize
      i += 1
    }
    guard hasSeason else { return }
    let last = dp[ETSKernel.headCount + m - 1]
    for s in 0..<m - 1 { dx[i + s] = (dp[ETSKernel.headCount + s] - last) * seasonSize }
  }

  /// Turns second derivatives by parameters, the upper triangle of a matrix with rows of `stride`, into those by variables
  /// where first derivatives vanish; `least` is added to the diagonal.
  func chain(
    _ slopes: Slopes, upper a: UnsafeMutablePointer<Double>, stride: Int, least: Double
  ) -> [Double] {
    let size = ETSKernel.headCount + (hasSeason ? m : 1)
    for i in 1..<size { for j in 0..<i { a[i * stride + j] = a[j * stride + i] } }
    // By variables in one direction first; the rows of the transposed result then are the columns still to be turned.
    var half = [Double](repeating: 0, count: count * size)
    var result = [Double](repeating: 0, count: count * count)
    half.withUnsafeMutableBufferPointer { half in
      result.withUnsafeMutableBufferPointer { result in
        guard let halfBase = half.baseAddress, let base = result.baseAddress else { return }
        for i in 0..<size {
          chain(slopes, a + i * stride, base)
          for k in 0..<count { halfBase[k * size + i] = base[k] }
        }
        for k in 0..<count {
          chain(slopes, halfBase + k * size, base + k * count)
          base[k * count + k] += least
        }
      }
    }
    return result
  }

  /// The parameters as a value.
  func unpack(_ p: UnsafePointer<Double>) -> ETSParameters {
    ETSParameters(
      alpha: p[0], beta: p[1], gamma: p[2], phi: p[3], level: p[4], trend: p[5],
      season: hasSeason ? (0..<m).map { p[ETSKernel.headCount + $0] } : [])
  }
}
