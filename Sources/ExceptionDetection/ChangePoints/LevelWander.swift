import NumericCore

/// How much levels are believed to wander: weights of standard deviations of a month's change of the logarithm of the level, as a
/// random walk.
///
/// Levels of real counts wander: by 4.8, 5.9 and 6.8 % a month in three sets of recorded crime. What a level did in past months
/// is then no measure of what it would have gone on doing, and much that looks like a step is its ordinary course. How much they
/// wander is learnt from all series of a panel together (empirical Bayes), because one series can hardly tell.
struct LevelWander: Hashable, Sendable {
  /// Standard deviations a month of the logarithm of the level.
  static let deviations = [0, 0.015, 0.03, 0.045, 0.065, 0.09]
  /// Weights before any series has been seen: most real levels wander.
  static let prior = LevelWander(weights: [0.3, 0.1, 0.15, 0.15, 0.15, 0.15])
  /// Series that the prior is worth.
  private static let priorWorth = 2.0
  /// Rounds of EM.
  private static let rounds = 5
  /// What a step must save while the wander is learnt: more than later, so that a wandering level is not taken for a steady one
  /// with steps.
  static let stepCharge = 18.0

  /// One a deviation; they sum to 1.
  let weights: [Double]

  init(weights: [Double]) { self.weights = weights }

  /// Learns the weights from the deviances of series at each deviation, in the order given.
  init(learntFrom deviances: [[Double]]) {
    var weights = LevelWander.prior.weights
    for _ in 0..<LevelWander.rounds {
      var sums = LevelWander.prior.weights.map { $0 * LevelWander.priorWorth }
      for own in deviances {
        let posterior = LevelWander(weights: weights).posterior(own)
        for k in sums.indices { sums[k] += posterior[k] }
      }
      let total = Double(deviances.count) + LevelWander.priorWorth
      weights = sums.map { $0 / total }
    }
    self.weights = weights
  }

  /// Weights after a series whose deviance at each deviation is given.
  func posterior(_ deviances: [Double]) -> [Double] {
    let least = deviances.min() ?? 0
    let likely = zip(weights, deviances).map { $0 * exponential((least - $1) / 2) }
    let total = likely.reduce(0, +)
    return total > 0 ? likely.map { $0 / total } : weights
  }

  /// Minus twice the logarithm of the mean likelihood.
  func mixed(_ deviances: [Double]) -> Double {
    let least = deviances.min() ?? 0
    var sum = 0.0
    for k in weights.indices { sum += weights[k] * exponential((least - deviances[k]) / 2) }
    return least - 2 * logarithm(max(sum, 1e-300))
  }

  /// A deviation drawn by weight.
  func drawn(_ random: inout RandomSource) -> Double {
    var left = random.uniform()
    for (weight, deviation) in zip(weights, LevelWander.deviations) {
      left -= weight
      if left < 0 { return deviation }
    }
    return LevelWander.deviations[0]
  }
}
