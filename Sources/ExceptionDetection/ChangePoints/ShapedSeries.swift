import NumericCore
import TimeSeries

/// A series whose shape has been chosen, for telling of it.
struct ShapedSeries: Sendable {
  private let prepared: PreparedCounts
  private let penalty: Double
  private let shape: LevelShape

  init(_ prepared: PreparedCounts, penalty: Double) {
    self.penalty = penalty
    let cut = pelt(prepared.cost, penalty: penalty, minimumLength: prepared.shapes.minimumLength)
    var prepared = prepared
    var shape = LevelShape()
    // Iteratively reweighted: linearised about no step, then about those found, until they stay.
    for _ in 0..<ShapedSeries.rounds {
      let found = prepared.supported(prepared.shapes.best(charge: penalty, suggested: cut.changes))
      let isSettled = found.steps == shape.steps
      shape = found
      if isSettled { break }
      prepared = prepared.linearised(about: found.steps)
    }
    (self.prepared, self.shape) = (prepared, shape)
  }

  private static let rounds = 5

  /// The segments as ranges of observations.
  private var ranges: [Range<Int>] {
    let bounds = [0] + shape.steps + [prepared.cost.count]
    return zip(bounds, bounds.dropFirst()).map { $0..<$1 }
  }

  /// What is told of the series.
  func changes(of key: SeriesKey, frequency: Frequency, known: [Intervention]) -> SeriesChanges {
    let period = { (index: Int) in Period(frequency: frequency, ordinal: prepared.ordinals[index]) }
    let ranges = self.ranges
    let segments = ranges.indices.map { s in
      let range = ranges[s]
      let change = s == 0 ? nil : change(s, ranges, period: period, known: known)
      return SeriesChanges.Segment(
        start: period(range.lowerBound), end: period(range.upperBound - 1), periods: range.count,
        level: prepared.cost.level(range), change: change)
    }
    let fit = prepared.fit(shape)
    return SeriesChanges(
      key: key, segments: segments, penalty: penalty, shape: .init(shape),
      trend: shape.hasTrend ? exponential(fit.likeliest.coefficients[1]) - 1 : nil,
      wander: zip(fit.wander, LevelWander.deviations).reduce(0) { $0 + $1.0 * $1.1 }, reason: nil)
  }

  private func change(
    _ segment: Int, _ ranges: [Range<Int>], period: (Int) -> Period, known: [Intervention]
  ) -> SeriesChanges.Change {
    let (cost, after) = (prepared.cost, ranges[segment])
    let old = cost.total(ranges[segment - 1])
    let estimate = StepEstimate(prepared.shapes, shape, position: segment - 1)
    let range = period(estimate.onset.lowerBound)...period(estimate.onset.upperBound)
    let reason = known.first { range.contains($0.start) || $0.masks(period(after.lowerBound) - 1) }?.label
    return SeriesChanges.Change(
      ratio: old > 0 ? exponential(estimate.middle) : .infinity,
      ratioInterval: exponential(estimate.lower)...exponential(estimate.upper), onset: range, knownReason: reason)
  }
}
