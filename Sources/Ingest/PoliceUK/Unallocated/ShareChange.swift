import NumericCore

/// Finds where a share changed its level: a share of rows by month, of which each month is one observation however many
/// rows it has, because months differ by more than chance.
///
/// Shares are transformed by Anscombe's arcsine (Biometrika 35, 1948), which makes their variance about 1 / (n + ½). The
/// means of the two sides of a division of the months are compared by a *t* test, maximally selected (Hawkins, JASA 72,
/// 1977) over the divisions of intervals of every length, so that a level that was left and came back to is found too
/// (seeded intervals: Kovács et al., Biometrika 110, 2023). Of the intervals that hold a change the shortest is taken
/// (narrowest over threshold: Baranowski et al., JRSS B 81, 2019), and what lies on either side is searched again.
/// Bonferroni's inequality over all divisions of all intervals holds the probability of finding any change in a series
/// that has none at ``level``.
///
/// Each side is winsorised about its median before: a single bad month, whatever it holds, moves neither mean nor spread by
/// much. The spread is not less than chance alone gives, and is widened for months that resemble the one before (the
/// effective sample size of Bayley & Hammersley, 1946). A change that matters to nobody is none: the level must move by
/// ``smallest`` at least.
struct ShareChange {
  /// A division of the months.
  struct Division: Equatable {
    /// Position of the first month after it.
    let at: Int
    /// Levels of the months up to the division before and after, as shares.
    let before: Double
    let after: Double
    /// The *t* of their difference, positive for a rise, and the degrees of freedom.
    let statistic: Double
    /// Probability of one so distinct, among all that were looked at, if nothing changed; a bound.
    let probability: Double
  }

  /// Probability of finding a change in a series that has none.
  static let level = 0.001
  /// Least change of the share that is one.
  static let smallest = 0.02
  /// Fewest months on either side: of a series of few months, and of one of ``many``, which can wait for another.
  static let fewest = 3
  static let fewestOfMany = 4
  static let many = 24
  /// Months either side of a division among which it is dated.
  static let near = 3
  /// Winsorising limit in robust standard deviations.
  static let limit = 2.5
  /// Greatest correlation of neighbouring months that is allowed for.
  static let strongest = 0.8

  /// Transformed shares and their variances by chance.
  private let values: [Double]
  private let variances: [Double]

  /// Counts of a run of months, in order; every total is at least 1.
  init(counts: [Int], totals: [Int]) {
    values = zip(counts, totals).map { ShareChange.transformed(Double($0), Double($1)) }
    variances = totals.map { 1 / (Double($0) + 0.5) }
  }

  private static func transformed(_ count: Double, _ total: Double) -> Double {
    2 * arctangent(((count + 0.375) / (total - count + 0.375)).squareRoot())
  }

  private static func share(_ value: Double) -> Double {
    let half = sine(min(max(value, 0), Double.pi) / 2)
    return half * half
  }

  /// Every division found, in order.
  func divisions() -> [Division] {
    let intervals = intervals
    let tests = intervals.reduce(0) { $0 + divisions(of: $1).count }
    var found: [Int] = []
    search(intervals.filter(isWorthSearching), 0..<values.count, tests, &found)
    found.sort()
    // Each is dated and judged once more between its neighbours: one that they explain goes.
    var kept: [Division] = []
    var start = 0
    for index in found.indices {
      let end = index + 1 < found.count ? found[index + 1] : values.count
      guard let at = best(start..<end, tests: tests).map({ dated($0.at, in: start..<end) }),
        let division = division(at, of: start..<end, tests: tests), ShareChange.matters(division)
      else { continue }
      kept.append(division)
      start = division.at
    }
    return kept
  }

  private static func matters(_ division: Division) -> Bool {
    division.probability <= level && abs(division.after - division.before) >= smallest
  }

  /// Runs of months of every length, each by a factor of √2 shorter than the last and every run half over the next.
  private var intervals: [Range<Int>] {
    var intervals: [Range<Int>] = []
    var length = values.count
    while length >= 2 * fewest {
      let step = max(1, length / 2)
      var start = 0
      while start + length < values.count {
        intervals.append(start..<(start + length))
        start += step
      }
      intervals.append((values.count - length)..<values.count)
      length = min(length - 1, Int(Double(length) / 2.0.squareRoot()))
    }
    return intervals
  }

  /// Fewest months on either side of a division: two bad months in a row are then never most of a side.
  private var fewest: Int { values.count >= ShareChange.many ? ShareChange.fewestOfMany : ShareChange.fewest }

  /// Where a run of months may be divided.
  private func divisions(of interval: Range<Int>) -> Range<Int> {
    (interval.lowerBound + fewest)..<max(interval.lowerBound + fewest, interval.upperBound - fewest + 1)
  }

