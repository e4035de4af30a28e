import NumericCore

/// Where a step of a fitted shape lies and how large it is, averaged over how much the level wanders, whether there is a trend
/// as well, and every place between its neighbours.
///
/// The averages weigh by likelihood, a trend being as likely beforehand as none, whichever shape was chosen: an interval is that of a mixture of normal distributions of the logarithm of the ratio, so
/// that a step that may be a trend in part has a wide one.
struct StepEstimate: Sendable {
  /// First places of the new level that hold 95 % of the probability, each place being as likely beforehand; the chosen place
  /// is always among them, which may be nearer the middle than the likeliest because stretches have a least length.
  let onset: ClosedRange<Int>
  /// Quantiles of the logarithm of the ratio of the levels: 2.5 %, 50 % and 97.5 %.
  let lower: Double
  /// The median.
  let middle: Double
  /// The upper end.
  let upper: Double

  /// A part of the mixture.
  private struct Part {
    let place: Int
    let weight: Double
    let mean: Double
    let deviation: Double
  }

  /// - Parameter position: which of the shape's steps.
  init(_ shapes: LevelShapes, _ shape: LevelShape, position: Int) {
    var others = shape.steps
    let step = others.remove(at: position)
    let first = position > 0 ? shape.steps[position - 1] + 1 : 1
    let end = position + 1 < shape.steps.count ? shape.steps[position + 1] : shapes.count
    var found: [(part: Part, deviance: Double)] = []
    for hasTrend in [false, true] {
      let fits = shapes.fits(LevelShape(hasTrend: hasTrend, steps: others))
      for (weight, fit) in zip(shapes.wander.weights, fits) where weight > 0 && fit.deviance < .infinity {
        for t in first..<end where fit.information[t] > 1e-6 {
          let deviance = fit.deviance(stepAt: t) - 2 * logarithm(weight)
          let part = Part(
            place: t, weight: 0, mean: fit.scores[t] / fit.information[t],
            deviation: 1 / fit.information[t].squareRoot())
          found.append((part, deviance))
        }
      }
    }
    let least = found.map(\.deviance).min() ?? 0
    let parts = found.compactMap { part, deviance -> Part? in
      let weight = exponential((least - deviance) / 2)
      return weight < 1e-8
        ? nil : Part(place: part.place, weight: weight, mean: part.mean, deviation: part.deviation)
    }
    let likely = StepEstimate.onset(parts, between: first..<end) ?? step...step
    onset = min(likely.lowerBound, step)...max(likely.upperBound, step)
    lower = StepEstimate.quantile(parts, 0.025)
    middle = StepEstimate.quantile(parts, 0.5)
    upper = StepEstimate.quantile(parts, 0.975)
  }

  /// From the first to the last of the places that weigh most, until they hold 95 %.
  private static func onset(_ parts: [Part], between range: Range<Int>) -> ClosedRange<Int>? {
    var weights = [Double](repeating: 0, count: range.count)
    for part in parts { weights[part.place - range.lowerBound] += part.weight }
    let total = weights.reduce(0, +)
    var held = 0.0
    var kept: [Int] = []
    for index in weights.indices.sorted(by: { (weights[$1], $0) < (weights[$0], $1) }) where held < 0.95 * total {
      held += weights[index]
      kept.append(range.lowerBound + index)
    }
    guard let earliest = kept.min(), let latest = kept.max() else { return nil }
    return earliest...latest
  }

  private static func quantile(_ parts: [Part], _ p: Double) -> Double {
    let total = parts.reduce(0) { $0 + $1.weight }
    guard total > 0 else { return .nan }
    var low = parts.map { $0.mean - 9 * $0.deviation }.min() ?? 0
    var high = parts.map { $0.mean + 9 * $0.deviation }.max() ?? 0
    while high - low > 1e-9 {
      let middle = (low + high) / 2
      let below = parts.reduce(0) { $0 + $1.weight * Normal.cdf((middle - $1.mean) / $1.deviation) }
      if below < p * total { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}
