extension ThetaModel {
  /// Origins before this share of the history are not used: the line has seen too little there.
  private static let settled = 0.25
  /// Most origins used, the latest ones.
  private static let mostOrigins = 500
  /// Fewest errors that tell of a step.
  private static let leastErrors = 10

  /// The variance of each step ahead: the model's own, or the mean square of the errors actually made that many steps
  /// ahead within the history if it is larger, and never less than that of the step before.
  ///
  /// The model's own variance rests on its being true; the errors made (at the final parameters, by the same degrees
  /// of freedom) also hold what it leaves out, above all levels that wander further than one-step errors tell. Steps
  /// for which fewer than 10 errors can be had keep the last ratio between the two.
  func stepVariances(_ own: [Double]) -> [Double] {
    let made = errorsMade(steps: own.count)
    var result = own
    var ratio = 1.0
    for h in result.indices {
      if h < made.count, own[h] > 0 { ratio = max(1, made[h] / own[h]) }
      result[h] = max(own[h] * ratio, h > 0 ? result[h - 1] : 0)
    }
    return result
  }

  /// Mean squares of the errors 1, 2, ... steps after the origins, by the degrees of freedom of ``sigma2``.
  private func errorsMade(steps: Int) -> [Double] {
    let values = history.values
    let n = values.count
    let first = max(ThetaHistory.warmUp, Int(Double(n) * ThetaModel.settled), n - ThetaModel.mostOrigins)
    guard n - first >= ThetaModel.leastErrors else { return [] }
    let coefficients = dynamics.coefficients(from: first, count: n - first)
    let observed = Double(values.reduce(0) { $0 + ($1.isNaN ? 0 : 1) })
    let spent = Double(3 + max(0, season.figures.count - 1))
    let correction = observed / max(1, observed - spent)
    var states = (first..<n).map { state(after: $0) }
    var result: [Double] = []
    result.reserveCapacity(steps)
    for h in 0..<min(steps, n - first) {
      var squares = 0.0
      var count = 0
      states.withUnsafeMutableBufferPointer { states in
        coefficients.withUnsafeBufferPointer { coefficients in
          values.withUnsafeBufferPointer { values in
            for i in 0..<n - first - h {
              let c = coefficients[i + h]
              let mu = dynamics.expectation(states[i], c)
              dynamics.advance(&states[i], c, by: mu)
              let y = values[first + i + h]
              if !y.isNaN {
                squares += (y - mu) * (y - mu)
                count += 1
              }
            }
          }
        }
      }
      guard count >= ThetaModel.leastErrors else { break }
      result.append(squares / Double(count) * correction)
    }
    return result
  }
}
