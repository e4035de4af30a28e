import NumericCore

/// What one pass over a baseline's rows adds up to, for given coefficients and dispersion, and the step that follows.
///
/// This is the inner loop of detection: one scoring step of the penalised negative-binomial regression of
/// ``CountRegression`` with the outlier weights and the sums for the dispersion taken in the same pass, in buffers that
/// are used again for the next period.
struct BaselinePass: Sendable {
  /// Sums over the rows; weights are forgetting x outlier weight.
  struct Sums: Sendable {
    var weight = 0.0
    var squaredWeight = 0.0
    var mean = 0.0
    /// Sum of weight e² / (mu (1 + a mu)) and minus its derivative in a = 1 / size.
    var pearson = 0.0
    var pearsonSlope = 0.0
    /// Of residuals clipped at 2.5: forgetting-weighted squares and products at lags 1 to 3, and the weights of both.
    var square = 0.0
    var product = 0.0
    var clipped = 0.0
    var products = 0.0
  }

  private(set) var sums = Sums()
  /// Information with the priors (lower triangle) and gradient; then, after `solve`, the covariance.
  private(set) var information: [Double]
  /// Information with squared weights, without the priors.
  private(set) var squaredInformation: [Double]
  private(set) var gradient: [Double]
  private(set) var covariance: [Double]
  private(set) var residuals: [Double]
  let order: Int
  let stride: Int

  init(_ design: BaselineDesign) {
    order = design.columns
    stride = design.stride
    information = [Double](repeating: 0, count: stride * stride)
    squaredInformation = information
    covariance = information
    gradient = [Double](repeating: 0, count: stride)
    residuals = [Double](repeating: 0, count: design.counts.count)
  }

  /// Takes over the residuals of an earlier fit to fewer rows, 0 for the rest.
  mutating func resume(_ earlier: [Double]) {
    for i in residuals.indices { residuals[i] = i < earlier.count ? earlier[i] : 0 }
  }

