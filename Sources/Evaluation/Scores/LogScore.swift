import NumericCore

extension PredictiveQuantiles {
  /// Smallest probability a count is taken to have had, so that one surprise does not make a mean infinite.
  public static let leastProbability = 1e-12

  /// Logarithmic score of a count, -log P(Y = y), lower better (Czado, Gneiting & Held 2009, *Biometrics* 65, 1254-1261,
  /// eq. 4); NaN for an actual value that is no count.
  ///
  /// The probability is the difference of ``cumulative(count:)`` and so as approximate as that is; it is taken as at least
  /// ``leastProbability``.
  public func logScore(_ actual: Double) -> Double {
    guard actual >= 0, actual == actual.rounded() else { return .nan }
    let probability = cumulative(count: actual) - cumulative(count: actual - 1)
    return -logarithm(max(probability, PredictiveQuantiles.leastProbability))
  }
}
