import NumericCore
import TimeSeries

/// A single count far out of line with those beside it: a keying error, a month's records entered at once, one night's event.
public struct IsolatedOutlier: Hashable, Sendable {
  /// Its period.
  public let period: Period
  /// What was counted.
  public let counted: Double
  /// What the periods around it, and its season in other years, make typical.
  public let typical: Double
  /// What it is learnt from as: nil where the count after it was back among the others (it is then missing to every model), the
  /// bound where it is the newest and nobody can tell yet.
  public let held: Double?

  /// A count out of line.
  public init(period: Period, counted: Double, typical: Double, held: Double?) {
    self.period = period
    self.counted = counted
    self.typical = typical
    self.held = held
  }
}

/// Finds counts that nothing should be learnt from: no season, no level, no dispersion.
///
/// A count is one if its square root (Anscombe 1948, Biometrika 35, 246-254: counts under it vary alike) lies more than
/// ``bound`` standard deviations from that of the median of its neighbours times what its season was beside its own neighbours in
/// other years, and the counts just before and after it lie within half of that. What is high every year is season, and so is what
/// was out of line in the same way a year before or a year after: a season can be new. What stays for two periods is a level and is
/// learnt. The standard deviation is that of differences from period to period, by their median
/// (Hampel 1974, JASA 69, 383-393), at least that of Poisson counts.
///
/// Of the counts of New South Wales before 2012 (mean of 3 a month or more) that lie so far out alone, a seventh to a quarter of the
/// excess is left in the three months after; of those that stay for a second month two thirds. One newest count out of line is
/// therefore held at the bound, where a model follows it as far as that.
struct IsolatedOutliers: Sendable {
  /// Standard deviations that a count must be away.
  static let bound = 5.0
  /// Neighbours on each side.
  static let reach = 6
  /// A count, or what is typical of it, is at least so large: among less nothing is a keying error.
  static let leastCount = 20.0
  /// Observations below which nothing is said.
  static let leastObserved = 2 * reach + 1

  private let roots: [Double]
  private let counts: [Double]
  private let year: Int
  private let deviation: Double

  /// - Parameters:
  ///   - counts: NaN where missing.
  ///   - end: nothing from this offset on is looked at.
  ///   - settled: the deviation is that of counts before this offset; of all that are looked at unless given.
  ///   - year: periods in a cycle; 1 for none.
  /// - Returns: nil where no count stands alone, or there are too few to say.
  init?(_ counts: [Double], before end: Int? = nil, settled: Int? = nil, year: Int) {
    let end = min(counts.count, max(0, end ?? counts.count))
    // Of a count that is typical or far out one at least is so large.
    guard counts.prefix(end).contains(where: { $0 >= IsolatedOutliers.leastCount }) else { return nil }
    self.counts = counts
    self.year = year
    roots = counts.prefix(end).map { $0.isFinite ? ($0 + 0.375).squareRoot() : .nan }
    // Half the bound of a Poisson count's deviation, 1/2, is the least that a count away from its neighbours is from either.
    guard IsolatedOutliers.hasPeak(roots, 0.25 * IsolatedOutliers.bound, settled: settled ?? end) else { return nil }
    var jumps: [Double] = []
    jumps.reserveCapacity(end)
    var last = Double.nan
    for (t, root) in roots.enumerated() where !root.isNaN {
      if !last.isNaN, t < settled ?? end { jumps.append(abs(root - last)) }
      last = root
    }
    guard jumps.count + 1 >= IsolatedOutliers.leastObserved else { return nil }
    deviation = max(0.5, 1.4826 * selected(jumps.count / 2, of: &jumps) / 2.0.squareRoot())
  }

  /// Whether any root is further than this from both neighbours on one side, or the last from the one before it; from the
  /// offset on of those that are settled, where each was the last once, whether any is so far from the one before it. Most series have
  /// none, and the rest need not be worked out.
  private static func hasPeak(_ roots: [Double], _ least: Double, settled: Int) -> Bool {
    var rise = Double.nan
    var last = Double.nan
    for (t, root) in roots.enumerated() where !root.isNaN {
      let next = root - last
      if t >= settled - 1 && abs(next) > least { return true }
      if rise > least && next < -least || rise < -least && next > least { return true }
      if !next.isNaN { rise = next }
      last = root
    }
    return abs(rise) > least
  }

  /// Those in a range of offsets, as what was before an offset tells.
  ///
  /// - Parameters:
  ///   - range: offsets within the counts.
  ///   - end: nothing from this offset on is looked at; all that was given unless it is.
  func found(in range: Range<Int>, before end: Int? = nil) -> [(offset: Int, typical: Double, held: Double?)] {
    let end = min(end ?? roots.count, roots.count)
    var found: [(offset: Int, typical: Double, held: Double?)] = []
    for t in range.clamped(to: 0..<end) where !roots[t].isNaN {
      if let one = outlier(at: t, before: end) { found.append((t, one.typical, one.held)) }
    }
    return found
  }

