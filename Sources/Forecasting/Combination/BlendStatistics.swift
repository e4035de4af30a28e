import NumericCore

/// First round of ``BlendLearning``: what each share of the classical members would have cost the series of a cell.
struct BlendLosses: PoolStatistic {
  private var members = 0
  /// One a share of ``BlendLearning/shares``.
  private var losses = ExactSums(count: BlendLearning.shares.count)

  mutating func add(_ member: HeldOutForecasts) {
    members += 1
    losses.add(BlendLearning.shares.map { member.loss(classical: $0) })
  }

  mutating func combine(with other: BlendLosses) {
    members += other.members
    losses.add(other.losses)
  }

  func finished() -> (members: Int, losses: [Double]) { (members, losses.values) }
}

/// Second round of ``BlendLearning``: how far the values of a cell fell from the blends that the first has led to, as the
/// factor on intervals that split conformal prediction asks for (Vovk, Gammerman & Shafer 2005; Romano, Patterson & Candès
/// 2019 for scores in units of the interval), averaged over the 80 and the 95 % level so that it is one factor for every
/// level, and drawn to 1.
struct ConformalScores: PoolStatistic {
  /// What the first round has taught.
  let learnt: BlendLearning.Learnt
  private var members = 0
  /// Scores at the 80 and the 95 % level, in no order: only their ranks are asked for.
  private var inner: [Double] = []
  private var outer: [Double] = []

  init(learnt: BlendLearning.Learnt) { self.learnt = learnt }

  mutating func add(_ member: HeldOutForecasts) {
    let share = learnt.blend(mean: member.mean).classical
    members += 1
    inner += member.conformalScores(classical: share, level: 1)
    outer += member.conformalScores(classical: share, level: 2)
  }

  mutating func combine(with other: ConformalScores) {
    members += other.members
    inner += other.inner
    outer += other.outer
  }

  func finished() -> Double {
    let bounds = BlendLearning.stretches
    var logSum = 0.0
    for (scores, coverage) in [(inner, 0.80), (outer, 0.95)] {
      guard !scores.isEmpty else { return 1 }
      let rank = min(scores.count, Int((Double(scores.count + 1) * coverage).rounded(.up)))
      logSum += logarithm(min(max(scores.sorted()[rank - 1], bounds.lowerBound), bounds.upperBound))
    }
    let n = Double(members)
    return exponential(0.5 * logSum * n / (n + BlendLearning.stretchWeight))
  }
}
