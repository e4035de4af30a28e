extension ThetaModel {
  /// The errors made up to `steps` steps ahead within the history.
  func stepErrors(_ steps: Int) -> StepErrors {
    let values = history.values
    let n = values.count
    let first = StepErrors.firstOrigin(n)
    let most = min(steps, max(0, n - first))
    var result = StepErrors(steps: most)
    guard most > 0 else { return result }
    let coefficients = dynamics.coefficients(from: first, count: n - first)
    var states = (first..<n).map { state(after: $0) }
    states.withUnsafeMutableBufferPointer { states in
      coefficients.withUnsafeBufferPointer { coefficients in
        values.withUnsafeBufferPointer { values in
          for h in 0..<most {
            var squares = 0.0
            var count = 0
            for i in 0..<n - first - h {
              let c = coefficients[i + h]
              let mu = dynamics.expectation(states[i], c)
              dynamics.advance(&states[i], c, by: mu)
              let y = values[first + i + h]
              if y.isNaN { continue }
              squares += (y - mu) * (y - mu)
              count += 1
            }
            result.add(step: h, squares: squares, count: count)
          }
        }
      }
    }
    return result
  }
}
