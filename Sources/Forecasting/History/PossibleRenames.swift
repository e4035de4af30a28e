import TimeSeries

extension PossibleRename {
  /// How far levels may differ, as a factor, and be about the same.
  static let mostRatio = 1.5
  /// Observed zeros of the old one that are enough to propose it.
  static let leastZeros = 3

  /// The pairs of measures of a panel of which one ended (``Lifespan``) in the period before the other began, or in the same, in
  /// most of the areas where either did anything of the kind, and at about the same level over those areas. Each measure is in one
  /// pair as old and in one as new at most: that of most areas, then of the nearest level.
  ///
  /// - Returns: pairs by the name of the old measure.
  public static func found(in panel: Panel) -> [PossibleRename] {
    struct Pair: Hashable {
      let old: String
      let new: String
      let ended: Period
      let began: Period
    }
    typealias Change = (measure: String, period: Period, level: Double)
    var endings: [String: [Change]] = [:]
    var beginnings: [String: [Change]] = [:]
    var areasOf: [String: Set<String>] = [:]
    for series in panel.series {
      guard let measure = series.key.measure else { continue }
      let lifespan = Lifespan(series, leastZeros: leastZeros)
      let year = max(12, series.start.frequency.seasonLength)
      if let ended = lifespan.ended {
        endings[series.key.area, default: []].append((measure, ended, series.mean(ended - year..<ended)))
        areasOf[measure, default: []].insert(series.key.area)
      }
      if let began = lifespan.began {
        beginnings[series.key.area, default: []].append((measure, began, series.mean(began + 1..<began + 1 + year)))
        areasOf[measure, default: []].insert(series.key.area)
      }
    }
    var sums: [Pair: (areas: Int, before: Double, after: Double)] = [:]
    // In the order of the panel, so that sums are the same on every run.
    for area in panel.areas {
      for old in endings[area] ?? [] {
        for new in beginnings[area] ?? [] where new.measure != old.measure && (0...1).contains(new.period - old.period)
        {
          let pair = Pair(old: old.measure, new: new.measure, ended: old.period, began: new.period)
          let known = sums[pair] ?? (0, 0, 0)
          sums[pair] = (known.areas + 1, known.before + old.level, known.after + new.level)
        }
      }
    }
    let candidates = sums.compactMap { pair, sum -> PossibleRename? in
      let either = (areasOf[pair.old] ?? []).union(areasOf[pair.new] ?? []).count
      let ratio = sum.after / sum.before
      guard 2 * sum.areas > either, ratio <= mostRatio, ratio >= 1 / mostRatio else { return nil }
      let n = Double(sum.areas)
      return PossibleRename(
        old: pair.old, new: pair.new, ended: pair.ended, began: pair.began, areas: sum.areas, areasEither: either,
        before: sum.before / n, after: sum.after / n)
    }
    var taken = (old: Set<String>(), new: Set<String>())
    return candidates.sorted { a, b in
      if a.areas != b.areas { return a.areas > b.areas }
      let (x, y) = (a.distance, b.distance)
      return x != y ? x < y : (a.old, a.new) < (b.old, b.new)
    }.filter { one in
      guard !taken.old.contains(one.old), !taken.new.contains(one.new) else { return false }
      taken.old.insert(one.old)
      taken.new.insert(one.new)
      return true
    }.sorted { ($0.old, $0.new) < ($1.old, $1.new) }
  }

  /// How far the levels are apart, as a factor of 1 or more.
  private var distance: Double { max(before / after, after / before) }
}

extension Series {
  /// Mean of what was observed in periods; 0 for none.
  fileprivate func mean(_ periods: Range<Period>) -> Double {
    let known = (0..<(periods.upperBound - periods.lowerBound)).compactMap { self[periods.lowerBound + $0] }
    return known.isEmpty ? 0 : known.reduce(0, +) / Double(known.count)
  }
}
