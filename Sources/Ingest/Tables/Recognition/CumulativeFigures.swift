import TimeSeries

/// Tells counts that are sums over a moving year, or over the year so far, from counts of single periods, and takes them
/// apart.
///
/// Sums over the last year overlap: neighbours differ by a period's count less that of a year before. Their differences are
/// far smaller than those of counts of their size could be, and correlate with those of a year before at -1/2 (of two
/// differences that share one period with opposite signs). Figures of the year so far never fall but where the year begins,
/// January or April, and do fall there. All series of a table that are long and large enough must be so.
struct CumulativeFigures {
  /// Differences that a series needs to be judged, in years.
  private static let neededYears = 3
  /// Smallest mean of a series that is judged.
  private static let neededMean = 24.0

  /// Series that are looked at before all are.
  private static let sampled = 100

  /// What a table's counts were taken for; nil for counts of single periods.
  let kind: TableNote.Cumulative?

  /// Judges the series of a table.
  init(_ series: [Series], _ frequency: Frequency) {
    let season = frequency.seasonLength
    guard frequency == .monthly || frequency == .quarterly else {
      kind = nil
      return
    }
    func isJudged(_ series: Series) -> Bool {
      series.kind == .count && series.count > CumulativeFigures.neededYears * season
        && CumulativeFigures.mean(series.values) >= CumulativeFigures.neededMean
    }
    // Of a large table a few series show that it is none of these.
    let first = Array(series.lazy.filter(isJudged).prefix(CumulativeFigures.sampled))
    guard !first.isEmpty, CumulativeFigures.mayBe(first, season) else {
      kind = nil
      return
    }
    let judged = series.filter(isJudged)
    for month in [1, 4] where judged.allSatisfy({ CumulativeFigures.isYearToDate($0, from: month, season) }) {
      kind = .yearToDate(firstMonth: month)
      return
    }
    let fits = judged.map { CumulativeFigures.overlap($0.values, season) }
    let rolling = fits.count(where: \.isOverlapping)
    let pooled = fits.reduce(0) { $0 + $1.correlation } / Double(fits.count)
    let isRolling = rolling * 10 >= judged.count * 8 && (-0.75 ... -0.2).contains(pooled)
    kind = isRolling ? .rollingYear : nil
  }

  /// Whether series may be of either kind: all of the one, or half of them of the other.
  private static func mayBe(_ series: [Series], _ season: Int) -> Bool {
    [1, 4].contains { month in series.allSatisfy { isYearToDate($0, from: month, season) } }
      || series.count { overlap($0.values, season).isOverlapping } * 2 >= series.count
  }

  private static func mean(_ values: [Double]) -> Double {
    let known = values.filter { !$0.isNaN }
    return known.isEmpty ? 0 : known.reduce(0, +) / Double(known.count)
  }

  /// Whether a series rises all through years that begin in this month, and falls where they begin, at least twice.
  private static func isYearToDate(_ series: Series, from month: Int, _ season: Int) -> Bool {
    var (falls, rises, rest) = (0, 0, 0)
    for offset in 1..<series.count {
      let (before, now) = (series.values[offset - 1], series.values[offset])
      if before.isNaN || now.isNaN { continue }
      if CumulativeFigures.begins(series.start + offset, month) {
        guard now * 2 < before else { return false }
        falls += 1
      } else {
        guard now >= before else { return false }
        if now > before { rises += 1 } else { rest += 1 }
      }
    }
    return falls >= 2 && rises > rest && rises >= 2 * (season - 1)
  }

  private static func begins(_ period: Period, _ month: Int) -> Bool { period.firstDay.month == month }

  /// Whether neighbours differ by less than half of what counts of their size would, and with no differences so much
  /// against each other as with those of a year before; and how much.
  private static func overlap(_ values: [Double], _ season: Int) -> (isOverlapping: Bool, correlation: Double) {
    let differences = zip(values.dropFirst(), values).map { $0 - $1 }
    let known = differences.filter { !$0.isNaN }
    guard !known.isEmpty else { return (false, 0) }
    let centre = known.reduce(0, +) / Double(known.count)
    let variance = known.reduce(0) { $0 + ($1 - centre) * ($1 - centre) } / Double(known.count)
    func correlation(_ lag: Int) -> Double {
      var (products, squares) = (0.0, 0.0)
      for index in differences.indices.dropFirst(lag) {
        let (a, b) = (differences[index] - centre, differences[index - lag] - centre)
        if a.isNaN || b.isNaN { continue }
        products += a * b
        squares += (a * a + b * b) / 2
      }
      return squares > 0 ? products / squares : 0
    }
    guard variance < mean(values), variance > 0 else { return (false, 0) }
    let own = correlation(season)
    // No other distance correlates so: a level that wanders has its lowest at any.
    let isLowest = own < -0.2 && (1...2 * season).allSatisfy { $0 == season || correlation($0) > own }
    return (isLowest, own)
  }

  // MARK: Taking apart

  /// A series of single periods, and how many known values of the old one have none: those before the first beginning of a
  /// year, or after a gap.
  static func apart(_ series: Series, _ kind: TableNote.Cumulative) -> (series: Series, lost: Int) {
    guard series.kind == .count else { return (series, 0) }
    let values =
      switch kind {
      case .yearToDate(let month): differences(series, month)
      case .rollingYear: rollingApart(series.values, series.start.frequency.seasonLength)
      }
    let lost = zip(series.values, values).count { !$0.isNaN && $1.isNaN }
    return (
      Series(key: series.key, start: series.start, values: values.map { $0 < 0 ? .nan : $0 }, kind: .count),
      lost + values.count { $0 < 0 }
    )
  }

  private static func differences(_ series: Series, _ month: Int) -> [Double] {
    series.values.indices.map { offset in
      let now = series.values[offset]
      if begins(series.start + offset, month) { return now }
      return offset > 0 ? now - series.values[offset - 1] : .nan
    }
  }

  /// Periods whose sums over a year are the given ones. The first year is not in them: it is taken as even as counts of
  /// nought and more allow, so that all later sums are right while what the season of that year was is lost.
  private static func rollingApart(_ sums: [Double], _ season: Int) -> [Double] {
    guard let first = sums.first, !first.isNaN else { return sums.map { _ in .nan } }
    // Each place in the year from its value in the first year: never below nought in any later one.
    var (floor, running) = ([Double](repeating: 0, count: season), [Double](repeating: 0, count: season))
    for index in sums.indices.dropFirst() {
      let difference = sums[index] - sums[index - 1]
      guard !difference.isNaN else { continue }
      let place = (index - 1) % season
      running[place] += difference
      floor[place] = max(floor[place], -running[place])
    }
    var base = floor
    // Units are given to the lowest places until the first sum is reached.
    var left = Int(first) - Int(base.reduce(0, +))
    while left > 0 {
      let lowest = base.min() ?? 0
      let places = base.indices.filter { base[$0] == lowest }
      let next = base.filter { $0 > lowest }.min()
      let step = min(next.map { Int($0 - lowest) } ?? Int.max, max(1, left / places.count))
      for place in places where left > 0 {
        let units = min(step, left)
        base[place] += Double(units)
        left -= units
      }
    }
    var values = [base[season - 1]]
    for index in sums.indices.dropFirst() {
      let earlier = index < season ? base[index - 1] : values[index - season]
      values.append(earlier + sums[index] - sums[index - 1])
    }
    return values
  }
}
