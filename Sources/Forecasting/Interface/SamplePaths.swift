/// Joint draws of a series' future: what sums over several steps are made of (bounds must never be added).
public struct SamplePaths: Sendable {
  /// Steps ahead.
  public let horizon: Int
  /// Number of paths.
  public let count: Int
  /// Path-major: step `h` of path `i` is `values[i * horizon + h]`.
  public let values: [Double]

  /// Paths from path-major values, `count * horizon` of them.
  public init(horizon: Int, count: Int, values: [Double]) {
    precondition(values.count == horizon * count, "paths need horizon x count values")
    self.horizon = horizon
    self.count = count
    self.values = values
  }

  /// The first paths, at most so many.
  public func first(_ most: Int) -> SamplePaths {
    most >= count
      ? self : SamplePaths(horizon: horizon, count: max(0, most), values: Array(values.prefix(max(0, most) * horizon)))
  }

  /// One total per path over the steps for which `include` holds (all by default), in path order.
  public func totals(where include: (Int) -> Bool = { _ in true }) -> [Double] {
    let steps = (0..<horizon).filter(include)
    return (0..<count).map { path in steps.reduce(0) { $0 + values[path * horizon + $1] } }
  }

  /// One weighted total per path, a weight a step, in path order; steps of weight 0 are left out.
  public func weightedTotals(_ weights: [Double]) -> [Double] {
    precondition(weights.count == horizon, "a weight a step")
    let steps = weights.indices.filter { weights[$0] != 0 }
    return (0..<count).map { path in steps.reduce(0) { $0 + weights[$1] * values[path * horizon + $1] } }
  }
}
