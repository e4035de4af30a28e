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
      let among = together && parts.contains { $0.window > 1 } ? parts.filter { $0.window > 1 } : parts
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
  init(_ scan: WindowScan, _ foresight: Foresight?, _ opinion: SecondOpinion, windows: Int, clip: Double) {
    secondScores = scan.scores
    guard let foresight else {
      upper = Tail(pValue: scan.upper.pValue, parts: [Part(scan.upper, weight: 1, scan.upper.pValue)])
      lower = Tail(pValue: scan.lower.pValue, parts: [Part(scan.lower, weight: 1, scan.lower.pValue)])
      predictive = scan.predictive
      foreseenScores = scan.scores
      return
    }
    let first = ForesightScan(foresight, windows: windows, clip: clip)
    upper = JointTest.tail(first.upper, scan.upper, opinion)
    lower = JointTest.tail(first.lower, scan.lower, opinion)
    predictive = foresight.predictive
    foreseenScores = first.scores
  }

  private static func tail(_ first: ForesightScan.Tail, _ second: WindowScan.Tail, _ opinion: SecondOpinion) -> Tail {
    let total = first.parts.reduce(0) { $0 + $1.weight }
    var parts = first.parts.map { part in
      Part(
        window: part.window, pValue: part.pValue, weight: (1 - opinion.weight) * part.weight / total, isSecond: false)
    }
    guard opinion.weight > 0 else { return Tail(pValue: first.pValue, parts: parts) }
    let rescaled = opinion.rescaled(second.pValue)
    parts.append(Part(second, weight: opinion.weight, rescaled))
    var combination = CauchyCombination()
    combination.add(first.pValue, weight: 1 - opinion.weight)
    combination.add(rescaled, weight: opinion.weight)
    return Tail(pValue: combination.pValue, parts: parts)
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

extension JointTest.Part {
  fileprivate init(_ tail: WindowScan.Tail, weight: Double, _ pValue: Double) {
    self.init(window: tail.window, pValue: pValue, weight: weight, isSecond: true)
  }
}
