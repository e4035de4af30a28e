import NumericCore

/// What was foreseen of a period and the regression's second opinion as one test.
struct JointTest: Sendable {
  /// A part of a direction's test: the period alone, or a window that ends in it.
  struct Part: Sendable {
    let window: Int
    let pValue: Double
    let weight: Double
    /// Whether it is the regression's.
    let isSecond: Bool
    /// Whether what was observed is on the side it speaks of, in the period alone and in its window's sum.
    var agrees = true
  }

  /// One direction.
  struct Tail: Sendable {
    /// The chance of something that stands out as much.
    let pValue: Double
    fileprivate let parts: [Part]

    /// The part that weighs most.
    ///
    /// - Parameter together: of several periods only, if there is such a part.
    func strongest(together: Bool) -> Part {
      let agreeing = parts.filter(\.agrees)
      let among = together && agreeing.contains { $0.window > 1 } ? agreeing.filter { $0.window > 1 } : agreeing
      return among.min { $0.pValue / $0.weight < $1.pValue / $1.weight }
        ?? Part(window: 1, pValue: pValue, weight: 1, isSecond: true)
    }
  }

  let upper: Tail
  let lower: Tail
  /// What was expected of the tested period.
  let predictive: PredictiveDistribution
  private let foreseenScores: SIMD8<Double>
  private let secondScores: SIMD8<Double>

  /// - Parameter foresight: nil where nothing was foreseen: then the regression is the only opinion.
  ///
  /// No part speaks against the sign of what it says: one whose period alone or whose window is not on its side has a p-value of at
  /// least 1/2.
  init(
    _ scan: WindowScan, _ fit: BaselineFit, _ foresight: Foresight?, _ opinion: SecondOpinion, windows: Int,
    clip: Double
  ) {
    secondScores = scan.scores
    // By how much the period alone is above what is printed as expected of it.
    let own = fit.counts[0] - (foresight?.predictive.mean ?? scan.predictive.mean)
    func second(_ tail: WindowScan.Tail, _ sign: Double, weight: Double, _ p: Double) -> Part {
      let sums = fit.window(tail.window)
      let agrees =
        sign * own > 0 && sign * (fit.counts[0] - fit.means[0]) > 0 && sign * (sums.observed - sums.expected) > 0
      return Part(
        window: tail.window, pValue: agrees ? p : max(0.5, p), weight: weight, isSecond: true, agrees: agrees)
    }
    guard let foresight else {
      let high = second(scan.upper, 1, weight: 1, scan.upper.pValue)
      let low = second(scan.lower, -1, weight: 1, scan.lower.pValue)
      upper = Tail(pValue: high.pValue, parts: [high])
      lower = Tail(pValue: low.pValue, parts: [low])
      predictive = scan.predictive
      foreseenScores = scan.scores
      return
    }
    let first = ForesightScan(foresight, windows: windows, clip: clip)
    func tail(_ foreseen: ForesightScan.Tail, _ scanned: WindowScan.Tail, _ sign: Double) -> Tail {
      let total = foreseen.parts.reduce(0) { $0 + $1.weight }
      var parts: [Part] = []
      parts.reserveCapacity(foreseen.parts.count + 1)
      for part in foreseen.parts {
        let sums = foresight.window(part.window)
        let agrees = sign * own > 0 && (part.window == 1 || sign * (sums.observed - sums.expected) > 0)
        parts.append(
          Part(
            window: part.window, pValue: agrees ? part.pValue : max(0.5, part.pValue),
            weight: (1 - opinion.weight) * part.weight / total, isSecond: false, agrees: agrees))
      }
      guard opinion.weight > 0 else { return Tail(pValue: JointTest.combined(parts), parts: parts) }
      let last = second(scanned, sign, weight: opinion.weight, opinion.rescaled(scanned.pValue))
      var combination = CauchyCombination()
      combination.add(JointTest.combined(parts), weight: 1 - opinion.weight)
      combination.add(last.pValue, weight: opinion.weight)
      parts.append(last)
      return Tail(pValue: combination.pValue, parts: parts)
    }
    upper = tail(first.upper, scan.upper, 1)
    lower = tail(first.lower, scan.lower, -1)
    predictive = foresight.predictive
    foreseenScores = first.scores
  }

  private static func combined(_ parts: [Part]) -> Double {
    var combination = CauchyCombination()
    for part in parts { combination.add(part.pValue, weight: part.weight) }
    return combination.pValue
  }

  /// What a high period looks like, by the part that weighs most.
  func higherKind(_ part: Part) -> PeriodTest.Kind {
    switch part.window {
    case 1: .spike
    case 2, 3: .run
    default: isRamp(part.isSecond ? secondScores : foreseenScores, window: part.window) ? .ramp : .shift
    }
  }
}
