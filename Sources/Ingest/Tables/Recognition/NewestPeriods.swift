import TimeSeries

/// Finds the newest periods of a table that are not yet loaded, or in part only: every series at nought, or all of them at
/// a fraction together, against their own history.
///
/// A period is doubted if it holds less than half of the median of the year before it and of the same period a year
/// before, less than seven tenths of the smallest such share in the table's history, and if nearly every series that is
/// large enough to tell is low in it. Nothing at all where thirty are usual is doubted without the latter two.
struct NewestPeriods {
  /// Most periods that are doubted.
  private static let most = 3
  /// Least usual total that nothing at all is doubted beside; Poisson counts of that mean are nought once in 10^13 periods.
  private static let fewestUsual = 30.0
  /// Least usual value of a series that tells.
  private static let fewestOfSeries = 5.0

  /// The periods doubted, rising; at the end of the table.
  let periods: [Period]
  /// What they hold of what is usual.
  let shareOfUsual: Double

  /// Looks at the counts of a table.
  init(_ series: [Series]) {
    let counts = series.filter { $0.kind == .count && $0.count > 0 }
    guard let last = counts.map(\.end).max(), let start = counts.map(\.start).min() else {
      (periods, shareOfUsual) = ([], 1)
      return
    }
    let year = last.frequency.periodsPerYear
    // Series that ended before say nothing of the newest period; a table of days is judged by its weeks, not here.
    let current = counts.filter { $0.end == last }
    let length = last - start + 1
    guard last.frequency != .daily, current.count * 2 >= counts.count, length >= year + 2 else {
      (periods, shareOfUsual) = ([], 1)
      return
    }
    // Of a period in which nothing is known, nothing.
    var totals = [Double](repeating: .nan, count: length)
    for item in current {
      let shift = item.start - start
      for (offset, value) in item.values.enumerated() where !value.isNaN {
        totals[shift + offset] = (totals[shift + offset].isNaN ? 0 : totals[shift + offset]) + value
      }
    }
    var (found, end, lowest) = ([Period](), length - 1, 1.0)
    while found.count < NewestPeriods.most, end >= year {
      guard let share = NewestPeriods.share(totals, end, year),
        NewestPeriods.isDoubted(totals, share, end, year, current, last - (length - 1 - end))
      else { break }
      found.append(last - (length - 1 - end))
      lowest = min(lowest, share)
      end -= 1
    }
    (periods, shareOfUsual) = (found.sorted(), lowest)
  }

  /// A series with the doubted periods marked as partial.
  func marked(_ series: Series) -> Series {
    let offsets = periods.map { $0 - series.start }.filter {
      series.values.indices.contains($0) && !series.values[$0].isNaN
    }
    guard series.kind == .count, !offsets.isEmpty else { return series }
    return Series(
      key: series.key, start: series.start, values: series.values, kind: series.kind,
      denominators: series.denominators, partial: Set(series.partial + offsets).sorted())
  }

  /// The median of the known periods of the year before.
  private static func usual(_ totals: [Double], _ index: Int, _ year: Int) -> Double {
    HalfLoaded.median(totals[max(0, index - year)..<index].filter { !$0.isNaN })
  }

  /// What a period holds of what is usual; nil where that is nought, or of the period nothing is known.
  private static func share(_ totals: [Double], _ index: Int, _ year: Int) -> Double? {
    let usual = usual(totals, index, year)
    return usual > 0 && !totals[index].isNaN ? totals[index] / usual : nil
  }

  private static func isDoubted(
    _ totals: [Double], _ share: Double, _ index: Int, _ year: Int, _ series: [Series], _ period: Period
  ) -> Bool {
    if totals[index] == 0 { return usual(totals, index, year) >= fewestUsual }
    let yearBefore = totals[index - year]
    guard share < 0.5, yearBefore.isNaN || totals[index] * 2 < yearBefore else { return false }
    let history = (year..<index).compactMap { NewestPeriods.share(totals, $0, year) }
    guard history.count >= min(year, 12), share < 0.7 * (history.min() ?? 0) else { return false }
    let telling = series.compactMap { item -> Bool? in
      let offset = period - item.start
      guard offset >= year, item.values.indices.contains(offset), !item.values[offset].isNaN else { return nil }
      let median = HalfLoaded.median(item.values[(offset - year)..<offset].filter { !$0.isNaN })
      return median >= fewestOfSeries ? item.values[offset] < 0.7 * median : nil
    }
    return telling.count > 1 && telling.count(where: { $0 }) * 10 >= telling.count * 9
  }
}
