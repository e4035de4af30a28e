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

extension PredictiveQuantiles {
  /// Continuous ranked probability score: twice the pinball loss integrated over all probabilities (Gneiting & Raftery
  /// 2007, *Journal of the American Statistical Association* 102, 359-378, section 4.2; Gneiting & Ranjan 2011, *Journal of
  /// Business & Economic Statistics* 29, 411-422, eq. 6).
  ///
  /// Approximated by the known quantiles, each standing for the probabilities nearer to it than to its neighbours: on
  /// ``standardLevels`` within 1 % of the closed form of the normal distribution.
  public func rankedProbabilityScore(_ actual: Double) -> Double {
    var sum = 0.0
    let last = probabilities.count - 1
    for (i, p) in probabilities.enumerated() {
      let from = i == 0 ? 0 : (probabilities[i - 1] + p) / 2
      let to = i == last ? 1 : (p + probabilities[i + 1]) / 2
      sum += 2 * (to - from) * pinballLoss(values[i], probability: p, actual: actual)
    }
    return sum
  }
}
