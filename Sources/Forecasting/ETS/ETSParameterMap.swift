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
  }

  /// Number of variables.
  var count: Int {
    2 + (hasTrend ? 2 : 0) + (form.trend == .damped ? 1 : 0) + (hasSeason ? m : 0)
  }

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

  /// Turns the derivative by parameters into the derivative by variables.
  func chain(
    _ x: UnsafeBufferPointer<Double>, _ p: UnsafePointer<Double>, _ dp: UnsafePointer<Double>,
    _ dx: UnsafeMutableBufferPointer<Double>
  ) {
    let lowest = ETSEstimator.lowest
    var byAlpha = dp[0]
    var i = 1
    if hasTrend {
      let share = logistic(x[i])
      byAlpha += dp[1] * share
      dx[i] = dp[1] * (p[0] - lowest) * share * (1 - share)
      i += 1
    }
    if form.trend == .damped {
      let share = logistic(x[i])
      dx[i] = dp[3] * (ETSEstimator.dampingRange.high - ETSEstimator.dampingRange.low) * share * (1 - share)
      i += 1
    }
    if hasSeason {
      let share = logistic(x[i])
      byAlpha -= dp[2] * share
      dx[i] = dp[2] * max(0, 1 - p[0] - lowest) * share * (1 - share)
      i += 1
    }
    let share = logistic(x[0])
    dx[0] = byAlpha * (ETSEstimator.highest - lowest) * share * (1 - share)
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

  /// The parameters as a value.
  func unpack(_ p: UnsafePointer<Double>) -> ETSParameters {
    ETSParameters(
      alpha: p[0], beta: p[1], gamma: p[2], phi: p[3], level: p[4], trend: p[5],
      season: hasSeason ? (0..<m).map { p[ETSKernel.headCount + $0] } : [])
  }
}
