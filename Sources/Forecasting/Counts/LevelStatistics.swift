import NumericCore

/// First round of ``PooledLevel``: the events of a pool, period by period, and those expected of a level that never moves.
struct PoolEvents: PoolStatistic {
  private var members = 0
  private var events = CalendarSums()
  private var usual = CalendarSums()

  mutating func add(_ member: PooledLevel.Member) {
    members += 1
    events.add(member.counts, from: member.start)
    usual.add(member.usual(at: [Double](repeating: 1, count: member.scale.count), from: 0), from: member.start)
  }

  mutating func combine(with other: PoolEvents) {
    members += other.members
    events.add(other.events)
    usual.add(other.usual)
  }

  func finished() -> (members: Int, first: Int, events: [Double], usual: [Double]) {
    (members, events.first, events.values, usual.values)
  }
}

/// Later rounds of ``PooledLevel``: the events expected of each period at the members' usual shares, for each of several
/// levels; a share is a member's events by its exposure to the level.
struct UsualEvents: PoolStatistic {
  /// Ordinal of the first period of the pool.
  let first: Int
  /// Levels, one value a period of the pool.
  let levels: [[Double]]
  /// One a level.
  private var sums: [ExactSums]

  init(first: Int, levels: [[Double]]) {
    self.first = first
    self.levels = levels
    sums = levels.map { ExactSums(count: $0.count) }
  }

  mutating func add(_ member: PooledLevel.Member) {
    guard member.sum > 0 else { return }
    let offset = member.start - first
    for k in levels.indices { sums[k].add(member.usual(at: levels[k], from: offset), at: offset) }
  }

  mutating func combine(with other: UsualEvents) {
    for k in sums.indices { sums[k].add(other.sums[k]) }
  }

  func finished() -> [[Double]] { sums.map(\.values) }
}

extension PooledLevel.Member {
  /// The events expected of each period, the member's first period being that of `level[offset]`; all 0 where there is no
  /// exposure or no event.
  func usual(at level: [Double], from offset: Int) -> [Double] {
    precondition(offset >= 0 && offset + scale.count <= level.count, "the level of the pool covers its members")
    let n = scale.count
    return scale.withUnsafeBytes { scale in
      level.withUnsafeBytes { level in
        [Double](unsafeUninitializedCapacity: n) { usual, count in
          let width = MemoryLayout<Double>.stride
          let (begin, end) = (offset * width, n * width)
          let fours = end & ~(4 * width - 1)
          // Four sums side by side, none waiting for another.
          var parts = SIMD4<Double>.zero
          for at in stride(from: 0, to: fours, by: 4 * width) {
            parts += scale.four(at) * level.four(begin &+ at)
          }
          var exposure = parts.sum()
          for at in stride(from: fours, to: end, by: width) { exposure += scale.one(at) * level.one(begin &+ at) }
          let share = exposure > 0 ? sum / exposure : 0
          for t in 0..<n { usual[t] = share * scale.one(t &* width) }
          count = n
        }
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
