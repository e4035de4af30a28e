import TimeSeries

/// A count series as the counts model reads it; never changed, and shared by what is fitted to it.
final class CountHistory: Sendable {
  /// The series (windows of interventions already missing).
  let series: Series
  /// Counts; NaN where missing.
  let values: [Double]
  /// Exposure of each period: days / (365.25 / 12) for months, 1 otherwise.
  let exposure: [Double]
  /// Season of the first period.
  let firstSeason: Int
  /// Periods in a cycle; 1 for none.
  let seasonLength: Int
  /// Periods observed.
  let observed: Int

  init(_ series: Series) {
    self.series = series
    values = series.values.map { $0.isFinite ? $0 : .nan }
    exposure = CountHistory.exposures(from: series.start, count: series.count)
    seasonLength = series.start.frequency.seasonLength
    firstSeason = series.start.seasonIndex
    observed = values.reduce(0) { $0 + ($1.isNaN ? 0 : 1) }
  }

  /// Season x exposure of each period.
  func scale(season: [Double]) -> [Double] {
    var scale = exposure
    var index = firstSeason
    for t in scale.indices {
      scale[t] *= max(season[index], 1e-3)
      index = index + 1 == season.count ? 0 : index + 1
    }
    return scale
  }

  /// Exposure of `count` periods from `start`.
  static func exposures(from start: Period, count: Int) -> [Double] {
    guard start.frequency == .monthly else { return [Double](repeating: 1, count: max(0, count)) }
    let first = start.ordinal - firstMonth.ordinal
    if first >= 0, count >= 0, first + count <= months.count { return Array(months[first..<first + count]) }
    return (0..<max(0, count)).map { month(start + $0) }
  }

  private static func month(_ period: Period) -> Double { Double(period.days) / (365.25 / 12) }
  private static let firstMonth = Period.month(1950, 1)
  /// Exposures of the months of 150 years: dates take longer to work out than to look up.
  private static let months = (0..<1800).map { month(firstMonth + $0) }

  /// Bands of size: below 2 events a period, below 12, and above.
  static let bandCount = 3

  /// The band of the mean count.
  var band: Int {
    let events = values.reduce(0) { $0 + ($1.isNaN ? 0 : $1) }
    let mean = events / Double(max(1, observed))
    return mean < 2 ? 0 : mean < 12 ? 1 : 2
  }

  /// Whether there are two full cycles and at least 24 observations (two cycles of a shorter season) to learn from.
  var isShort: Bool { observed < 2 * seasonLength || observed < min(24, 2 * max(12, seasonLength)) }
}
