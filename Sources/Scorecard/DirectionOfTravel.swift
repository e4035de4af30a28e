import NumericCore
import RiskRanking
import TimeSeries

/// Where a measure is going: its last twelve months beside an earlier year, by a test.
///
/// The earlier year is the one before, unless that was broken: not typical (restrictions), or recorded in another way by nobody knows how
/// much. Then it is the next one back that was not (``yearsBack``). Up and down are said where chance explains the difference in fewer
/// than one case in a hundred (``WindowComparison/significance``, the level of the exceptions rule too); of counts by
/// ``NumericCore/TwoCounts``, of shares and values by ``PairedTest``.
public struct DirectionOfTravel: Hashable, Sendable {
  /// Which way.
  public enum Way: String, CaseIterable, Hashable, Sendable {
    case up, down
    /// Chance may explain the difference.
    case unclear = "no clear change"
    /// Nothing can be said; ``DirectionOfTravel/reason`` says why.
    case notJudged = "not judged"
  }

  /// Why there is no direction.
  public enum Reason: String, CaseIterable, Hashable, Sendable {
    /// No earlier year has half of the same months.
    case noEarlierYear = "no earlier year to compare with"
    /// Every earlier year within reach was broken.
    case brokenYears = "every earlier year within reach was not typical, or recorded in another way"
    /// Nothing to test with.
    case tooLittle = "too little to test"
  }

  /// Which way.
  public let way: Way
  /// Chance of so large a difference if nothing had changed; NaN where not judged.
  public let probability: Double
  /// The two sides; nil where not judged.
  public let comparison: WindowComparison?
  /// Why nearer years were not taken; empty where the year before was, and where not judged.
  public let skipped: Set<Skipped>
  /// Why there is none; nil where there is one.
  public let reason: Reason?

  /// Years between the two sides; nil where not judged.
  public var yearsBack: Int? { comparison?.yearsBack }

  /// Why a nearer year is not what is compared with.
  public enum Skipped: Hashable, Sendable {
    /// Half or more of its months are not known, here or there.
    case missing
    /// It was not typical, or recorded in another way.
    case broken
  }

  /// For better or worse; nil for no clear change, and where neither way is.
  public func isForTheWorse(_ polarity: Polarity) -> Bool? {
    guard way == .up || way == .down else { return nil }
    switch polarity {
    case .lowerIsBetter: return way == .up
    case .higherIsBetter: return way == .down
    case .neither: return nil
    }
  }

  /// Most years back that a comparison goes.
  public static let mostYearsBack = 4
  /// Part of a year that both sides must have.
  static let leastShare = 0.5

  /// The direction of a series, from its comparisons by years back.
  init(_ series: Series, _ comparisons: [WindowComparison]) {
    guard comparisons.contains(where: \.hasEnough) else {
      self.init(.noEarlierYear)
      return
    }
    guard let comparison = DirectionOfTravel.chosen(of: comparisons) else {
      self.init(.brokenYears)
      return
    }
    let nearer = (1..<max(1, comparison.yearsBack)).map { back in
      comparisons.first { $0.yearsBack == back && $0.hasEnough } == nil ? Skipped.missing : .broken
    }
    let p = comparison.kind == .count ? comparison.probability : PairedTest.probability(series, comparison)
    guard p.isFinite else {
      self.init(.tooLittle)
      return
    }
    let levels = comparison.comparedLevels
    let isClear = p < WindowComparison.significance && levels.later != levels.earlier
    self.init(
      way: isClear ? (levels.later > levels.earlier ? .up : .down) : .unclear, probability: p,
      comparison: comparison, skipped: Set(nearer), reason: nil)
  }

  /// The nearest of some years that has enough months and was not broken: the one rule by which an earlier year is chosen.
  static func chosen(of comparisons: [WindowComparison]) -> WindowComparison? {
    comparisons.first { $0.hasEnough && !$0.isBroken }
  }

  private init(_ reason: Reason) {
    self.init(way: .notJudged, probability: .nan, comparison: nil, skipped: [], reason: reason)
  }

  private init(way: Way, probability: Double, comparison: WindowComparison?, skipped: Set<Skipped>, reason: Reason?) {
    (self.way, self.probability, self.comparison) = (way, probability, comparison)
    (self.skipped, self.reason) = (skipped, reason)
  }
}

