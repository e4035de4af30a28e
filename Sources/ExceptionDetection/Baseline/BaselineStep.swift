/// One scoring step of a penalised regression from its sums, and the covariance it takes with it. Small orders, no calls,
/// buffers that are used again.
struct BaselineStep: Sendable {
  let order: Int
  /// Inverse of the information with the priors, both triangles.
  private(set) var covariance: [Double]
  private(set) var step: [Double]
  /// The step's squared length in standard errors.
  private(set) var decrement = 0.0
  private var factor: [Double]
  private var score: [Double]
  /// What the weights were multiplied by.
  private var scale = 1.0

  init(order: Int) {
    self.order = order
    covariance = [Double](repeating: 0, count: order * order)
    factor = covariance
    step = [Double](repeating: 0, count: order)
    score = step
  }

  /// Finds the step from `coefficients`; false if the information is not positive definite.
  ///
  /// - Parameter scale: what the sums' weights are multiplied by.
  mutating func solve(
    _ sums: BaselineSums, scale: Double, coefficients: [Double], priorMeans: [Double], priorPrecisions: [Double],
    level: Double
  ) -> Bool {
    let p = order
    self.scale = scale
    var pair = 0
    for j in 0..<p {
      for k in 0...j {
        factor[j * p + k] = scale * sums.information[pair]
        pair += 1
      }
      factor[j * p + j] += priorPrecisions[j]
      score[j] =
        scale * sums.gradient[j] - priorPrecisions[j] * (coefficients[j] - (j == 0 ? level : priorMeans[j]))
    }
    guard invert() else { return false }
    decrement = 0
    for j in 0..<p {
      var sum = 0.0
      for k in 0..<p { sum += covariance[j * p + k] * score[k] }
      step[j] = sum
      decrement += sum * score[j]
    }
    return decrement.isFinite
  }

  /// Cholesky factor, its inverse, and the inverse of the information.
  private mutating func invert() -> Bool {
    let p = order
    return factor.withUnsafeMutableBufferPointer { l in
      covariance.withUnsafeMutableBufferPointer { covariance in
        for j in 0..<p {
          for k in 0..<j {
            var sum = l[j * p + k]
            for m in 0..<k { sum -= l[j * p + m] * l[k * p + m] }
            l[j * p + k] = sum / l[k * p + k]
          }
          var diagonal = l[j * p + j]
          for m in 0..<j { diagonal -= l[j * p + m] * l[j * p + m] }
          guard diagonal > 0, diagonal.isFinite else { return false }
          l[j * p + j] = diagonal.squareRoot()
        }
        // L inverse in place, row by row.
        for j in 0..<p {
          let inverse = 1 / l[j * p + j]
          for k in 0..<j {
            var sum = 0.0
            for m in k..<j { sum += l[j * p + m] * l[m * p + k] }
            l[j * p + k] = -sum * inverse
          }
          l[j * p + j] = inverse
        }
        for j in 0..<p {
          for k in 0...j {
            var sum = 0.0
            for m in j..<p { sum += l[m * p + j] * l[m * p + k] }
            covariance[j * p + k] = sum
            covariance[k * p + j] = sum
          }
        }
        return true
      }
    }
  }

  /// Sum of weight x leverage: the trace of covariance x squared information.
  func weightedLeverage(_ sums: BaselineSums) -> Double {
    var trace = 0.0
    var pair = 0
    for j in 0..<order {
      for k in 0..<j {
        trace += 2 * covariance[j * order + k] * sums.squaredInformation[pair]
        pair += 1
      }
      trace += covariance[j * order + j] * sums.squaredInformation[pair]
      pair += 1
    }
    return scale * scale * trace
  }

  /// C (squared information + priors) C x of the row `index` of rows x, each as long as the order: what gives the sampling covariance
  /// of linear forms.
  func spread(
    of index: Int, _ x: UnsafePointer<Double>, _ sums: BaselineSums, priorPrecisions: [Double],
    into spread: UnsafeMutablePointer<Double>
  ) {
    let p = order
    let base = index * p
    var v = InlineArray<32, Double>(repeating: 0)
    var w = InlineArray<32, Double>(repeating: 0)
    guard p <= 32 else { return }
    for j in 0..<p {
      var sum = 0.0
      for k in 0..<p { sum += covariance[j * p + k] * x[base + k] }
      v[j] = sum
    }
    var pair = 0
    for j in 0..<p {
      w[j] += priorPrecisions[j] * v[j]
      for k in 0..<j {
        let square = scale * scale * sums.squaredInformation[pair]
        w[j] += square * v[k]
        w[k] += square * v[j]
        pair += 1
      }
      w[j] += scale * scale * sums.squaredInformation[pair] * v[j]
      pair += 1
    }
    for j in 0..<p {
      var sum = 0.0
      for k in 0..<p { sum += covariance[j * p + k] * w[k] }
      spread[base + j] = sum
    }
  }
}
