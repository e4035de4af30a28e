/// First round of ``PooledLevel``: the span of a pool, and bounds of its events and of those expected of a level that never
/// moves.
struct LevelReach: PoolStatistic {
  private var span = PoolSpan()

  mutating func add(_ member: PooledLevel.Member) {
    // No period has more events than all, and none expects more.
    span.add(first: member.start, count: member.counts.count, peaks: [member.sum, member.sum])
  }

  mutating func combine(with other: LevelReach) { span.combine(with: other.span) }

  func finished() -> PoolSpan { span }
}

/// Second round of ``PooledLevel``: the events of a pool, period by period, and those expected of a level that never moves.
struct PoolEvents: PoolStatistic {
  private let first: Int
  private var events: GridSums
  private var usual: GridSums

  init(_ span: PoolSpan) {
    let bounds = span.bounds
    first = span.first
    events = GridSums(count: span.count, bound: bounds[0])
    usual = GridSums(count: span.count, bound: bounds[1])
  }

  mutating func add(_ member: PooledLevel.Member) {
    events.add(member.counts, at: member.start - first)
    usual.add(member.scale, times: member.flatShare, at: member.start - first)
  }

  mutating func combine(with other: PoolEvents) {
    events.add(other.events)
    usual.add(other.usual)
  }

  func finished() -> (events: [Double], usual: [Double]) { (events.values, usual.values) }
}

/// Later rounds of ``PooledLevel``: the events expected of each period at the members' usual shares, for each of several
/// levels; a share is a member's events by its exposure to the level.
struct UsualEvents: PoolStatistic {
  /// Ordinal of the first period of the pool.
  let first: Int
  /// Levels, one value a period of the pool.
  let levels: [[Double]]
  /// One a level.
  private var sums: [GridSums]

  init(_ span: PoolSpan, levels: [[Double]]) {
    first = span.first
    self.levels = levels
    // A level that never falls below m lets no share grow beyond 1 / m of what it is at a level of 1.
    sums = levels.map { GridSums(count: span.count, bound: span.bounds[1] / ($0.min() ?? 1)) }
  }

  mutating func add(_ member: PooledLevel.Member) {
    guard member.sum > 0 else { return }
    let offset = member.start - first
    for k in levels.indices { sums[k].add(member.scale, times: member.share(at: levels[k], from: offset), at: offset) }
  }

  mutating func combine(with other: UsualEvents) {
    for k in sums.indices { sums[k].add(other.sums[k]) }
  }

  func finished() -> [[Double]] { sums.map(\.values) }
}

extension PooledLevel.Member {
  /// The member's events by its exposure to `level`, its first period being that of `level[offset]`; 0 where there is no
  /// exposure.
  func share(at level: [Double], from offset: Int) -> Double {
    precondition(offset >= 0 && offset + scale.count <= level.count, "the level of the pool covers its members")
    return scale.withUnsafeBytes { scale in
      level.withUnsafeBytes { level in
        let width = MemoryLayout<Double>.stride
        let (begin, end) = (offset * width, scale.count)
        let fours = end & ~(4 * width - 1)
        // Four sums side by side, none waiting for another.
        var parts = SIMD4<Double>.zero
        for at in stride(from: 0, to: fours, by: 4 * width) {
          parts += scale.four(at) * level.four(begin &+ at)
        }
        var exposure = parts.sum()
        for at in stride(from: fours, to: end, by: width) { exposure += scale.one(at) * level.one(begin &+ at) }
        return exposure > 0 ? sum / exposure : 0
      }
    }
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