  /// Adds up the first `rows` rows at these coefficients, the trend measured from the tested period.
  ///
  /// - Parameter robust: whether outliers get less weight.
  mutating func add(
    _ design: BaselineDesign, rows: Int, origin: Double, scale: Double, coefficients: [Double], inverseSize a: Double,
    robust: Bool
  ) {
    let p = order
    let stride = stride
    let blocks = stride / 2
    var beta = coefficients
    if design.terms.trend { beta[0] -= origin * beta[1] }
    beta += [Double](repeating: 0, count: stride - p)
    var sums = Sums()
    let size = a > 0 ? 1 / a : .infinity
    for k in information.indices {
      information[k] = 0
      squaredInformation[k] = 0
    }
    for k in gradient.indices { gradient[k] = 0 }
    design.elements.withUnsafeBufferPointer { x in
      design.counts.withUnsafeBufferPointer { counts in
        design.offsets.withUnsafeBufferPointer { offsets in
          design.growth.withUnsafeBufferPointer { growth in
            design.ordinals.withUnsafeBufferPointer { ordinals in
              residuals.withUnsafeMutableBufferPointer { residuals in
                information.withUnsafeMutableBufferPointer { info in
                  squaredInformation.withUnsafeMutableBufferPointer { squared in
                    gradient.withUnsafeMutableBufferPointer { gradient in
                      for i in 0..<rows {
                        let base = i * stride
                        var eta = offsets[i]
                        for j in 0..<p { eta += beta[j] * x[base + j] }
                        let mean = exponential(min(eta, 100))
                        let error = counts[i] - mean
                        let spread = 1 + a * mean
                        let pearson = error / (mean * spread).squareRoot()
                        let forgetting = growth[i] * scale
                        var weight = forgetting
                        let z = min(2.5, max(-2.5, pearson))
                        if robust {
                          if pearson > 2 || pearson < -1 {
                            weight *= outlierWeight(anscombeResidual(count: counts[i], mean: mean, size: size))
                          }
                          // Neighbours after this row are those of the pass before.
                          var run = z
                          var members = 1.0
                          if i >= 2 && i + 2 < rows {
                            run += residuals[i - 2] + residuals[i - 1] + residuals[i + 1] + residuals[i + 2]
                            members = 5
                          }
                          run /= members.squareRoot()
                          if abs(run) > 2 && members > 1 { weight *= outlierWeight(run) }
                        }
                        let working = weight / spread
                        let first = working * error
                        let second = working * mean
                        let third = second * weight
                        for j in 0..<p {
                          let value = x[base + j]
                          gradient[j] += first * value
                          let left = second * value
                          let right = third * value
                          for b in 0...(j / 2) {
                            let pair = SIMD2(x[base + 2 * b], x[base + 2 * b + 1])
                            let at = j * stride + 2 * b
                            let sum = SIMD2(info[at], info[at + 1]) + left * pair
                            info[at] = sum[0]
                            info[at + 1] = sum[1]
                            let other = SIMD2(squared[at], squared[at + 1]) + right * pair
                            squared[at] = other[0]
                            squared[at + 1] = other[1]
                          }
                        }
                        sums.weight += weight
                        sums.squaredWeight += weight * weight
                        sums.mean += weight * mean
                        let part = weight * pearson * pearson
                        sums.pearson += part
                        sums.pearsonSlope += part * mean / spread
                        residuals[i] = z
                        sums.square += weight * z * z
                        sums.clipped += weight
                        for lag in 1...3 where i >= lag && ordinals[i] - ordinals[i - lag] == lag {
                          sums.product += weight * z * residuals[i - lag]
                          sums.products += weight
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
    _ = blocks
    self.sums = sums
    if design.terms.trend {
      gradient[1] -= origin * gradient[0]
      shift(&information, by: origin)
      shift(&squaredInformation, by: origin)
    }
  }

  /// X'WX for the second column less `origin` times the first.
  private func shift(_ matrix: inout [Double], by origin: Double) {
    let s = stride
    matrix[s + 1] += -2 * origin * matrix[s] + origin * origin * matrix[0]
    matrix[s] -= origin * matrix[0]
    for j in 2..<max(2, order) { matrix[j * s + 1] -= origin * matrix[j * s] }
  }

  /// Adds the priors, inverts, and returns the scoring step and its squared length in standard errors; nil if the
  /// information is not positive definite.
  mutating func step(
    coefficients: [Double], priorMeans: [Double], priorPrecisions: [Double], level: Double
  ) -> (step: [Double], decrement: Double)? {
    let p = order
    let s = stride
    for j in 0..<p {
      information[j * s + j] += priorPrecisions[j]
      gradient[j] -= priorPrecisions[j] * (coefficients[j] - (j == 0 ? level : priorMeans[j]))
    }
    guard invert() else { return nil }
    var step = [Double](repeating: 0, count: p)
    var decrement = 0.0
    for j in 0..<p {
      var sum = 0.0
      for k in 0..<p { sum += covariance[j * s + k] * gradient[k] }
      step[j] = sum
      decrement += sum * gradient[j]
    }
    return decrement.isFinite ? (step, decrement) : nil
  }

  /// Cholesky factor, its inverse, and the inverse of the information: small orders, no calls.
  private mutating func invert() -> Bool {
    let p = order
    let s = stride
    var l = information
    for j in 0..<p {
      for k in 0..<j {
        var sum = l[j * s + k]
        for m in 0..<k { sum -= l[j * s + m] * l[k * s + m] }
        l[j * s + k] = sum / l[k * s + k]
      }
      var diagonal = l[j * s + j]
      for m in 0..<j { diagonal -= l[j * s + m] * l[j * s + m] }
      guard diagonal > 0, diagonal.isFinite else { return false }
      l[j * s + j] = diagonal.squareRoot()
    }
    // L inverse in place, row by row.
    for j in 0..<p {
      let inverse = 1 / l[j * s + j]
      for k in 0..<j {
        var sum = 0.0
        for m in k..<j { sum += l[j * s + m] * l[m * s + k] }
        l[j * s + k] = -sum * inverse
      }
      l[j * s + j] = inverse
    }
    for j in 0..<p {
      for k in 0...j {
        var sum = 0.0
        for m in j..<p { sum += l[m * s + j] * l[m * s + k] }
        covariance[j * s + k] = sum
        covariance[k * s + j] = sum
      }
    }
    return true
  }

  /// Sum of weight x leverage: the trace of covariance x squared information.
  var weightedLeverage: Double {
    var trace = 0.0
    for j in 0..<order {
      for k in 0..<j { trace += 2 * covariance[j * stride + k] * squaredInformation[j * stride + k] }
      trace += covariance[j * stride + j] * squaredInformation[j * stride + j]
    }
    return trace
  }

  /// r' C (squared information + priors) C r: the sampling variance of the linear form r.
  func samplingVariance(_ row: [Double], priorPrecisions: [Double]) -> Double {
    let p = order
    let s = stride
    var total = 0.0
    var v = [Double](repeating: 0, count: p)
    for j in 0..<p {
      var sum = 0.0
      for k in 0..<p { sum += covariance[j * s + k] * row[k] }
      v[j] = sum
    }
    for j in 0..<p {
      var sum = 0.5 * (squaredInformation[j * s + j] + priorPrecisions[j]) * v[j]
      for k in 0..<j { sum += squaredInformation[j * s + k] * v[k] }
      total += 2 * sum * v[j]
    }
    return total
  }
}

/// 1 up to an Anscombe residual of 2 either way, its inverse square from 3, and a straight line between.
func outlierWeight(_ residual: Double) -> Double {
  let size = abs(residual)
  if size <= 2 { return 1 }
  if size >= 3 { return 1 / (size * size) }
  return 1 - (size - 2) * (1 - 1.0 / 9)
}

/// E[w z²] / E[w] of those weights for a standard normal z: what down-weighting takes off the spread of clean data.
let outlierWeightConsistency = 0.898937
