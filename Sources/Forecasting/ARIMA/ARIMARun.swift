import NumericCore

/// A pass of an ARIMA model with known polynomials over its series: constant, missing values and variance by generalised least
/// squares, what was expected of each period, and what is expected of those to come.
struct ARIMARun {
  let series: DifferencedSeries
  /// Values without gaps, missing ones by their expectation given all others.
  let filled: [Double]
  /// Mean of the differences.
  let mean: Double
  /// Sum of squared innovations by their variance, in units of the errors' variance.
  let squares: Double
  /// Logarithm of the determinant of the likelihood.
  let determinant: Double
  /// One-step expectations from values before; NaN where differences do not reach.
  let expectations: [Double]
  private let filter: ARMAFilter
  /// The state after the last period without constant and missing values, and that of each missing value's column.
  private let state: [Double]
  private let missingStates: [[Double]]
  /// Covariance of the errors of the missing values, in units of the errors' variance.
  private let missingCovariance: [Double]

  /// - Parameters:
  ///   - bridged: the values that `series` has the differences of.
  ///   - coefficients: of the four polynomials, as ``ARIMAEstimator/coefficients(_:_:)`` has them.
  init(_ series: DifferencedSeries, _ bridged: [Double], _ coefficients: [Double]) {
    let (n, columns, missing) = (series.count, series.columns, series.missing.count)
    var filter = ARIMARun.filter(series.order.arma, coefficients)
    var states = [[Double]](repeating: [Double](repeating: 0, count: filter.gain.count), count: columns)
    var innovations = [Double](repeating: 0, count: n * columns)
    var variances = [Double](repeating: 1, count: n)
    var gram = [Double](repeating: 0, count: columns * columns)
    var determinant = 0.0
    for t in 0..<n {
      variances[t] = filter.variance
      determinant += logarithm(filter.variance)
      for j in 0..<columns where t >= series.first[j] {
        let d = series.rows[t * columns + j] - states[j][0]
        innovations[t * columns + j] = d
        filter.move(&states[j], by: d)
        for k in 0...j { gram[j * columns + k] += d * innovations[t * columns + k] / filter.variance }
      }
      filter.advance()
    }
    // Regression on the columns before the last.
    let regressors = columns - 1
    var inverse = [Double](repeating: 0, count: regressors * regressors)
    for i in 0..<regressors {
      for j in 0...i {
        inverse[i * regressors + j] = gram[i * columns + j]
        inverse[j * regressors + i] = gram[i * columns + j]
      }
    }
    var covariance = [Double](repeating: 0, count: missing * missing)
    for i in 0..<missing {
      for j in 0..<missing { covariance[i * missing + j] = inverse[i * regressors + j] }
    }
    ARIMARun.invert(&inverse, regressors)
    let logPivots = ARIMARun.invert(&covariance, missing)
    let slopes = (0..<regressors).map { i in
      (0..<regressors).reduce(0) { $0 + inverse[i * regressors + $1] * gram[regressors * columns + $1] }
    }
    squares = (0..<regressors).reduce(gram[columns * columns - 1]) {
      $0 - slopes[$1] * gram[regressors * columns + $1]
    }
    self.determinant = determinant + logPivots
    let constant = series.order.hasConstant ? slopes[regressors - 1] : 0
    mean = series.centre + constant
    var filled = bridged
    for (j, place) in series.missing.enumerated() { filled[place] -= slopes[j] }
    var state = states[columns - 1]
    for j in 0..<regressors { for i in state.indices { state[i] -= slopes[j] * states[j][i] } }
    self.series = series
    self.filled = filled
    self.filter = filter
    self.state = state
    missingStates = Array(states[..<missing])
    missingCovariance = covariance
    // Without the constant, which is taken for known.
    if series.order.hasConstant {
      for t in 0..<n { innovations[t * columns + columns - 1] -= constant * innovations[t * columns + columns - 2] }
    }
    expectations = ARIMARun.expectations(series, bridged, innovations, variances)
  }

