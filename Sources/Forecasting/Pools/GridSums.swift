import NumericCore

/// Sums over series, period by period, of terms that are rounded to a common grid first: sums of multiples of one number are
/// exact, so that they depend neither on the order of the terms nor on how these were divided among several sums.
///
/// The grid must be known before the first term, from a bound of the sums; `ExactSums` needs none and costs three times as
/// much a term. Of each term what the grid leaves over goes to a second, finer one: a sum is off by no more than 2^-84 of the
/// bound a term, far below the last bit of a double. (The extraction of Rump, Ogita & Oishi 2008, "Accurate floating-point
/// summation part I", SIAM Journal on Scientific Computing 31, 189-224, with its constants fixed beforehand.)
///
/// Terms are not negative, and there are no more than a million a sum.
struct GridSums: Codable, Sendable {
  /// A power of two above every sum; its last bit is the grid.
  private let coarse: Double
  private var sums: [Double]
  private var rests: [Double]

  /// - Parameters:
  ///   - count: how many sums there are.
  ///   - bound: no sum is larger.
  init(count: Int, bound: Double) {
    // A little more, for the rounding of the bound itself.
    coarse = bound > 0 ? Double(sign: .plus, exponent: (1.01 * bound).exponent + 1, significand: 1) : 0
    sums = [Double](repeating: 0, count: count)
    rests = sums
  }

  /// The sums.
  var values: [Double] { zip(sums, rests).map { $0 + $1 } }

  /// Adds `factor` times each term to the sums from `offset` on.
  mutating func add(_ terms: [Double], times factor: Double = 1, at offset: Int) {
    precondition(offset >= 0 && offset + terms.count <= sums.count, "as many terms as sums")
    let coarse = coarse
    // 2^20 times the coarse grid, and half as much for terms of either sign.
    let fine = 1.5 * 0x1p-32 * coarse
    terms.withUnsafeBytes { terms in
      sums.withUnsafeMutableBytes { sums in
        rests.withUnsafeMutableBytes { rests in
          let width = MemoryLayout<Double>.stride
          let begin = offset * width
          let fours = terms.count & ~(4 * width - 1)
          for at in stride(from: 0, to: fours, by: 4 * width) {
            let term = factor * terms.loadUnaligned(fromByteOffset: at, as: SIMD4<Double>.self)
            let main = (term + coarse) - coarse
            let rest = ((term - main) + fine) - fine
            let sum = sums.loadUnaligned(fromByteOffset: begin &+ at, as: SIMD4<Double>.self) + main
            let left = rests.loadUnaligned(fromByteOffset: begin &+ at, as: SIMD4<Double>.self) + rest
            sums.storeBytes(of: sum, toByteOffset: begin &+ at, as: SIMD4<Double>.self)
            rests.storeBytes(of: left, toByteOffset: begin &+ at, as: SIMD4<Double>.self)
          }
          for at in stride(from: fours, to: terms.count, by: width) {
            let term = factor * terms.loadUnaligned(fromByteOffset: at, as: Double.self)
            let main = (term + coarse) - coarse
            let rest = ((term - main) + fine) - fine
            let sum = sums.loadUnaligned(fromByteOffset: begin &+ at, as: Double.self) + main
            let left = rests.loadUnaligned(fromByteOffset: begin &+ at, as: Double.self) + rest
            sums.storeBytes(of: sum, toByteOffset: begin &+ at, as: Double.self)
            rests.storeBytes(of: left, toByteOffset: begin &+ at, as: Double.self)
          }
        }
      }
    }
  }

  /// Adds other sums on the same grid.
  mutating func add(_ other: GridSums) {
    precondition(other.coarse == coarse && other.sums.count == sums.count, "sums of one kind")
    for t in sums.indices {
      sums[t] += other.sums[t]
      rests[t] += other.rests[t]
    }
  }
}

/// What must be known of a pool before its sums: how many series there are, from when to when, and bounds of two sums over
/// its series that hold in every period.
struct PoolSpan: Codable, Sendable {
  /// Series.
  private(set) var members = 0
  /// Ordinals of the first and last period of any.
  private var ends: [Int] = []
  /// Season of the first period.
  private(set) var firstSeason = 0
  private var peaks = ExactSums(count: 2)

  /// Ordinal of the first period; 0 where there is none.
  var first: Int { ends.first ?? 0 }
  /// Periods from the first to the last.
  var count: Int { ends.isEmpty ? 0 : ends[1] - ends[0] + 1 }
  /// Sums over the series of what no term of theirs exceeds.
  var bounds: [Double] { peaks.values }

  /// Adds a series by the ordinal of its first period, its periods, and what none of its terms of either sum exceeds.
  mutating func add(first: Int, count: Int, season: Int = 0, peaks largest: [Double]) {
    members += 1
    peaks.add(largest)
    if count > 0 { reach(first, first + count - 1, season) }
  }

  /// Adds the series of another part.
  mutating func combine(with other: PoolSpan) {
    members += other.members
    peaks.add(other.peaks)
    if !other.ends.isEmpty { reach(other.ends[0], other.ends[1], other.firstSeason) }
  }

  private mutating func reach(_ first: Int, _ last: Int, _ season: Int) {
    if ends.isEmpty || first < ends[0] { firstSeason = season }
    ends = ends.isEmpty ? [first, last] : [min(first, ends[0]), max(last, ends[1])]
  }
}
