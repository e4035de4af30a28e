import NumericCore

/// How the level of a whole pool moved: what its areas have in common, such as a change in law, recording or policing.
///
/// The pool's level g follows the ratio of all events to those expected at the areas' usual shares,
///
///     g_{t+1} = g_t (1 + alpha (sum_i y_it / sum_i share_i scale_it g_t - 1))
///
/// with alpha chosen by the quasi-likelihood of its one-step expectations. A candidate of the ``CountsModel`` may then
/// model an area's level relative to g. Only one-step expectations enter, so that no month helps to predict itself.
struct PooledLevel: Sendable {
  /// Ordinal of the first period of the pool.
  let first: Int
  /// The level expected for each period from those before it, relative to the level after the last.
  let ahead: [Double]
  /// Variance that the relative level gains in a period.
  let stepVariance: Double

  /// The level of a pool of two or more series, in a fixed order; nil if there is none to speak of.
  ///
  /// - Parameter members: histories with their season x exposure.
  init?(_ members: [(history: CountHistory, scale: [Double])]) {
    guard members.count > 1, let first = members.map({ $0.history.series.start.ordinal }).min(),
      let last = members.map({ $0.history.series.end.ordinal }).max(), last > first
    else { return nil }
    let n = last - first + 1
    let pool = members.compactMap { Member($0.history, scale: $0.scale, first: first) }
    var events = [Double](repeating: 0, count: n)
    for member in pool { for t in member.counts.indices { events[member.offset + t] += member.counts[t] } }
    var best: (deviance: Double, path: [Double], final: Double, step: Double)?
    let flat = [Double](repeating: 1, count: n)
    let usualAtFirst = PooledLevel.usual(pool, flat)
    for gain in [0.05, 0.1, 0.2, 0.35, 0.6] {
      // Shares are relative to the level, which is relative to the shares: three rounds settle both.
      var found = PooledLevel.smooth(events, usualAtFirst, gain)
      for _ in 0..<2 { found = PooledLevel.smooth(events, PooledLevel.usual(pool, found.path), gain) }
      if found.deviance < best?.deviance ?? .infinity { best = found }
    }
    guard let best, best.deviance.isFinite, best.final > 0.02 * (best.path.max() ?? 1) else { return nil }
    self.first = first
    ahead = best.path.map { max($0 / best.final, 0.01) }
    stepVariance = best.step
  }

  /// A series of the pool that has events.
  private struct Member {
    let offset: Int
    /// Counts and season x exposure, both 0 where missing.
    let counts: [Double]
    let scale: [Double]
    let sum: Double

    init?(_ history: CountHistory, scale: [Double], first: Int) {
      offset = history.series.start.ordinal - first
      counts = history.values.map { $0.isNaN ? 0 : $0 }
      self.scale = zip(history.values, scale).map { $0.isNaN ? 0 : $1 }
      sum = counts.reduce(0, +)
      if !(sum > 0) { return nil }
    }
  }

  /// The events expected of each period at the members' usual shares, a share being a member's events by its exposure to
  /// `level`.
  private static func usual(_ pool: [Member], _ level: [Double]) -> [Double] {
    var usual = [Double](repeating: 0, count: level.count)
    usual.withUnsafeMutableBytes { usual in
      level.withUnsafeBytes { level in
        for member in pool {
          member.scale.withUnsafeBytes { scale in
            let width = MemoryLayout<Double>.stride
            let (begin, end) = (member.offset * width, scale.count)
            let fours = end & ~(4 * width - 1)
            // Four sums side by side, none waiting for another.
            var parts = SIMD4<Double>.zero
            for at in stride(from: 0, to: fours, by: 4 * width) {
              parts += scale.four(at) * level.four(begin &+ at)
            }
            var exposure = parts.sum()
            for at in stride(from: fours, to: end, by: width) { exposure += scale.one(at) * level.one(begin &+ at) }
            guard exposure > 0 else { return }
            let share = member.sum / exposure
            for at in stride(from: 0, to: fours, by: 4 * width) {
              let sum = UnsafeRawBufferPointer(usual).four(begin &+ at) + share * scale.four(at)
              usual.storeBytes(of: sum, toByteOffset: begin &+ at, as: SIMD4<Double>.self)
            }
            for at in stride(from: fours, to: end, by: width) {
              let sum = UnsafeRawBufferPointer(usual).one(begin &+ at) + share * scale.one(at)
              usual.storeBytes(of: sum, toByteOffset: begin &+ at, as: Double.self)
            }
          }
        }
      }
    }
    return usual
  }

  /// One-step expectations of the level, the level after the last period, and the quasi-likelihood of the counts.
  private static func smooth(_ events: [Double], _ usual: [Double], _ gain: Double) -> (
    deviance: Double, path: [Double], final: Double, step: Double
  ) {
    var start = (events: 0.5, usual: 0.5)
    var seen = 0
    for t in events.indices where usual[t] > 0 && seen < 12 {
      start.events += events[t]
      start.usual += usual[t]
      seen += 1
    }
    var level = start.events / start.usual
    var path = events
    var chiSquare = 0.0
    var logSum = 0.0
    var noise = 0.0
    var used = 0.0
    for t in events.indices {
      path[t] = level
      let mean = usual[t] * level
      guard mean > 0 else { continue }
      let ratio = events[t] / mean - 1
      chiSquare += ratio * ratio * mean
      logSum -= logarithm(mean)
      noise += ratio * ratio
      used += 1
      level = max(level * (1 + gain * ratio), 1e-6)
    }
    guard used > 1 else { return (.infinity, path, level, 0) }
    return (used * logarithm(max(chiSquare / used, 1e-12)) + logSum, path, level, gain * gain * noise / used)
  }

  /// The level expected for each period of a series of the pool.
  func ahead(of history: CountHistory) -> [Double] {
    let offset = history.series.start.ordinal - first
    return history.values.indices.map { ahead[offset + $0] }
  }
}

extension UnsafeRawBufferPointer {
  @inline(__always)
  fileprivate func four(_ offset: Int) -> SIMD4<Double> {
    loadUnaligned(fromByteOffset: offset, as: SIMD4<Double>.self)
  }
  @inline(__always)
  fileprivate func one(_ offset: Int) -> Double { loadUnaligned(fromByteOffset: offset, as: Double.self) }
}
