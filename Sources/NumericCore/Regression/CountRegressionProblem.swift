/// The checked data of a count regression, and its solution by penalised Fisher scoring for a given size.
struct CountRegressionProblem: Sendable {
  /// A solution for one size.
  struct State: Sendable {
    var coefficients: [Double]
    var fitted: [Double]
    /// Penalised log-likelihood up to terms that do not depend on the coefficients.
    var objective: Double
    var iterations: Int
  }

  let design: Matrix
  let counts: [Double]
  let offset: [Double]
  let weights: [Double]
  let priorMeans: [Double]
  let priorPrecisions: [Double]

  var rows: Int { design.rows }
  var order: Int { design.columns }

  init(
    design: Matrix, counts: [Double], offset: [Double], weights: [Double], priors: [CountRegression.Prior]
  ) throws(CountRegressionError) {
    let rows = design.rows
    guard counts.count == rows else { throw .shape("\(rows) rows and \(counts.count) counts do not match") }
    guard offset.isEmpty || offset.count == rows else { throw .shape("one offset a row is needed") }
    guard weights.isEmpty || weights.count == rows else { throw .shape("one weight a row is needed") }
    guard priors.isEmpty || priors.count == design.columns else { throw .shape("one prior a coefficient is needed") }
    guard design.elements.allSatisfy(\.isFinite), offset.allSatisfy(\.isFinite) else { throw .notFinite }
    guard counts.allSatisfy({ $0 >= 0 && $0.isFinite }) else { throw .invalidCount }
    guard weights.allSatisfy({ $0 >= 0 && $0.isFinite }) else { throw .invalidWeight }
    guard priors.allSatisfy({ $0.precision >= 0 && $0.precision.isFinite && $0.mean.isFinite }) else {
      throw .invalidPrior
    }
    self.design = design
    self.counts = counts
    self.offset = offset.isEmpty ? [Double](repeating: 0, count: rows) : offset
    self.weights = weights.isEmpty ? [Double](repeating: 1, count: rows) : weights
    priorMeans = priors.isEmpty ? [Double](repeating: 0, count: design.columns) : priors.map(\.mean)
    priorPrecisions = priors.isEmpty ? [Double](repeating: 0, count: design.columns) : priors.map(\.precision)
  }

  /// Maximises the penalised likelihood for a fixed size, halving steps that would lower it.
  func solve(size: Double, start: [Double], tolerance: Double, cap: Int) throws(CountRegressionError) -> State {
    let inverseSize = size.isFinite ? 1 / size : 0
    var current = State(
      coefficients: try start.isEmpty ? startingCoefficients(inverseSize) : start,
      fitted: [Double](repeating: 0, count: rows), objective: 0, iterations: 0)
    evaluate(&current, inverseSize)
    guard current.objective.isFinite else { throw .notConverged(iterations: 0) }
    var information = [Double](repeating: 0, count: order * order)
    var gradient = [Double](repeating: 0, count: order)
    var working = [Double](repeating: 0, count: rows)
    var trial = current
    while current.iterations < cap {
      current.iterations += 1
      for i in 0..<rows {
        working[i] = weights[i] * (counts[i] - current.fitted[i]) / (1 + current.fitted[i] * inverseSize)
      }
      for j in 0..<order {
        gradient[j] = columnDot(j, working) - priorPrecisions[j] * (current.coefficients[j] - priorMeans[j])
      }
      fillInformation(&information, fitted: current.fitted, inverseSize)
      let step = try solvePositive(&information, gradient)
      var decrement = 0.0
      for j in 0..<order { decrement += gradient[j] * step[j] }
      guard decrement.isFinite else { throw .notConverged(iterations: current.iterations) }
      // A step of no length, or one lost in the rounding of the objective, ends the search.
      let negligible = 1e-13 * (abs(current.objective) + 1)
      var scale = 1.0
      var accepted = false
      for _ in 0..<30 {
        for j in 0..<order { trial.coefficients[j] = current.coefficients[j] + scale * step[j] }
        evaluate(&trial, inverseSize)
        if trial.objective >= current.objective - negligible {
          accepted = true
          break
        }
        scale /= 2
      }
      guard accepted else { throw .notConverged(iterations: current.iterations) }
      trial.iterations = current.iterations
      swap(&current, &trial)
      if decrement <= tolerance { return current }
    }
    throw .notConverged(iterations: current.iterations)
  }

  /// The diagonal of the weighted hat matrix: each row's share in its own fitted value.
  func leverages(_ state: State, size: Double) throws(CountRegressionError) -> [Double] {
    leverages(fitted: state.fitted, size: size, covariance: try covariance(fitted: state.fitted, size: size))
  }

  func leverages(fitted: [Double], size: Double, covariance: Matrix) -> [Double] {
    let inverseSize = size.isFinite ? 1 / size : 0
    let n = rows
    let p = order
    var leverages = [Double](repeating: 0, count: n)
    design.elements.withUnsafeBufferPointer { x in
      covariance.elements.withUnsafeBufferPointer { c in
        for i in 0..<n {
          var form = 0.0
          for j in 0..<p {
            var inner = 0.5 * c[j + j * p] * x[i + j * n]
            for k in 0..<j { inner += c[k + j * p] * x[i + k * n] }
            form += 2 * inner * x[i + j * n]
          }
          leverages[i] = form * weights[i] * fitted[i] / (1 + fitted[i] * inverseSize)
        }
      }
    }
    return leverages
  }

