import NumericCore

/// How unusual a period is by what was foreseen of it and of the periods just before it.
///
/// Alone: the mid-p tails of its predictive distribution. Together: of the last 2, 3, ... periods the sum of the normal scores,
/// those before the tested one held within a bound; scores of one-step predictions are independent of one another, so that
/// the sum of k has variance k. A window speaks only where the tested period itself is on its side (``leastScore``): what began
/// and has passed was told when it came. Both are one p-value by ``CauchyCombination``, half the weight on the period alone.
struct ForesightScan: Sendable {
  /// One direction: the parts' p-values, with their weights; the period alone first.
  struct Tail: Sendable {
    private(set) var parts: [(window: Int, pValue: Double, weight: Double)] = []

    fileprivate init() { parts.reserveCapacity(8) }

    fileprivate mutating func add(_ window: Int, _ pValue: Double, weight: Double) {
      parts.append((window, pValue, weight))
    }

    /// Of the parts combined.
    var pValue: Double {
      var combination = CauchyCombination()
      for part in parts { combination.add(part.pValue, weight: part.weight) }
      return combination.pValue
    }
  }

  private(set) var upper = Tail()
  private(set) var lower = Tail()
  /// Scores from the newest back, those before the tested one within the bound.
  private(set) var scores: SIMD8<Double>

  /// The score that a period must have for windows that end in it to count: about one in six by chance.
  static let leastScore = 1.0

  /// - Parameters:
  ///   - windows: longest window, 1 ... 8 periods.
  ///   - clip: bound of the scores of the periods before the tested one.
  init(_ foresight: Foresight, windows: Int, clip: Double) {
    var scores = foresight.scores
    let own = scores[0]
    let isScored = own.isFinite
    let alone = isScored ? (upper: Normal.cdf(-own), lower: Normal.cdf(own)) : (upper: 1, lower: 1)
    for k in 1..<8 where scores[k].isFinite { scores[k] = min(clip, max(-clip, scores[k])) }
    self.scores = scores
    var sums: [(window: Int, score: Double)] = []
    sums.reserveCapacity(8)
    var sum = isScored ? own : 0
    var count = 1.0
    for k in 1..<max(2, min(8, windows)) where isScored && windows > 1 {
      guard scores[k].isFinite else { continue }
      sum += scores[k]
      count += 1
      sums.append((k + 1, sum / count.squareRoot()))
    }
    let weight = max(1, Double(sums.count))
    upper.add(1, alone.upper, weight: weight)
    lower.add(1, alone.lower, weight: weight)
    for (window, score) in sums {
      upper.add(window, own > ForesightScan.leastScore ? Normal.cdf(-score) : 0.5, weight: 1)
      lower.add(window, own < -ForesightScan.leastScore ? Normal.cdf(score) : 0.5, weight: 1)
    }
  }
}
