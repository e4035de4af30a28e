import NumericCore

/// A shape of the level of a series, beside season and wander.
struct LevelShape: Hashable, Sendable {
  /// Whether it rises or falls steadily.
  var hasTrend = false
  /// First places of new levels, rising.
  var steps: [Int] = []
}

/// The shapes of one series, compared by minus twice the logarithm of the likelihood, averaged over how much its level wanders.
struct LevelShapes: Sendable {
  /// What a trend must save: less than a step, which has many places. Of charges from 0 to 10 that which found most steps
  /// where as few trends were called one, in simulated series.
  static let trendCharge = 6.0
  /// Steps at most.
  private static let mostSteps = 20

  let count: Int
  let minimumLength: Int
  let wander: LevelWander
  private let levels: [WanderingLevel]

  init(_ rates: WorkingRates, wander: LevelWander, minimumLength: Int) {
    count = rates.values.count
    self.minimumLength = max(1, minimumLength)
    self.wander = wander
    levels = LevelWander.deviations.map { WanderingLevel(rates, deviation: $0) }
  }

  private init(_ other: LevelShapes, levels: [WanderingLevel], wander: LevelWander) {
    (count, minimumLength, self.levels) = (other.count, other.minimumLength, levels)
    self.wander = wander
  }

  /// The same series under other beliefs of its wander.
  func with(_ wander: LevelWander) -> LevelShapes { LevelShapes(self, levels: levels, wander: wander) }

  /// The shape fitted at each wander.
  func fits(_ shape: LevelShape) -> [WanderingLevel.Fit] {
    levels.map { $0.fit(trend: shape.hasTrend, steps: shape.steps) }
  }

  /// Deviance of a shape with what its trend is charged; steps are charged by whoever asks.
  func deviance(_ shape: LevelShape) -> Double {
    wander.mixed(fits(shape).map(\.deviance)) + (shape.hasTrend ? LevelShapes.trendCharge : 0)
  }

  /// The place at which one step more makes a shape most likely, and its deviance with it; nil where there is no room.
  private func bestStep(_ shape: LevelShape) -> (shape: LevelShape, deviance: Double)? {
    let fits = self.fits(shape)
    var best: (place: Int, deviance: Double)?
    var own = [Double](repeating: 0, count: fits.count)
    for t in minimumLength..<max(minimumLength, count - minimumLength + 1)
    where shape.steps.allSatisfy({ abs($0 - t) >= minimumLength }) {
      var least = Double.infinity
      for k in fits.indices {
        own[k] = fits[k].deviance(stepAt: t)
        least = min(least, own[k])
      }
      // The mean likelihood is at most the greatest.
      if let best, least >= best.deviance { continue }
      let mixed = wander.mixed(own)
      if mixed < best?.deviance ?? .infinity { best = (t, mixed) }
    }
    guard let best else { return nil }
    var longer = shape
    longer.steps = (shape.steps + [best.place]).sorted()
    return (longer, best.deviance + (shape.hasTrend ? LevelShapes.trendCharge : 0))
  }

  /// The most that a step saves in a series: over no step, by one, or each of two.
  var greatestSaving: Double {
    var none = Double.infinity
    var (one, two) = (none, none)
    for hasTrend in [false, true] {
      let shape = LevelShape(hasTrend: hasTrend)
      none = min(none, deviance(shape))
      guard let first = bestStep(shape) else { continue }
      one = min(one, first.deviance)
      if let second = bestStep(first.shape) { two = min(two, second.deviance) }
    }
    return max(0, none - one, (none - two) / 2)
  }

  /// The deviance at each wander of the best shape of up to three steps, for learning how much levels wander.
  var deviancesByWander: [Double] {
    levels.map { level in
      let alone = LevelShapes(self, levels: [level], wander: LevelWander(weights: [1]))
      return [false, true].map { alone.grown(LevelShape(hasTrend: $0), charge: LevelWander.stepCharge, most: 3).total }
        .min() ?? 0
    }
  }

  /// The shape that is most likely after every step has been charged.
  ///
  /// Steps are added to a constant and to a trend one at a time, each where it saves most, and those there are moved to where
  /// they save most beside it; `suggested`, the cut that is best where nothing wanders, is tried as well. Steps that do not
  /// save their charge are taken out again.
  func best(charge: Double, suggested: [Int]) -> LevelShape {
    var best = (shape: LevelShape(), total: Double.infinity)
    for hasTrend in [false, true] {
      let grown = grown(LevelShape(hasTrend: hasTrend), charge: charge, most: LevelShapes.mostSteps)
      var candidates = [grown]
      if !suggested.isEmpty, suggested.count <= LevelShapes.mostSteps {
        let cut = LevelShape(hasTrend: hasTrend, steps: suggested)
        candidates.append((cut, deviance(cut) + charge * Double(suggested.count)))
      }
      for candidate in candidates {
        let pruned = pruned(candidate, charge: charge)
        if pruned.total < best.total { best = pruned }
      }
    }
    return best.shape
  }

  private func grown(_ base: LevelShape, charge: Double, most: Int) -> (shape: LevelShape, total: Double) {
    var best = (shape: base, total: deviance(base))
    var current = base
    var failures = 0
    // A second step may save what a first does not: a level that falls and comes back.
    while current.steps.count < most, failures < 2, let next = bestStep(current) {
      let moved = current.steps.isEmpty ? next : self.moved(next)
      current = moved.shape
      let total = moved.deviance + charge * Double(current.steps.count)
      if total < best.total {
        best = (current, total)
        failures = 0
      } else {
        failures += 1
      }
    }
    return best
  }

  /// Every step in turn at its best place beside the others.
  private func moved(
    _ start: (shape: LevelShape, deviance: Double)
  ) -> (shape: LevelShape, deviance: Double) {
    var best = start
    for step in start.shape.steps {
      guard let position = best.shape.steps.firstIndex(of: step) else { continue }
      var without = best.shape
      without.steps.remove(at: position)
      if let again = bestStep(without), again.deviance < best.deviance { best = again }
    }
    return best
  }

  private func pruned(
    _ start: (shape: LevelShape, total: Double), charge: Double
  ) -> (shape: LevelShape, total: Double) {
    var best = start
    while !best.shape.steps.isEmpty {
      var better: (shape: LevelShape, total: Double)?
      for position in best.shape.steps.indices {
        var without = best.shape
        without.steps.remove(at: position)
        let total = deviance(without) + charge * Double(without.steps.count)
        if total <= better?.total ?? best.total { better = (without, total) }
      }
      guard let better else { return best }
      best = better
    }
    return best
  }
}
