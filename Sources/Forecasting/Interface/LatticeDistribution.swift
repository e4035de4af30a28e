/// A predictive distribution on equally spaced values: counts, or shares of a whole.
public struct LatticeDistribution: Sendable {
  /// Distance of neighbouring values: 1 for counts, 1 / n for shares of n.
  public let unit: Double
  /// The smallest value with a probability, in units.
  public let first: Int
  /// Probabilities of `first`, `first + 1`, ... units; they sum to 1 but for what is negligible.
  public let probabilities: [Double]

  /// A distribution with at least one value.
  public init(unit: Double = 1, first: Int = 0, probabilities: [Double]) {
    precondition(unit > 0 && !probabilities.isEmpty, "a distribution has a value")
    self.unit = unit
    self.first = first
    self.probabilities = probabilities
  }

  /// Position of a value among ``probabilities``, whole where it is one of the lattice's.
  private func position(_ y: Double) -> Double {
    let position = y / unit - Double(first)
    let whole = position.rounded()
    return (position - whole).magnitude < 1e-9 * max(1, (y / unit).magnitude) ? whole : position
  }

  /// P(Y = y); 0 between the values of the lattice.
  public func probability(_ y: Double) -> Double {
    let k = position(y)
    guard k >= 0, k < Double(probabilities.count), k == k.rounded() else { return 0 }
    return probabilities[Int(k)]
  }

  /// P(Y <= y).
  public func cumulative(_ y: Double) -> Double {
    let k = position(y)
    guard k >= 0 else { return 0 }
    guard k < Double(probabilities.count - 1) else { return 1 }
    return min(1, probabilities[...Int(k)].reduce(0, +))
  }
}
