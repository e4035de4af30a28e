import TimeSeries

/// Tells counts that are sums over a moving year, or over the year so far, from counts of single periods, and takes them
/// apart.
///
/// Sums over the last year overlap: neighbours differ by a period's count less that of a year before. Their differences are
/// far smaller than those of counts of their size could be, and correlate with those of a year before at -1/2 (of two
/// differences that share one period with opposite signs). Figures of the year so far never fall but where the year begins,
/// in whatever month, and do fall there. The series of a measure that are long and large enough must be so: a table may hold
/// a measure of single months beside one of sums. The year in sums over the last is looked for over all measures that move so
/// little; measures too small to be judged are what all judged ones are, if those agree.
struct CumulativeFigures {
  /// Differences that a series needs to be judged, in years.
  private static let neededYears = 3
  /// Smallest mean of a series that is judged.
  private static let neededMean = 24.0

  /// Series of a measure that are looked at before all are.
  private static let sampled = 20

  /// What each measure's counts were taken for; none of those of single periods. The measure of tables without is blank.
  let kinds: [String: TableNote.Cumulative]
  /// Measures beside them that are too small to be judged and were taken for counts of single periods, in order.
  let unjudged: [String]

  /// Judges the counts of a table.
  init(_ series: [Series], _ frequency: Frequency) {
    guard frequency == .monthly || frequency == .quarterly else {
      (kinds, unjudged) = ([:], [])
      return
    }
    var order: [String] = []
    var groups: [String: [Int]] = [:]
    for (index, item) in series.enumerated() where item.kind == .count {
      let measure = item.key.measure ?? ""
      if groups[measure] == nil { order.append(measure) }
      groups[measure, default: []].append(index)
    }
    var (found, single, small): ([String: TableNote.Cumulative], Int, [String]) = ([:], 0, [])
    var smooth: [(measure: String, series: [Series])] = []
    for measure in order {
      switch CumulativeFigures.verdict(groups[measure] ?? [], series, frequency.seasonLength) {
      case .notJudged: small.append(measure)
      case .single: single += 1
      case .yearToDate(let month): found[measure] = .yearToDate(firstMonth: month)
      case .smooth(let members): smooth.append((measure, members))
      }
    }
    // Measures that hardly move from period to period are of one kind: few series of one show a year between them, all do.
    if CumulativeFigures.overlap(smooth.flatMap(\.series), frequency.seasonLength) {
      for (measure, _) in smooth { found[measure] = .rollingYear }
    } else {
      single += smooth.count
    }
    let agreed = Set(found.values)
    if single == 0, let kind = agreed.first, agreed.count == 1 {
      for measure in small { found[measure] = kind }
      small = []
    }
    (kinds, unjudged) = (found, found.isEmpty ? [] : small)
  }

  /// What the series of one measure look like.
  private enum Verdict {
    case notJudged, single
    case yearToDate(firstMonth: Int)
    /// They move less from period to period than counts of their size could.
    case smooth([Series])
  }

  private static func verdict(_ indices: [Int], _ series: [Series], _ season: Int) -> Verdict {
    func isJudged(_ index: Int) -> Bool {
      series[index].count > neededYears * season && mean(series[index].values) >= neededMean
    }
    // A few series show of most measures that they are none of these.
    let first = indices.lazy.filter(isJudged).prefix(sampled).map { series[$0] }
    guard !first.isEmpty else { return .notJudged }
    let months = (1...12).filter { month in first.allSatisfy { isYearToDate($0, from: month, season) } }
    guard !months.isEmpty || first.count(where: isSmooth) * 2 >= first.count else { return .single }
    let judged = indices.filter(isJudged).map { series[$0] }
    for month in months where judged.allSatisfy({ isYearToDate($0, from: month, season) }) {
      return .yearToDate(firstMonth: month)
    }
    return judged.count(where: isSmooth) * 10 >= judged.count * 8 ? .smooth(judged) : .single
  }

  private static func mean(_ values: [Double]) -> Double {
    var (sum, known) = (0.0, 0)
    for value in values where !value.isNaN {
      sum += value
      known += 1
    }
    return known == 0 ? 0 : sum / Double(known)
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

  private static func differences(_ values: [Double]) -> [Double] { zip(values.dropFirst(), values).map { $0 - $1 } }

  /// Whether neighbours differ by less than half of what counts of their size would.
  private static func isSmooth(_ series: Series) -> Bool {
    let known = differences(series.values).filter { !$0.isNaN }
    guard !known.isEmpty else { return false }
    let centre = known.reduce(0, +) / Double(known.count)
    let variance = known.reduce(0) { $0 + ($1 - centre) * ($1 - centre) } / Double(known.count)
    return variance > 0 && variance < mean(series.values)
  }

  /// Whether differences of neighbours, over all series, are against those of a year before as sums over a year are, and
  /// against those of no other distance so much: a level that wanders has its lowest at any.
  private static func overlap(_ series: [Series], _ season: Int) -> Bool {
    guard !series.isEmpty else { return false }
    var sums = [Double](repeating: 0, count: 2 * season + 1)
    for one in series {
      let differences = differences(one.values)
      let known = differences.filter { !$0.isNaN }
      let centre = known.reduce(0, +) / Double(max(1, known.count))
      for lag in 1...2 * season {
        var (products, squares) = (0.0, 0.0)
        for index in differences.indices.dropFirst(lag) {
          let (a, b) = (differences[index] - centre, differences[index - lag] - centre)
          if a.isNaN || b.isNaN { continue }
          products += a * b
          squares += (a * a + b * b) / 2
        }
        sums[lag] += squares > 0 ? products / squares : 0
      }
    }
    let own = sums[season] / Double(series.count)
    return (-0.75 ... -0.2).contains(own) && (1...2 * season).allSatisfy { $0 == season || sums[$0] > sums[season] }
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
  /// nought and more allow, so that all later sums are right while what the season of that year was is lost. What a gap
  /// in the sums held is known together only: its periods and the one behind it are missing, and later years go on from
  /// their even share.
  private static func rollingApart(_ known: [Double], _ season: Int) -> [Double] {
    guard let first = known.first, !first.isNaN else { return known.map { _ in .nan } }
    let (sums, isOpen) = bridged(known)
    // Each place in the year from its value in the first year: never below nought in any later one.
    var (floor, running) = ([Double](repeating: 0, count: season), [Double](repeating: 0, count: season))
    for index in sums.indices.dropFirst() {
      let place = (index - 1) % season
      running[place] += sums[index] - sums[index - 1]
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
    return zip(values, isOpen).map { $1 ? .nan : $0 } + [Double](repeating: .nan, count: known.count - sums.count)
  }

  /// The sums up to the last known one with gaps filled by whole numbers on a line, and for each whether what it says of
  /// its period rests on that.
  private static func bridged(_ known: [Double]) -> (sums: [Double], isOpen: [Bool]) {
    var sums = Array(known[...(known.lastIndex { !$0.isNaN } ?? 0)])
    var isOpen = sums.map(\.isNaN)
    var last = 0
    for index in sums.indices where !known[index].isNaN {
      let gap = index - last
      if gap > 1 {
        for step in 1..<gap {
          sums[last + step] = (sums[last] + (sums[index] - sums[last]) * Double(step) / Double(gap)).rounded()
        }
        isOpen[index] = true
      }
      last = index
    }
    return (sums, isOpen)
  }
}