  /// The filter of the products of the polynomials.
  static func filter(_ order: ARMAOrder, _ c: [Double]) -> ARMAFilter {
    var ar = [Double](repeating: 0, count: order.arDegree)
    var ma = [Double](repeating: 0, count: order.maDegree)
    c.withUnsafeBufferPointer { c in
      ar.withUnsafeMutableBufferPointer { ar in
        ma.withUnsafeMutableBufferPointer { ma in
          guard let c = c.baseAddress else { return }
          let seasonal = c + order.ar + order.ma
          if let ar = ar.baseAddress {
            LagPolynomial.multiply(
              c, order.ar, seasonal, order.seasonalAR, lag: order.season, isMA: false, into: ar, stride: 1)
          }
          if let ma = ma.baseAddress {
            LagPolynomial.multiply(
              c + order.ar, order.ma, seasonal + order.seasonalAR, order.seasonalMA, lag: order.season, isMA: true,
              into: ma, stride: 1)
          }
        }
      }
    }
    return ARMAFilter(ar: ar, ma: ma)
  }

  /// Inverts a positive definite matrix in place.
  ///
  /// - Returns: the logarithm of its determinant.
  @discardableResult
  private static func invert(_ a: inout [Double], _ order: Int) -> Double {
    guard order > 0 else { return 0 }
    var logarithms = 0.0
    var work = a
    for k in 0..<order {
      let pivot = work[k * order + k]
      logarithms += logarithm(max(pivot, 1e-300))
      for i in k + 1..<max(k + 1, order) {
        let factor = work[i * order + k] / pivot
        for j in k..<order { work[i * order + j] -= factor * work[k * order + j] }
      }
    }
    a.withUnsafeMutableBufferPointer { a in
      if let base = a.baseAddress { _ = invertInPlace(base, order: order) }
    }
    return logarithms
  }

  /// Expectations from the values before: the coefficients of missing values are those that are known by then (recursive
  /// least squares), so that nothing after a gap is used within it.
  private static func expectations(
    _ series: DifferencedSeries, _ bridged: [Double], _ innovations: [Double], _ variances: [Double]
  ) -> [Double] {
    let (columns, k) = (series.columns, series.missing.count)
    let lost = bridged.count - series.count
    var result = [Double](repeating: .nan, count: bridged.count)
    var slopes = [Double](repeating: 0, count: k)
    var covariance = [Double](repeating: 0, count: k * k)
    // Before the first difference nothing is known of a missing value.
    for (j, place) in series.missing.enumerated() where place < lost { covariance[j * k + j] = 1e7 }
    var known = series.missing.count { $0 < lost }
    var moved = slopes
    for t in 0..<series.count {
      let x = t * columns
      var error = innovations[x + columns - 1]
      var variance = variances[t]
      for i in 0..<known {
        error -= innovations[x + i] * slopes[i]
        moved[i] = (0..<known).reduce(0) { $0 + covariance[i * k + $1] * innovations[x + $1] }
        variance += moved[i] * innovations[x + i]
      }
      result[lost + t] = bridged[lost + t] - error
      if known < k, series.missing[known] == lost + t {
        slopes[known] = error
        covariance[known * k + known] = variance
        for i in 0..<known {
          covariance[i * k + known] = -moved[i]
          covariance[known * k + i] = -moved[i]
        }
        known += 1
      } else {
        for i in 0..<known {
          let gain = moved[i] / variance
          slopes[i] += gain * error
          for j in 0..<known { covariance[i * k + j] -= gain * moved[j] }
        }
      }
    }
    return result
  }
}

