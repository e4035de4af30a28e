import Forecasting
import NumericCore

extension LatticeDistribution {
  /// Logarithmic score of a count, as ``PredictiveQuantiles/logScore(_:)`` but with the probability itself, taken as at
  /// least ``PredictiveQuantiles/leastProbability``.
  func logScore(_ actual: Double) -> Double {
    guard actual >= 0, actual == actual.rounded() else { return .nan }
    return -logarithm(max(probability(actual), PredictiveQuantiles.leastProbability))
  }

  /// P(Y < y) and P(Y <= y) of an actual value.
  func probabilities(of actual: Double) -> (below: Double, upTo: Double) {
    let upTo = cumulative(actual)
    return (max(0, upTo - probability(actual)), upTo)
  }

  /// Continuous ranked probability score (Gneiting & Raftery 2007, *Journal of the American Statistical Association* 102,
  /// 359-378, eq. 20): the integral of (F(x) - 1{x >= y})² over all x, a sum over the steps of F.
  func rankedProbabilityScore(_ actual: Double) -> Double {
    guard actual.isFinite else { return .nan }
    let lowest = Double(first) * unit
    var sum = max(0, lowest - actual)
    var cumulative = 0.0
    for (k, p) in probabilities.enumerated() {
      cumulative += p
      let from = Double(first + k) * unit
      if k == probabilities.count - 1 { return sum + max(0, actual - from) }
      // The stretch up to the next value, as far as it lies below the actual value and beyond it.
      let below = min(max(actual - from, 0), unit)
      sum += below * cumulative * cumulative + (unit - below) * (1 - cumulative) * (1 - cumulative)
    }
    return sum
  }
}