  /// Whether medians of three neighbours differ at all by half of what matters: most intervals of most series do not.
  private func isWorthSearching(_ interval: Range<Int>) -> Bool {
    let middles = interval.dropFirst().dropLast().map {
      HalfLoaded.median([values[$0 - 1], values[$0], values[$0 + 1]])
    }
    guard let low = middles.min(), let high = middles.max() else { return false }
    return ShareChange.share(high) - ShareChange.share(low) >= ShareChange.smallest / 2
  }

  private func search(_ intervals: [Range<Int>], _ range: Range<Int>, _ tests: Int, _ found: inout [Int]) {
    var best: (division: Division, length: Int)?
    for interval in intervals {
      if let best, interval.count > best.length { continue }
      guard let division = self.best(interval, tests: tests), ShareChange.matters(division) else { continue }
      let isBetter = best.map {
        interval.count < $0.length || abs(division.statistic) > abs($0.division.statistic)
      }
      if isBetter ?? true { best = (division, interval.count) }
    }
    guard let at = best?.division.at else { return }
    found.append(at)
    for side in [range.lowerBound..<at, at..<range.upperBound] {
      search(
        intervals.filter { side.lowerBound <= $0.lowerBound && $0.upperBound <= side.upperBound }, side, tests, &found)
    }
  }

  /// The most distinct division of a run of months; nil if it is too short for one.
  private func best(_ interval: Range<Int>, tests: Int) -> Division? {
    var best: Division?
    for at in divisions(of: interval) {
      guard let division = division(at, of: interval, tests: tests) else { continue }
      if best.map({ abs(division.statistic) > abs($0.statistic) }) ?? true { best = division }
    }
    return best
  }

  /// The month near a division at which both sides lie closest to their medians. Drawing months in, as the comparison does,
  /// lets one month of the one side pass for a bad month of the other.
  private func dated(_ at: Int, in range: Range<Int>) -> Int {
    let near = divisions(of: range).clamped(to: (at - ShareChange.near)..<(at + ShareChange.near + 1))
    func distance(_ at: Int) -> Double {
      [range.lowerBound..<at, at..<range.upperBound].reduce(0) { sum, side in
        let centre = HalfLoaded.median(Array(values[side]))
        return side.reduce(sum) { $0 + abs(values[$1] - centre) }
      }
    }
    return near.min { distance($0) < distance($1) } ?? at
  }

  /// The comparison of the months of a run before and after a division; nil where one side is empty.
  ///
  /// - Parameter tests: among how many such comparisons it was chosen.
  func division(_ at: Int, of range: Range<Int>, tests: Int) -> Division? {
    guard range.lowerBound < at, at < range.upperBound, range.count > 2 else { return nil }
    let sides = [range.lowerBound..<at, at..<range.upperBound].map(winsorised)
    let means = sides.map { $0.reduce(0, +) / Double($0.count) }
    let residuals = zip(sides, means).map { side, mean in side.map { $0 - mean } }
    let freedom = Double(range.count - 2)
    let chance = range.reduce(0) { $0 + variances[$1] } / Double(range.count)
    let squares = residuals.joined().reduce(0) { $0 + $1 * $1 }
    // Winsorised values vary less than those that they stand for.
    let variance = max(squares / freedom * ShareChange.inflation, chance)
    let widened = variance * ShareChange.widening(residuals)
    let error = (widened * (1 / Double(sides[0].count) + 1 / Double(sides[1].count))).squareRoot()
    let statistic = (means[1] - means[0]) / error
    let tails = StudentT.tails(abs(statistic), degreesOfFreedom: freedom)
    return Division(
      at: at, before: ShareChange.share(means[0]), after: ShareChange.share(means[1]), statistic: statistic,
      probability: min(1, Double(tests) * 2 * tails.upper))
  }

  /// The variance of a normal variate over that of the same winsorised at ``limit`` deviations.
  private static let inflation = 1.06

  /// The months of one side, those far from its median drawn in to the limit.
  private func winsorised(_ range: Range<Int>) -> [Double] {
    let own = Array(values[range])
    let centre = HalfLoaded.median(own)
    let spread = 1.4826 * HalfLoaded.median(own.map { abs($0 - centre) })
    let chance = (range.reduce(0) { $0 + variances[$1] } / Double(range.count)).squareRoot()
    let reach = ShareChange.limit * max(spread, chance)
    return own.map { min(max($0, centre - reach), centre + reach) }
  }

  /// By how much the variance of a mean is larger because months resemble their neighbours.
  private static func widening(_ residuals: [[Double]]) -> Double {
    let squares = residuals.joined().reduce(0) { $0 + $1 * $1 }
    guard squares > 0 else { return 1 }
    let products = residuals.reduce(0) { sum, side in
      sum + zip(side, side.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
    }
    // Residuals of a fitted mean look less alike than they are, by about one part in the length of their side.
    let length = Double(residuals.map(\.count).reduce(0, +)) / Double(residuals.count)
    let correlation = min(max(products / squares + 1 / length, 0), strongest)
    return (1 + correlation) / (1 - correlation)
  }
}