extension WindowComparison {
  /// Whether both sides have enough of a year for a direction.
  var hasEnough: Bool {
    Double(periods.count) >= DirectionOfTravel.leastShare * Double(window.lowerBound.frequency.periodsPerYear)
  }

  /// Whether the two sides cannot be read side by side: one was not typical, or recorded in another way by nobody knows how much.
  public var isBroken: Bool { !untypical.isEmpty || (!isLikeForLike && later.comparable == nil) }

  /// The levels that are compared: like for like where the recording changed and by how much is known.
  public var comparedLevels: (later: Double, earlier: Double) {
    (later.comparable ?? later.recorded, earlier.comparable ?? earlier.recorded)
  }
}

/// Tests of shares and values over the same months of two years.
enum PairedTest {
  /// Two-sided chance of so large a difference if nothing had changed; NaN for what cannot be tested.
  ///
  /// - Shares: the Cochran-Mantel-Haenszel statistic over the months (Mantel and Haenszel 1959, *J. Natl. Cancer Inst.* 22, 719-748),
  ///   once as it is and once with the scatter of the months about it in its variance and Student's t; the larger of the two p-values.
  /// - Values: Student's t of the months' differences.
  static func probability(_ series: Series, _ comparison: WindowComparison) -> Double {
    let back = comparison.yearsBack * series.start.frequency.periodsPerYear
    switch comparison.kind {
    case .count: return .nan
    case .value:
      let differences = comparison.periods.map { (series[$0] ?? .nan) - (series[$0 - back] ?? .nan) }
      return ofDifferences(differences)
    case .proportion:
      guard let tops = series.numerators, let wholes = series.denominators else { return .nan }
      let pairs = comparison.periods.map { period -> (a: Double, n: Double, b: Double, m: Double) in
        let (i, j) = (period - series.start, period - back - series.start)
        return (tops[i], wholes[i], tops[j], wholes[j])
      }
      return ofShares(pairs)
    }
  }

  /// Student's t of differences.
  static func ofDifferences(_ differences: [Double]) -> Double {
    let n = Double(differences.count)
    guard n > 2 else { return .nan }
    let mean = differences.reduce(0, +) / n
    let variance = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
    guard variance > 0 else { return mean == 0 ? 1 : .nan }
    let t = mean.magnitude / (variance / n).squareRoot()
    return min(1, 2 * StudentT.tails(t, degreesOfFreedom: n - 1).upper)
  }

  /// What the months' tables say of a common difference: of each its part and variance.
  private static func parts(
    _ tables: [(a: Double, n: Double, b: Double, m: Double)]
  ) -> [(difference: Double, variance: Double)] {
    tables.compactMap { table in
      let (total, hits) = (table.n + table.m, table.a + table.b)
      guard table.n > 0, table.m > 0, total > 1 else { return nil }
      let variance = table.n * table.m * hits * (total - hits) / (total * total * (total - 1))
      return variance > 0 ? (table.a - table.n * hits / total, variance) : nil
    }
  }

  /// The Mantel-Haenszel test of tables, `a` of `n` beside `b` of `m`, without a correction; NaN of none, 1 where nothing varies.
  static func mantelHaenszel(_ tables: [(a: Double, n: Double, b: Double, m: Double)]) -> Double {
    let parts = parts(tables)
    let (difference, variance) = (parts.reduce(0) { $0 + $1.difference }, parts.reduce(0) { $0 + $1.variance })
    guard variance > 0 else { return tables.isEmpty ? .nan : 1 }
    return min(1, 2 * Normal.cdf(-difference.magnitude / variance.squareRoot()))
  }

  /// The same with the months' own scatter, where that is more.
  static func ofShares(_ tables: [(a: Double, n: Double, b: Double, m: Double)]) -> Double {
    let plain = mantelHaenszel(tables)
    let parts = parts(tables)
    guard parts.count > 1 else { return plain }
    let (difference, variance) = (parts.reduce(0) { $0 + $1.difference }, parts.reduce(0) { $0 + $1.variance })
    let common = difference / variance
    let freedom = Double(parts.count - 1)
    let scatter =
      parts.reduce(0) { sum, part in
        let rest = part.difference - common * part.variance
        return sum + rest * rest / part.variance
      } / freedom
    guard scatter > 0 else { return plain }
    let t = difference.magnitude / (scatter * variance).squareRoot()
    return min(1, max(plain, 2 * StudentT.tails(t, degreesOfFreedom: freedom).upper))
  }
}
