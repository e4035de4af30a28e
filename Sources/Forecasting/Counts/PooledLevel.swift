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

  /// The level of a pool of two or more series; nil if there is none to speak of.
  ///
  /// - Parameters:
  ///   - members: histories with their season x exposure.
  ///   - threads: that add members at once.
  init?(_ members: [(history: CountHistory, scale: [Double])], threads: Int = 1) {
    guard members.count > 1 else { return nil }
    self.init(SharedMembers(members.map { Member($0.history, scale: $0.scale) }, threads: threads))
  }

  /// The level of a pool whose series may be anywhere.
  init?(_ members: some PoolMembers<Member>) {
    let span = members.gather(LevelReach()).finished()
    guard span.members > 1, span.count > 1 else { return nil }
    let (events, flat) = members.gather(PoolEvents(span)).finished()
    var found = PooledLevel.gains.map { PooledLevel.smooth(events, flat, $0) }
    // Shares are relative to the level, which is relative to the shares: three rounds settle both.
    for _ in 0..<2 {
      let usual = members.gather(UsualEvents(span, levels: found.map(\.path))).finished()
      found = zip(PooledLevel.gains, usual).map { PooledLevel.smooth(events, $1, $0) }
    }
    var best: (deviance: Double, path: [Double], final: Double, step: Double)?
    for candidate in found where candidate.deviance < best?.deviance ?? .infinity { best = candidate }
    guard let best, best.deviance.isFinite, best.final > 0.02 * (best.path.max() ?? 1) else { return nil }
    first = span.first
    ahead = best.path.map { max($0 / best.final, 0.01) }
    stepVariance = best.step
  }

  /// The values of alpha that are tried.
  private static let gains = [0.05, 0.1, 0.2, 0.35, 0.6]

  /// A series of the pool.
  struct Member: Sendable {
    /// Ordinal of its first period.
    let start: Int
    /// Counts and season x exposure, both 0 where missing.
    let counts: [Double]
    let scale: [Double]
    /// All its events.
    let sum: Double
    /// The same by its exposure to a level of 1.
    let flatShare: Double

    init(_ history: CountHistory, scale: [Double]) {
      start = history.series.start.ordinal
      counts = history.values.map { $0.isNaN ? 0 : $0 }
      self.scale = zip(history.values, scale).map { $0.isNaN ? 0 : $1 }
      sum = counts.reduce(0, +)
      let exposure = self.scale.reduce(0, +)
      flatShare = exposure > 0 ? sum / exposure : 0
    }
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