extension ARIMARun {
  /// The errors made up to `steps` steps ahead within the history: a value is missed by the innovations since, weighted by what
  /// each moves in it.
  func stepErrors(_ steps: Int) -> StepErrors {
    let n = filled.count
    let first = max(StepErrors.firstOrigin(n), n - series.count)
    let most = min(steps, max(0, n - first))
    var result = StepErrors(steps: most)
    guard most > 0 else { return result }
    var state = [Double](repeating: 0, count: filter.gain.count)
    filter.move(&state, by: 1)
    let delta = series.order.differencing
    let weights = ARIMARun.integrate(
      [1] + ARIMARun.course(filter, state, most - 1), after: [Double](repeating: 0, count: delta.count - 1), delta)
    var isMissing = [Bool](repeating: false, count: n)
    for t in series.missing { isMissing[t] = true }
    let innovations = (0..<n).map { t in
      isMissing[t] || expectations[t].isNaN ? 0 : filled[t] - expectations[t]
    }
    var errors = [Double](repeating: 0, count: n)
    for h in 0..<most {
      var squares = 0.0
      var count = 0
      for t in first + h..<n {
        errors[t] += weights[h] * innovations[t - h]
        guard !isMissing[t] else { continue }
        squares += errors[t] * errors[t]
        count += 1
      }
      result.add(step: h, squares: squares, count: count)
    }
    return result
  }

  /// Means of the next `steps` periods, and the covariance of their errors, row by row, in units of the errors' variance.
  func ahead(_ steps: Int) -> (mean: [Double], covariance: [Double]) {
    guard steps > 0 else { return ([], []) }
    let delta = series.order.differencing
    let lost = delta.count - 1
    let differences = ARIMARun.course(filter, state, steps).map { $0 + mean }
    let means = ARIMARun.integrate(differences, after: Array(filled.suffix(lost)), delta)
    var covariance = [Double](repeating: 0, count: steps * steps)
    var filter = filter
    for j in 0..<steps {
      // What an innovation of 1 in this step moves in it and the steps after it.
      var state = [Double](repeating: 0, count: filter.gain.count)
      filter.move(&state, by: 1)
      let response = ARIMARun.integrate(
        [1] + ARIMARun.course(filter, state, steps - j - 1), after: [Double](repeating: 0, count: lost), delta)
      ARIMARun.add(filter.variance, response, response, from: j, to: &covariance, steps)
      filter.advance()
    }
    let k = series.missing.count
    guard k > 0 else { return (means, covariance) }
    // What an error of 1 in a missing value moves.
    let first = filled.count - lost
    let responses = zip(series.missing, missingStates).map { place, state in
      var last = [Double](repeating: 0, count: lost)
      if place >= first { last[place - first] = 1 }
      return ARIMARun.integrate(ARIMARun.course(self.filter, state, steps), after: last, delta)
    }
    for i in 0..<k {
      for j in 0..<k {
        ARIMARun.add(missingCovariance[i * k + j], responses[i], responses[j], from: 0, to: &covariance, steps)
      }
    }
    return (means, covariance)
  }

  /// What a state expects of the next periods.
  private static func course(_ filter: ARMAFilter, _ state: [Double], _ steps: Int) -> [Double] {
    var state = state
    return (0..<steps).map { _ in
      let value = state[0]
      filter.move(&state, by: 0)
      return value
    }
  }

  /// The values whose differences these are, after the values `last`.
  private static func integrate(_ differences: [Double], after last: [Double], _ delta: [Double]) -> [Double] {
    var values = last
    let terms = delta.enumerated().dropFirst().filter { $0.element != 0 }
    for difference in differences {
      values.append(terms.reduce(difference) { $0 - $1.element * values[values.count - $1.offset] })
    }
    return Array(values.dropFirst(last.count))
  }

  private static func add(
    _ weight: Double, _ a: [Double], _ b: [Double], from first: Int, to matrix: inout [Double], _ order: Int
  ) {
    for i in a.indices {
      for j in b.indices { matrix[(first + i) * order + first + j] += weight * a[i] * b[j] }
    }
  }
}
