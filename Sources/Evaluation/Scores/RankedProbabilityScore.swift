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
