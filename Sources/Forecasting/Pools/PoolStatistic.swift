import Parallelism

/// What a pool is fitted from: a value made from single series, joined with those of other series, and read off when all
/// have been heard.
///
/// A round of a fit is one empty statistic, which holds what earlier rounds have settled: it goes to wherever members of
/// the pool are, each adds its own, and the parts are joined. The value holds what the pool needs to know of its members,
/// not the members; and because it can be written down, they need be in neither one process nor memory all at once.
///
/// A conformer promises that its finding depends on which members were added and on nothing else, to the bit: not on
/// their order, nor on which of them were added to one part and which to another. Whole numbers and extremes do so by
/// themselves, sums through `ExactSums`, ranks through sorted values.
///
///     struct Mean: PoolStatistic {
///       private var count = 0
///       private var sum = ExactSums(count: 1)
///       mutating func add(_ member: Double) {
///         count += 1
///         sum.add([member])
///       }
///       mutating func combine(with other: Mean) {
///         count += other.count
///         sum.add(other.sum)
///       }
///       func finished() -> Double { sum.values[0] / Double(count) }
///     }
public protocol PoolStatistic: Codable, Sendable {
  /// What a series is to the statistic.
  associatedtype Member
  /// What all members together say.
  associatedtype Finding

  /// Adds a series.
  mutating func add(_ member: Member)

  /// Adds all that were added to `other`, which began as the same empty statistic.
  mutating func combine(with other: Self)

  /// What the members that were added say.
  func finished() -> Finding
}

/// Where the members of a pool are: what a fit has its statistics filled by, round by round.
public protocol PoolMembers<Member> {
  /// What a series is to the statistics asked for.
  associatedtype Member

  /// The statistic with every member of the pool added.
  ///
  /// - Parameter empty: the statistic before any member was added.
  func gather<Statistic: PoolStatistic>(_ empty: Statistic) -> Statistic where Statistic.Member == Member
}

/// Members that are all at hand.
public struct LocalMembers<Member>: PoolMembers {
  private let members: [Member]

  /// A pool of these members.
  public init(_ members: [Member]) { self.members = members }

  /// The statistic with every member of the pool added, in one pass.
  public func gather<Statistic: PoolStatistic>(_ empty: Statistic) -> Statistic where Statistic.Member == Member {
    var statistic = empty
    for member in members { statistic.add(member) }
    return statistic
  }
}

/// Members that are all at hand, which several threads add side by side: what a statistic finds depends on which members were added
/// and on nothing else, so that it is that of ``LocalMembers``.
struct SharedMembers<Member: Sendable>: PoolMembers {
  private let members: [Member]
  private let threads: Int

  /// Fewest members that are worth a thread of their own.
  private static var grain: Int { 500 }

  /// A pool of these members, added by at most so many threads at once.
  init(_ members: [Member], threads: Int) {
    self.members = members
    self.threads = max(1, min(threads, members.count / SharedMembers.grain))
  }

  func gather<Statistic: PoolStatistic>(_ empty: Statistic) -> Statistic where Statistic.Member == Member {
    let members = members
    let parts = inParts(of: members.count, threads: threads) { range in
      var statistic = empty
      for i in range { statistic.add(members[i]) }
      return statistic
    }
    return parts.dropFirst().reduce(into: parts[0]) { $0.combine(with: $1) }
  }
}
