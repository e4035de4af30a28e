import NumericCore
import TimeSeries

/// How the yearly totals of a measure's areas changed, year on year: what a ``MeasureShock`` is learnt from.
///
/// Years are counted back from the last period of the pool. A change is the log ratio of two totals over the periods of the
/// year that both have; one beyond a factor of e either way is an area's own upheaval and counts as that factor. Areas with
/// few events a year say nothing of a common part and are left out.
struct MeasureChanges: PoolStatistic {
  /// A year's changes: their mean over the areas, and the variance of that mean if areas had nothing in common.
  struct Year: Hashable, Sendable {
    let mean: Double
    let variance: Double
  }

  /// Ordinal of the last period of the pool.
  private let last: Int
  /// Areas by year, newest first, and sums of their changes and squared changes.
  private var areas = [Int](repeating: 0, count: mostYears)
  private var sums = ExactSums(count: 2 * mostYears)

  /// Events a year that an area needs on average.
  static let leastEvents = 30.0
  /// Areas that a year needs.
  static let leastAreas = 3
  /// Share of a year's periods that both totals must have.
  static let leastShare = 0.75
  /// Largest change that counts as such.
  static let largest = 1.0
  /// Changes back from the end that are looked at.
  private static let mostYears = 40

  /// No changes yet, of a pool that ends with the period of this ordinal.
  init(last: Int) { self.last = last }

  mutating func add(_ series: Series) {
    let year = series.start.frequency.periodsPerYear
    guard series.observedMean * Double(year) >= MeasureChanges.leastEvents else { return }
    let end = last - series.start.ordinal
    for back in 0..<MeasureChanges.mostYears {
      let first = end + 1 - (back + 2) * year
      guard first + year > 0 else { break }
      var totals = (before: 0.0, after: 0.0)
      var matched = 0
      for t in first..<first + year where series.values.indices.contains(t) && series.values.indices.contains(t + year)
      {
        let (before, after) = (series.values[t], series.values[t + year])
        guard before.isFinite, after.isFinite else { continue }
        totals.before += before
        totals.after += after
        matched += 1
      }
      guard Double(matched) >= MeasureChanges.leastShare * Double(year) else { continue }
      let change = logarithm((totals.after + 0.5) / (totals.before + 0.5))
      let bounded = min(max(change, -MeasureChanges.largest), MeasureChanges.largest)
      areas[back] += 1
      sums.add([bounded, bounded * bounded], at: 2 * back)
    }
  }

  mutating func combine(with other: MeasureChanges) {
    for back in areas.indices { areas[back] += other.areas[back] }
    sums.add(other.sums)
  }

  /// Years with enough areas, newest first.
  func finished() -> [Year] {
    let sums = sums.values
    return areas.indices.filter { areas[$0] >= MeasureChanges.leastAreas }.map { back in
      let n = Double(areas[back])
      let mean = sums[2 * back] / n
      let scatter = max(0, sums[2 * back + 1] - n * mean * mean) / (n - 1)
      return Year(mean: mean, variance: max(scatter / n, 1e-8))
    }
  }
}
