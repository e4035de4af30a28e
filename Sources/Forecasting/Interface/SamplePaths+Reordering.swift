import NumericCore

extension SamplePaths {
  /// The paths with the values of each step replaced, rank for rank, by quantiles: steps hang together as before and each
  /// has the distribution wanted (Clark, Gangopadhyay, Hay, Rajagopalan & Wilby 2004, Journal of Hydrometeorology 5, 243-262).
  ///
  /// - Parameters:
  ///   - random: draws the order of equal values, or they would be in the same order at every step.
  ///   - quantile: the value at a step whose probability is that of a standard normal deviate.
  func reordered(_ random: inout RandomSource, quantile: (_ step: Int, _ deviate: Double) -> Double) -> SamplePaths {
    var values = values
    let deviates = (0..<count).map { Normal.quantile((Double($0) + 0.5) / Double(count)) }
    var column = deviates
    for h in 0..<horizon {
      for path in 0..<count { column[path] = values[path * horizon + h] }
      let lots = (0..<count).map { _ in random.uniform() }
      let order = orderByLot(column, lots: lots)
      values.withUnsafeMutableBufferPointer { values in
        for (rank, path) in order.enumerated() { values[path * horizon + h] = quantile(h, deviates[rank]) }
      }
    }
    return SamplePaths(horizon: horizon, count: count, values: values)
  }
}