  /// Inverse of the penalised Fisher information.
  func covariance(fitted: [Double], size: Double) throws(CountRegressionError) -> Matrix {
    var information = [Double](repeating: 0, count: order * order)
    fillInformation(&information, fitted: fitted, size.isFinite ? 1 / size : 0)
    do throws(LinearAlgebraError) {
      return try Cholesky(Matrix(rows: order, columns: order, elements: information)).inverse()
    } catch {
      throw .singular(error)
    }
  }

  /// One weighted least-squares step from fitted values just off the counts, as R's `glm` starts.
  private func startingCoefficients(_ inverseSize: Double) throws(CountRegressionError) -> [Double] {
    var fitted = [Double](repeating: 0, count: rows)
    var working = [Double](repeating: 0, count: rows)
    for i in 0..<rows {
      fitted[i] = counts[i] + 0.5
      working[i] =
        weights[i] * fitted[i] / (1 + fitted[i] * inverseSize) * (logarithm(fitted[i]) - offset[i] - 0.5 / fitted[i])
    }
    var information = [Double](repeating: 0, count: order * order)
    fillInformation(&information, fitted: fitted, inverseSize)
    let right = (0..<order).map { columnDot($0, working) + priorPrecisions[$0] * priorMeans[$0] }
    return try solvePositive(&information, right)
  }

  private func evaluate(_ state: inout State, _ inverseSize: Double) {
    let n = rows
    var objective = 0.0
    design.elements.withUnsafeBufferPointer { x in
      state.fitted.withUnsafeMutableBufferPointer { fitted in
        for i in 0..<n { fitted[i] = offset[i] }
        for j in 0..<order {
          let coefficient = state.coefficients[j]
          for i in 0..<n { fitted[i] += x[i + j * n] * coefficient }
        }
        for i in 0..<n {
          let eta = fitted[i]
          let mean = exponential(eta)
          fitted[i] = mean
          let loss =
            inverseSize > 0
            ? (counts[i] + 1 / inverseSize) * logarithm1p(mean * inverseSize) : mean
          objective += weights[i] * (counts[i] * eta - loss)
        }
      }
    }
    for j in 0..<order {
      let deviation = state.coefficients[j] - priorMeans[j]
      objective -= 0.5 * priorPrecisions[j] * deviation * deviation
    }
    state.objective = objective
  }

  /// The lower triangle of X' W X + P, W = w mean / (1 + mean / size), with the prior weights w.
  private func fillInformation(_ information: inout [Double], fitted: [Double], _ inverseSize: Double) {
    let n = rows
    let p = order
    var product = [Double](repeating: 0, count: 2 * n)
    product.withUnsafeMutableBufferPointer { buffer in
      let working = UnsafeMutableBufferPointer(rebasing: buffer[..<n])
      let scaled = UnsafeMutableBufferPointer(rebasing: buffer[n...])
      for i in 0..<n { working[i] = weights[i] * fitted[i] / (1 + fitted[i] * inverseSize) }
      design.elements.withUnsafeBufferPointer { x in
        for j in 0..<p {
          for i in 0..<n { scaled[i] = working[i] * x[i + j * n] }
          for k in j..<p {
            information[k + j * p] = dotProduct(
              UnsafeBufferPointer(scaled), UnsafeBufferPointer(rebasing: x[(k * n)..<((k + 1) * n)]))
          }
          information[j + j * p] += priorPrecisions[j]
        }
      }
    }
  }

  private func columnDot(_ j: Int, _ vector: [Double]) -> Double {
    design.elements.withUnsafeBufferPointer { x in
      vector.withUnsafeBufferPointer { dotProduct($0, UnsafeBufferPointer(rebasing: x[(j * rows)..<((j + 1) * rows)])) }
    }
  }

  /// Solves with a symmetric positive definite matrix, which is overwritten by its factor.
  private func solvePositive(
    _ matrix: inout [Double], _ right: [Double]
  ) throws(CountRegressionError) -> [Double] {
    guard matrix.allSatisfy(\.isFinite) else { throw .singular(.notFinite) }
    var solution = right
    let p = order
    let info = matrix.withUnsafeMutableBufferPointer { choleskyInPlace($0, order: p) }
    guard info == 0 else { throw .singular(.notPositiveDefinite(order: info)) }
    let solved = matrix.withUnsafeBufferPointer { a in
      solution.withUnsafeMutableBufferPointer { b in choleskySolve(a, order: p, right: b, columns: 1) }
    }
    guard solved == 0 else { throw .singular(.illegalArgument(routine: "dpotrs", position: -solved)) }
    return solution
  }
}

/// The inner product of two vectors of equal length, in four interleaved sums.
private func dotProduct(_ a: UnsafeBufferPointer<Double>, _ b: UnsafeBufferPointer<Double>) -> Double {
  var sums = SIMD4<Double>.zero
  let count = a.count
  var i = 0
  while i + 4 <= count {
    let left = SIMD4<Double>(a[i], a[i + 1], a[i + 2], a[i + 3])
    let right = SIMD4<Double>(b[i], b[i + 1], b[i + 2], b[i + 3])
    sums += left * right
    i += 4
  }
  var total = (sums[0] + sums[1]) + (sums[2] + sums[3])
  while i < count {
    total += a[i] * b[i]
    i += 1
  }
  return total
}
