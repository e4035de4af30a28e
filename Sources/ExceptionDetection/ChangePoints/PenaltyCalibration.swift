import NumericCore

/// A kind of series without a step, for which the penalty that finds one as seldom as asked is known by simulation.
///
/// Lengths are rounded up to two dozen, levels to powers of two and ratios of variance and mean to powers of its root, so that
/// the series of a run share simulations. Above a level of 64 the penalty hardly depends on it.
struct NullSeries: Hashable, Comparable, Sendable {
  /// Number of counts.
  let length: Int
  /// Binary logarithm of the level, at most that of 64.
  let levelStep: Int
  /// Twice the binary logarithm of variance / mean; 0 is Poisson.
  let ratioStep: Int
  /// Least length of a segment.
  let minimumLength: Int

  init(length: Int, level: Double, size: Double, minimumLength: Int) {
    self.length = (length + 23) / 24 * 24
    levelStep = NullSeries.step(min(max(level, 0.02), 64), 1)
    ratioStep = max(0, NullSeries.step(1 + level / size, 2))
    self.minimumLength = minimumLength
  }

  private static func step(_ x: Double, _ perDoubling: Double) -> Int {
    Int((perDoubling * logarithm(min(x, 1e9)) / logarithm(2)).rounded())
  }

  /// Mean of a count.
  var level: Double { power(2, Double(levelStep)) }
  /// Size of the negative binomial; infinite is Poisson.
  var size: Double { ratioStep > 0 ? level / (power(2, Double(ratioStep) / 2) - 1) : .infinity }

  static func < (a: NullSeries, b: NullSeries) -> Bool {
    (a.length, a.minimumLength, a.levelStep, a.ratioStep) < (b.length, b.minimumLength, b.levelStep, b.ratioStep)
  }

  /// Rises a year that series without a step have, each as often, half of them falls.
  static let slopes = [0, 0.03, 0.06, 0.10]

  /// Logarithms of the level of such a series, their mean nought: a steady rise or fall, and a walk.
  ///
  /// - Parameter number: which of the simulated series; every eight have each slope, up and down.
  func path(_ number: Int, wander: LevelWander, monthsPerPeriod: Double, _ random: inout RandomSource) -> [Double] {
    let rise = logarithm(1 + NullSeries.slopes[number % 4]) * (number / 4 % 2 == 0 ? 1 : -1)
    let deviation = wander.drawn(&random) * monthsPerPeriod.squareRoot()
    var walk = 0.0
    let path = (0..<length).map { t in
      if t > 0 && deviation > 0 { walk += deviation * random.normal() }
      return walk + rise * Double(t) * monthsPerPeriod / 12
    }
    let mean = path.reduce(0, +) / Double(max(1, length))
    // Long series are kept within counts that a computer can hold.
    return path.map { min(max($0 - mean, -4), 4) }
  }

  /// The penalty that this share of such series exceed: simulated series go through what real ones do, their scatter
  /// estimated anew.
  ///
  /// - Parameters:
  ///   - falseRate: share of series without a step in which one is found, in (0, 1).
  ///   - simulations: how many, > 0.
  ///   - wander: how much levels wander.
  func penalty(
    falseRate: Double, simulations: Int, seed: UInt64, wander: LevelWander, monthsPerPeriod: Double = 1
  ) -> Double {
    var random = RandomSource(seed: seed, stream: "\(length) \(levelStep) \(ratioStep) \(minimumLength)")
    let exposures = [Double](repeating: 1, count: length)
    var savings: [Double] = []
    for number in 0..<simulations {
      let counts = path(number, wander: wander, monthsPerPeriod: monthsPerPeriod, &random).map { eta in
        let mean = level * exponential(eta)
        return random.negativeBinomial(mean: mean, size: size * exponential(eta))
      }
      let calm = withoutSpikes(counts, exposures: exposures)
      let rates = WorkingRates(
        ordinals: Array(0..<length), counts: calm, exposures: exposures,
        size: pairedSize(counts: calm, exposures: exposures), monthsPerPeriod: monthsPerPeriod)
      savings.append(LevelShapes(rates, wander: wander, minimumLength: minimumLength).greatestSaving)
    }
    savings.sort()
    // The k-th largest of m is exceeded with probability k / (m + 1).
    let rank = Int((Double(simulations + 1) * falseRate).rounded(.down))
    // A tie at the quantile, as of many all-zero series, must not find a change.
    return savings[max(0, simulations - max(1, rank))] * (1 + 1e-9) + 1e-9
  }
}