  private func outlier(at t: Int, before end: Int) -> (typical: Double, held: Double?)? {
    guard let previous = roots[..<t].lastIndex(where: { !$0.isNaN }) else { return nil }
    let next = roots[(t + 1)..<end].firstIndex { !$0.isNaN }
    let side = roots[t] > roots[previous] ? 1.0 : -1
    let half = 0.5 * IsolatedOutliers.bound * deviation
    guard side * (roots[t] - roots[previous]) > half, next.map({ side * (roots[t] - roots[$0]) > half }) ?? true
    else { return nil }
    let margin = IsolatedOutliers.bound * deviation
    // A season only brings what is typical nearer to the count.
    guard let middle = middle(around: t, before: end), side * (roots[t] - (middle + 0.375).squareRoot()) > margin,
      let season = season(of: t, side, before: end)
    else { return nil }
    let typical = middle * (side > 0 ? max(1, season) : min(1, season))
    guard max(counts[t], typical) >= IsolatedOutliers.leastCount else { return nil }
    let root = (typical + 0.375).squareRoot()
    guard side * (roots[t] - root) > margin, side * (roots[previous] - root) < half,
      next.map({ side * (roots[$0] - root) < half }) ?? true
    else { return nil }
    if next != nil { return (typical, nil) }
    let edge = max(0, root + side * margin)
    return (typical, max(0, (edge * edge - 0.375).rounded()))
  }

  /// Median of the counts around one, without it.
  private func middle(around t: Int, before end: Int) -> Double? {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * IsolatedOutliers.reach) { beside in
      var known = 0
      for i in max(0, t - IsolatedOutliers.reach)..<min(end, t + IsolatedOutliers.reach + 1) where i != t {
        guard counts[i].isFinite else { continue }
        // Into its place among those before: so few are sorted sooner than a general sort has begun.
        var place = known
        while place > 0, beside[place - 1] > counts[i] {
          beside[place] = beside[place - 1]
          place -= 1
        }
        beside[place] = counts[i]
        known += 1
      }
      guard known >= IsolatedOutliers.reach / 2 else { return nil }
      return 0.5 * (beside[known / 2] + beside[(known - 1) / 2])
    }
  }

  /// How the season of a count was beside its neighbours in other years: the median of them, or that of the year before or after if it
  /// too was out of line there, on the same side; nil where no other year has it: then it may be the season.
  private func season(of t: Int, _ side: Double, before end: Int) -> Double? {
    guard year > 1 else { return 1 }
    var ratios: [Double] = []
    var recurring: [Double] = []
    let half = 0.5 * IsolatedOutliers.bound * deviation
    // A feast that moves is a week earlier or later.
    let slack = year > 13 ? 1 : 0
    for center in stride(from: t % year, to: end, by: year) where center != t {
      var highest: Double?
      for other in max(0, center - slack)..<min(end, center + slack + 1) {
        guard other != t, counts[other].isFinite, let middle = middle(around: other, before: end), middle > 0 else {
          continue
        }
        highest = max(highest ?? 0, counts[other] / middle)
        if abs(center - t) == year, side * (roots[other] - (middle + 0.375).squareRoot()) > half {
          recurring.append(counts[other] / middle)
        }
      }
      if let highest { ratios.append(highest) }
    }
    guard !ratios.isEmpty else { return nil }
    ratios.sort()
    let median = 0.5 * (ratios[ratios.count / 2] + ratios[(ratios.count - 1) / 2])
    return side > 0 ? max(median, recurring.max() ?? 0) : min(median, recurring.min() ?? .infinity)
  }
}

/// A count series without what nothing should be learnt from (``IsolatedOutliers``), and what that was; of values and proportions
/// nothing is taken out.
func withoutIsolatedOutliers(_ series: Series) -> (series: Series, outliers: [IsolatedOutlier]) {
  guard series.kind == .count, series.lowestPossible == 0,
    let screen = IsolatedOutliers(series.values, year: series.start.frequency.seasonLength)
  else { return (series, []) }
  let found = screen.found(in: 0..<series.count)
  if found.isEmpty { return (series, []) }
  var values = series.values
  for one in found { values[one.offset] = one.held ?? .nan }
  let outliers = found.map { one in
    IsolatedOutlier(
      period: series.start + one.offset, counted: series.values[one.offset], typical: one.typical, held: one.held)
  }
  return (series.replacing(values: values), outliers)
}
