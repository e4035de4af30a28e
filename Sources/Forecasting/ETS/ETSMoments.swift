import NumericCore

/// Means and variances of the periods ahead of an exponential-smoothing model without multiplicative trend.
struct ETSMoments {
  let form: ETSForm
  /// States after the last observation.
  let state: ETSParameters
  let sigma2: Double

  /// Exact moments of `count` steps: Hyndman et al. (2008), section 6.3 for additive errors (class 1), 6.4 for
  /// multiplicative errors with an additive season or none (class 2); for a multiplicative season (class 3) by the
  /// second moments of level and trend, with normal errors.
  func steps(_ count: Int) -> (mean: [Double], variance: [Double]) {
    guard count > 0 else { return ([], []) }
    if form.season == .multiplicative { return multiplicativeSeason(count) }
    let m = state.season.count
    var mean = [Double](repeating: 0, count: count)
    var response = [Double](repeating: 0, count: count)
    var damped = 0.0
    var power = 1.0
    for h in 0..<count {
      // damped = phi + ... + phi^(h + 1); response[h] is c_(h + 1).
      power *= state.phi
      damped += power
      mean[h] = state.level + damped * state.trend + (m > 0 ? state.season[h % m] : 0)
      response[h] = state.alpha + state.beta * damped + (m > 0 && (h + 1) % m == 0 ? state.gamma : 0)
    }
    var variance = [Double](repeating: 0, count: count)
    if form.error == .additive {
      var sum = 1.0
      for h in 0..<count {
        variance[h] = sigma2 * sum
        sum += response[h] * response[h]
      }
      return (mean, variance)
    }
    var theta = [Double](repeating: 0, count: count)
    for h in 0..<count {
      var sum = 0.0
      for j in 0..<h { sum += response[j] * response[j] * theta[h - 1 - j] }
      theta[h] = mean[h] * mean[h] + sigma2 * sum
      variance[h] = (1 + sigma2) * theta[h] - mean[h] * mean[h]
    }
    return (mean, variance)
  }

  /// Step h multiplies q_h = l + phi b by a seasonal state that began as s and was multiplied by (1 + gamma e_j) once in
  /// every earlier cycle, by errors that also moved level and trend: their moments are carried with those factors.
  private func multiplicativeSeason(_ count: Int) -> (mean: [Double], variance: [Double]) {
    let m = state.season.count
    var mean: [Double] = []
    var variance: [Double] = []
    var plain = StateMoments(state)
    for h in 0..<count {
      var moments = plain
      if h >= m {
        moments = StateMoments(state)
        for j in 0..<h { moments.advance(state, sigma2, gamma: j % m == h % m ? state.gamma : 0) }
      }
      let s = state.season[h % m]
      let expected = s * moments.meanQ(state.phi)
      mean.append(expected)
      variance.append((1 + sigma2) * s * s * moments.squareQ(state.phi) - expected * expected)
      plain.advance(state, sigma2, gamma: 0)
    }
    return (mean, variance)
  }
}

/// First and second moments of level and trend, times a product of seasonal factors.
private struct StateMoments {
  var l: Double
  var b: Double
  var ll: Double
  var lb: Double
  var bb: Double

  init(_ p: ETSParameters) {
    l = p.level
    b = p.trend
    ll = l * l
    lb = l * b
    bb = b * b
  }

  func meanQ(_ phi: Double) -> Double { l + phi * b }
  func squareQ(_ phi: Double) -> Double { ll + 2 * phi * lb + phi * phi * bb }

  /// One period with relative error of variance `v` (normal: fourth moment 3 v²), weighted by (1 + gamma e) in the first
  /// and its square in the second moments.
  mutating func advance(_ p: ETSParameters, _ v: Double, gamma g: Double) {
    let (a, beta, phi) = (p.alpha, p.beta, p.phi)
    let qq = squareQ(phi)
    let qb = lb + phi * bb
    let q = meanQ(phi)
    let v4 = 3 * v * v
    ll = qq * (1 + v * (a * a + 4 * a * g + g * g) + v4 * a * a * g * g)
    let bbOld = bb
    bb =
      phi * phi * bbOld * (1 + g * g * v) + 4 * phi * beta * g * v * qb + beta * beta * qq * (v + v4 * g * g)
    lb = phi * qb * (1 + v * (2 * a * g + g * g)) + beta * qq * (v * (a + 2 * g) + v4 * a * g * g)
    b = phi * b + beta * g * v * q
    l = q * (1 + a * g * v)
  }
}
