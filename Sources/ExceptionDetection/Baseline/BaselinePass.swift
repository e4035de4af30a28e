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
  }

  private(set) var sums = Sums()
  /// Information (lower triangle), with the priors once ``step(coefficients:priorMeans:priorPrecisions:level:)`` was taken.
  private(set) var information: [Double]
  /// Information with squared weights, without the priors.
  private(set) var squaredInformation: [Double]
  private(set) var gradient: [Double]
  /// Inverse of the information with the priors, both triangles.
  private(set) var covariance: [Double]
  /// Pearson residuals held within 2.5.
  private(set) var residuals: [Double]
  /// The lower triangles of both informations, one after the other, as the rows are added up.
  private var packed: [Double]
  let order: Int

  init(_ design: BaselineDesign) {
    order = design.columns
    packed = [Double](repeating: 0, count: 2 * design.pairs)
    information = [Double](repeating: 0, count: order * order)
    squaredInformation = information
    covariance = information
    gradient = [Double](repeating: 0, count: order)
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
    var beta = coefficients
    if design.terms.trend { beta[0] -= origin * beta[1] }
    var sums = Sums()
    let size = a > 0 ? 1 / a : .infinity
    let pairs = design.pairs
    for k in 0..<(2 * pairs) { packed[k] = 0 }
    for k in 0..<p { gradient[k] = 0 }
    // Pointers, because these loops are where detection spends its time; every index is below `rows`, at most the
    // number of rows of the design, times the width of the array at hand.
    design.elements.withUnsafeBufferPointer { x in
      design.products.withUnsafeBufferPointer { products in
        design.counts.withUnsafeBufferPointer { counts in
          beta.withUnsafeBufferPointer { beta in
            residuals.withUnsafeMutableBufferPointer { residuals in
              packed.withUnsafeMutableBufferPointer { packed in
                gradient.withUnsafeMutableBufferPointer { gradient in
                  for i in 0..<rows {
                    let row = i * p
                    var eta = design.offsets[i]
                    for j in 0..<p { eta += beta[j] * x[row + j] }
                    eta = min(eta, 100)
                    let mean = exponential(eta)
                    let error = counts[i] - mean
                    let spread = 1 + a * mean
                    let pearson = error / (mean * spread).squareRoot()
                    let z = min(2.5, max(-2.5, pearson))
                    var weight = design.growth[i] * scale
                    if robust {
                      if pearson > 2 || pearson < -1 {
                        weight *= outlierWeight(anscombeResidual(count: counts[i], mean: mean, size: size))
                      }
                      // Neighbours after this row are those of the pass before.
                      if i >= 2 && i + 2 < rows {
                        let run =
                          (residuals[i - 2] + residuals[i - 1] + z + residuals[i + 1] + residuals[i + 2])
                          * runScale
                        if abs(run) > 2 { weight *= outlierWeight(run) }
                      }
                    }
                    residuals[i] = z
                    let working = weight / spread
                    let first = working * error
                    for j in 0..<p { gradient[j] += first * x[row + j] }
                    let second = working * mean
                    let third = second * weight
                    let product = products.baseAddress.unsafelyUnwrapped + i * pairs
                    let into = packed.baseAddress.unsafelyUnwrapped
                    for k in 0..<pairs {
                      into[k] += second * product[k]
                      into[pairs + k] += third * product[k]
                    }
                    sums.weight += weight
                    sums.squaredWeight += weight * weight
                    sums.mean += weight * mean
                    let part = weight * pearson * pearson
                    sums.pearson += part
                    sums.pearsonSlope += part * mean / spread
                  }
                }
              }
            }
          }
        }
      }
    }
    self.sums = sums
    var k = 0
    for j in 0..<p {
      for l in 0...j {
        information[j * p + l] = packed[k]
        squaredInformation[j * p + l] = packed[pairs + k]
        k += 1
      }
    }
    if design.terms.trend {
      gradient[1] -= origin * gradient[0]
      shift(&information, by: origin)
      shift(&squaredInformation, by: origin)
    }
  }

  /// The mean correlation of residuals one to three periods apart, drawn to 0 by as much as its sampling error warrants
  /// (positive-part James-Stein), never negative: what a drifting level adds to the variance of sums over neighbours.
  func sharedCorrelation(_ design: BaselineDesign, rows: Int, scale: Double) -> Double {
    var square = 0.0
    var weight = 0.0
    var product = 0.0
    var weights = 0.0
    residuals.withUnsafeBufferPointer { residuals in
      for i in 0..<rows {
        let z = residuals[i]
        let forgetting = design.growth[i] * scale
        square += forgetting * z * z
        weight += forgetting
        if i >= 3 && design.ordinals[i] - design.ordinals[i - 3] == 3 {
          product += forgetting * z * (residuals[i - 1] + residuals[i - 2] + residuals[i - 3])
          weights += 3 * forgetting
        }
      }
    }
    guard square > 0, weights > 0, sums.squaredWeight > 0 else { return 0 }
    let mean = (product / weights) / (square / weight)
    guard mean > 0 else { return 0 }
    let error = sums.squaredWeight / (3 * sums.weight * sums.weight)
    return min(0.9, mean * max(0, 1 - error / (mean * mean)))
  }

  /// X'WX for the second column less `origin` times the first.
  private func shift(_ matrix: inout [Double], by origin: Double) {
    let s = order
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
    let s = order
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
    let s = order
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
      for k in 0..<j { trace += 2 * covariance[j * order + k] * squaredInformation[j * order + k] }
      trace += covariance[j * order + j] * squaredInformation[j * order + j]
    }
    return trace
  }

  /// r' C (squared information + priors) C r: the sampling variance of the linear form r.
  func samplingVariance(_ row: [Double], priorPrecisions: [Double]) -> Double {
    let p = order
    let s = order
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

private let runScale = 0.2.squareRoot()

/// 1 up to an Anscombe residual of 2 either way, its inverse square from 3, and a straight line between.
func outlierWeight(_ residual: Double) -> Double {
  let size = abs(residual)
  if size <= 2 { return 1 }
  if size >= 3 { return 1 / (size * size) }
  return 1 - (size - 2) * (1 - 1.0 / 9)
}

/// E[w z²] / E[w] of those weights, of single periods and of runs of five, for independent standard normal z: what
/// down-weighting takes off the spread of clean data (four million draws).
let outlierWeightConsistency = 0.898937
