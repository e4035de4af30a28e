import TimeSeries

/// Finds areas and measures of a table that are sums of others: a total below its parts, a county above its districts, a
/// group above its offences.
///
/// Evidence is arithmetic. A candidate is the sum of those that stand next to it, above or below, or of all others,
/// where in nearly every period it is *exactly* their sum; each such period is worth log2(1 + total) bits, for it could
/// hardly be met by chance, and ``neededBits`` are asked for. A name that says total asks for fewer, and may be rounded, and so
/// may a sum of all others. Of a table all of whose counts are rounded, a sum may be off by what rounding makes of its parts, if it
/// moves far more than that (``isRounded``). Sums found may be parts of wider sums. Where none of the parts is counted a sum is no
/// check on them, and stays.
struct SumsAmongRows {
  /// Bits of evidence for a sum that no name gives away: a hit by chance among a million trials of a million.
  static let neededBits = 40.0
  /// Bits for one that is named.
  static let neededBitsNamed = 8.0
  /// Share of comparable periods in which a sum must be exact.
  static let neededShare = 0.95
  /// How far one that is named may be off: half of rounding to five, or a fiftieth where parts were rounded or withheld.
  private static let (rounding, nearness) = (2.5, 0.02)
  /// What all counts of a table may be rounded to, and counts of more than nought by which that is told.
  private static let (units, neededCounts) = ([10.0, 5.0], 30)
  /// Values by which a sum is told that rounding hides, how much more than the variance of rounding its difference from the parts
  /// may have, and how much more its own must have: a place that is their sum by chance differs by at least as much as it moves.
  private static let (neededRounded, likelyVariance, tellingVariance) = (24, 1.8, 16.0)
  /// Most comparisons of candidates with their neighbours; tables of more areas than that allows are still judged by names.
  private static let budget = 2_000_000
  /// Periods that candidates are looked at in before they are compared in all.
  private static let probes = 16

  /// Sums found, in file order: areas, then measures.
  private(set) var found: [TableNote.Sum] = []
  /// What is named as of everything and is no sum of the others: areas are left out, measures kept.
  private(set) var unlike: [TableNote.Sum] = []
  /// For each series whether it is one of a sum, or of what is dropped with them.
  private(set) var isSum: [Bool]

  private let series: [Series]
  private let dropsUnlike: Bool
  /// What all counts are rounded to; nought if they are not.
  private let unit: Double
  private let names: [[String]]
  /// For each dimension (areas, measures) and item its series, by the number of the other item.
  private var seriesOf: [[[(other: Int, series: Int)]]]
  private var lookup: [Int: Int] = [:]
  private var work = 0

  /// Looks among the counts of a table; with `dropsUnlike`, what is named as of everything goes with the sums in any case.
  init(_ series: [Series], dropsUnlike: Bool = false) {
    self.series = series
    self.dropsUnlike = dropsUnlike
    unit = SumsAmongRows.unit(of: series)
    isSum = [Bool](repeating: false, count: series.count)
    var (areas, measures): ([String], [String]) = ([], [])
    var (areaIndex, measureIndex): ([String: Int], [String: Int]) = ([:], [:])
    var places: [(area: Int, measure: Int)] = []
    places.reserveCapacity(series.count)
    var last: (area: String, index: Int)?
    for item in series {
      let (area, measure) = (item.key.area, item.key.measure ?? "")
      // Series of one area stand together.
      let a = last.flatMap { $0.area == area ? $0.index : nil } ?? areaIndex[area] ?? areas.count
      last = (area, a)
      if a == areas.count {
        areaIndex[area] = a
        areas.append(area)
      }
      let m = measureIndex[measure] ?? measures.count
      if m == measures.count {
        measureIndex[measure] = m
        measures.append(measure)
      }
      places.append((a, m))
    }
    names = [areas, measures]
    seriesOf = [
      [[(other: Int, series: Int)]](repeating: [], count: areas.count),
      [[(other: Int, series: Int)]](repeating: [], count: measures.count),
    ]
    for (index, place) in places.enumerated() where series[index].kind == .count {
      seriesOf[0][place.area].append((place.measure, index))
      seriesOf[1][place.measure].append((place.area, index))
      lookup[place.area * measures.count + place.measure] = index
    }
    for dimension in TableNote.Dimension.allCases { search(dimension) }
  }

  /// What all counts are rounded to; nought if they are not, or too few tell.
  private static func unit(of series: [Series]) -> Double {
    for unit in units {
      var counts = 0
      let areRounded = series.allSatisfy { item in
        guard item.kind == .count else { return true }
        return item.values.allSatisfy { value in
          if value > 0 { counts += 1 }
          return value.isNaN || value.truncatingRemainder(dividingBy: unit) == 0
        }
      }
      if areRounded { return counts >= neededCounts ? unit : 0 }
    }
    return 0
  }

  private static func index(_ dimension: TableNote.Dimension) -> Int { dimension == .area ? 0 : 1 }

  private func seriesIndex(_ dimension: TableNote.Dimension, _ item: Int, _ other: Int) -> Int? {
    let (area, measure) = dimension == .area ? (item, other) : (other, item)
    return lookup[area * names[1].count + measure].flatMap { isSum[$0] ? nil : $0 }
  }

  // MARK: Search

  private mutating func search(_ dimension: TableNote.Dimension) {
    let names = names[SumsAmongRows.index(dimension)]
    // Sums of the dimension searched before are no parts of this one.
    let members = seriesOf[SumsAmongRows.index(dimension)].map { list in list.filter { !isSum[$0.series] } }
    let items = names.indices.filter { !members[$0].isEmpty }
    guard items.count > 1 else { return }
    let vectors = probeVectors(members)
    let isNamed = names.map { SumsAmongRows.isNamedTotal($0, dimension) }
    work = 0
    var parts: [Int: [Int]] = [:]
    for order in [Array(items.reversed()), items] {
      for (sum, members) in neighbours(order, dimension, members, vectors, isNamed) where parts[sum] == nil {
        parts[sum] = members
      }
    }
    blocks(dimension, items, members, vectors, isNamed, &parts)
    rest(dimension, items, members, vectors, isNamed, &parts)
    var sums: [Int] = []
    for sum in items {
      guard let list = parts[sum] else { continue }
      sums += record(sum, list, dimension, members[sum])
    }
    let leaves = items.filter { parts[$0] == nil }
    for item in leaves where leaves.count > 2 && SumsAmongRows.isOfEverything(names[item], dimension) {
      let others = leaves.filter { $0 != item }
      let check = compare(others, dimension, members[item], isNamed: true)
      guard check.exact + check.different > 0 else { continue }
      unlike.append(SumsAmongRows.sum(dimension, names[item], others.map { names[$0] }, check))
      // No place is called that: it must not be counted with the places.
      if dropsUnlike || dimension == .area { sums += counted(members[item], with: others, dimension) }
    }
    // Only now: a sum may be a part of a wider one.
    for index in sums { isSum[index] = true }
  }

  /// Sums of those that come before them in `order`, nearest first; a sum found stands for its parts in what follows.
  private mutating func neighbours(
    _ order: [Int], _ dimension: TableNote.Dimension, _ members: [[(other: Int, series: Int)]], _ vectors: [[Double]],
    _ isNamed: [Bool]
  ) -> [(sum: Int, parts: [Int])] {
    var found: [(sum: Int, parts: [Int])] = []
    var top: [Int] = []
    for item in order {
      var sum = [Double](repeating: 0, count: vectors[item].count)
      var taken = 0
      var hit: Int?
      guard vectors[item].contains(where: { $0 > 0 }) else {
        top.append(item)
        continue
      }
      while taken < top.count, work < SumsAmongRows.budget {
        let next = vectors[top[top.count - 1 - taken]]
        for index in sum.indices { sum[index] += next[index] }
        taken += 1
        work += 1
        let slack = unit / 2 * Double((taken + 1) * members[item].count)
        switch SumsAmongRows.look(vectors[item], sum, slack: slack) {
        case .below: continue
        case .above: break
        case .near:
          guard taken > 1 else { continue }
          let list = Array(top.suffix(taken))
          guard agrees(item, list, dimension, members[item], isNamed: isNamed[item]) else { continue }
          hit = taken
        }
        break
      }
      if let hit {
        found.append((item, Array(top.suffix(hit))))
        top.removeLast(hit)
      }
      top.append(item)
    }
    return found
  }

  /// Sums of others that stand together anywhere: divisions below all their districts.
  private mutating func blocks(
    _ dimension: TableNote.Dimension, _ items: [Int], _ members: [[(other: Int, series: Int)]],
    _ vectors: [[Double]], _ isNamed: [Bool], _ parts: inout [Int: [Int]]
  ) {
    work = 0
    let totals = vectors.map { $0.reduce(0, +) }
    for item in items where parts[item] == nil && totals[item] > 0 && work < SumsAmongRows.budget {
      let leaves = items.filter { $0 != item && parts[$0] == nil }
      work += leaves.count / SumsAmongRows.probes + 1
      // All are nought or more: a window over them grows at its end and shrinks at its beginning.
      var (sum, begin) = (0.0, 0)
      for end in leaves.indices {
        sum += totals[leaves[end]]
        while sum > totals[item], begin < end {
          sum -= totals[leaves[begin]]
          begin += 1
        }
        guard sum == totals[item], begin < end, work < SumsAmongRows.budget else { continue }
        let list = Array(leaves[begin...end])
        if agrees(item, list, dimension, members[item], isNamed: isNamed[item]) {
          parts[item] = list
          break
        }
      }
    }
  }

  /// Sums of all others that are no sums themselves, wherever they stand.
  private mutating func rest(
    _ dimension: TableNote.Dimension, _ items: [Int], _ members: [[(other: Int, series: Int)]],
    _ vectors: [[Double]], _ isNamed: [Bool], _ parts: inout [Int: [Int]]
  ) {
    work = 0
    // Widest first, so that a sum of everything is not taken for a part.
    while work < SumsAmongRows.budget {
      let leaves = items.filter { parts[$0] == nil }
      guard leaves.count > 1 else { return }
      var all = [Double](repeating: 0, count: vectors[leaves[0]].count)
      for item in leaves { for index in all.indices { all[index] += vectors[item][index] } }
      var next: Int?
      for item in leaves where next == nil && (isNamed[item] || leaves.count > 2) && work < SumsAmongRows.budget {
        let others = zip(all, vectors[item]).map { $0 - $1 }
        // Values of several series are added up in a probe, each of which may be rounded.
        let slack = max(SumsAmongRows.rounding, unit / 2 * Double(leaves.count)) * Double(members[item].count)
        let isClose = zip(vectors[item], others).count { abs($0 - $1) <= slack } * 10 >= others.count * 6
        guard isNamed[item] || (isClose && vectors[item].contains { $0 > 0 }) else { continue }
        if agrees(
          item, leaves.filter { $0 != item }, dimension, members[item], isNamed: isNamed[item], isRest: true)
        {
          next = item
        }
      }
      guard let next else { return }
      parts[next] = leaves.filter { $0 != next }
    }
  }

  /// Notes a sum, and returns its series that have a part.
  private mutating func record(
    _ sum: Int, _ parts: [Int], _ dimension: TableNote.Dimension, _ members: [(other: Int, series: Int)]
  ) -> [Int] {
    let names = names[SumsAmongRows.index(dimension)]
    let check = compare(parts, dimension, members, isNamed: true)
    found.append(SumsAmongRows.sum(dimension, names[sum], parts.sorted().map { names[$0] }, check))
    return counted(members, with: parts, dimension)
  }

  /// The series of an item of which another has one too.
  private func counted(
    _ members: [(other: Int, series: Int)], with others: [Int], _ dimension: TableNote.Dimension
  ) -> [Int] {
    members.filter { member in others.contains { seriesIndex(dimension, $0, member.other) != nil } }.map(\.series)
  }

  private static func sum(
    _ dimension: TableNote.Dimension, _ name: String, _ parts: [String], _ check: Check
  ) -> TableNote.Sum {
    TableNote.Sum(
      dimension: dimension, name: name, parts: parts, exact: check.exact, compared: check.exact + check.different,
      period: check.largest?.period, total: check.largest?.total, ofParts: check.largest?.parts)
  }

  // MARK: Evidence

  private enum Look { case below, near, above }

  /// Values of every item in some periods, added up over the other dimension.
  private func probeVectors(_ members: [[(other: Int, series: Int)]]) -> [[Double]] {
    let all = members.flatMap { $0.map(\.series) }
    guard let first = all.map({ series[$0].start.ordinal }).min(), let last = all.map({ series[$0].end.ordinal }).max()
    else { return members.map { _ in [] } }
    let count = min(SumsAmongRows.probes, last - first + 1)
    let ordinals = (0..<count).map { first + (count > 1 ? $0 * (last - first) / (count - 1) : 0) }
    return members.map { list in
      var vector = [Double](repeating: 0, count: count)
      for (_, index) in list {
        let start = series[index].start.ordinal
        series[index].values.withUnsafeBufferPointer { values in
          for (probe, ordinal) in ordinals.enumerated() {
            let offset = ordinal - start
            if offset >= 0, offset < values.count, !values[offset].isNaN { vector[probe] += values[offset] }
          }
        }
      }
      return vector
    }
  }

  /// How a sum compares with a candidate, seen from some periods: a few may differ, for values may be missing.
  private static func look(_ candidate: [Double], _ sum: [Double], slack: Double) -> Look {
    var (equal, greater, telling) = (0, 0, 0)
    // That nought is nought says nothing.
    for index in candidate.indices where candidate[index] > 0 || sum[index] > 0 {
      telling += 1
      if abs(candidate[index] - sum[index]) <= slack { equal += 1 }
      if sum[index] > candidate[index] + slack { greater += 1 }
    }
    if equal * 10 >= telling * 6, equal > 0 { return .near }
    return greater * 10 > telling * 4 ? .above : .below
  }

  private struct Check {
    /// Periods in which the sum is exact, is not, is within rounding, and is near enough for one that is named.
    var (exact, different, close, near) = (0, 0, 0, 0)
    /// Of the periods in which the sum is exact, of all that were compared, and of those within rounding.
    var (bits, bitsCompared, bitsClose) = (0.0, 0.0, 0.0)
    /// Parts that are ever more than nought where the sum is exact.
    var active = Set<Int>()
    /// Squares of the differences of all values that were compared, of what rounding lets expect, and of how far the sum is from its
    /// mean.
    var (squares, expected, spread) = (0.0, 0.0, 0.0)
    /// Periods in which the two differ by more than rounding can make.
    var beyond = 0
    var largest: (period: Period, total: Double, parts: Double)?
  }

  private mutating func agrees(
    _ item: Int, _ parts: [Int], _ dimension: TableNote.Dimension, _ members: [(other: Int, series: Int)],
    isNamed: Bool, isRest: Bool = false
  ) -> Bool {
    // A unit of work is a sum in all probes.
    let periods = members.reduce(0) { $0 + series[$1.series].count }
    work += parts.count * (periods / SumsAmongRows.probes + 1)
    let check = compare(parts, dimension, members, isNamed: isNamed || isRest)
    let compared = Double(check.exact + check.different)
    guard compared > 0 else { return false }
    let needed = SumsAmongRows.neededShare * compared
    let isExact = Double(check.exact) >= needed
    if parts.count > 1, isRounded(check) { return true }
    if isNamed {
      if isExact, check.bits >= SumsAmongRows.neededBitsNamed { return true }
      guard parts.count > 1, check.bitsCompared >= SumsAmongRows.neededBitsNamed else { return false }
      return Double(check.near) >= needed
    }
    // Of all others a sum may be off by rounding and need no name: no place is so by chance in every period.
    if isRest, Double(check.close) >= needed, check.bitsClose >= SumsAmongRows.neededBits, parts.count > 2 {
      return true
    }
    return isExact && check.bits >= SumsAmongRows.neededBits && check.active.count > 1
  }

  /// Whether the differences are those of rounded parts from a rounded sum, and the sum moves far more than they do.
  private func isRounded(_ check: Check) -> Bool {
    let compared = check.exact + check.different
    return unit > 0 && compared >= SumsAmongRows.neededRounded && check.beyond * 20 <= compared
      && check.squares <= SumsAmongRows.likelyVariance * check.expected
      && check.spread >= SumsAmongRows.tellingVariance * check.expected
  }

  /// Compares in every period that has the candidate. A part without a value counts as nothing where the sum is then
  /// exact; elsewhere the period says nothing. Gives up early on what does not agree, unless it is named.
  private func compare(
    _ parts: [Int], _ dimension: TableNote.Dimension, _ members: [(other: Int, series: Int)], isNamed: Bool
  ) -> Check {
    var check = Check()
    for (other, index) in members {
      let total = series[index]
      let partSeries = parts.compactMap { part in seriesIndex(dimension, part, other).map { (part, series[$0]) } }
      guard !partSeries.isEmpty else { continue }
      let roundings = Double(partSeries.count + 1)
      var (mean, number) = (0.0, 0.0)
      for (offset, value) in total.values.enumerated() where !value.isNaN {
        let ordinal = total.start.ordinal + offset
        var (sum, isMissing) = (0.0, false)
        for (_, part) in partSeries {
          let place = ordinal - part.start.ordinal
          if part.values.indices.contains(place), !part.values[place].isNaN {
            sum += part.values[place]
          } else {
            isMissing = true
          }
        }
        if unit > 0, sum == value || !isMissing {
          // The variance of a rounding is a twelfth of its unit squared; means are updated as values come (Welford 1962).
          check.squares += (value - sum) * (value - sum)
          check.expected += roundings * unit * unit / 12
          number += 1
          let step = value - mean
          mean += step / number
          check.spread += step * (value - mean)
        }
        if sum == value {
          check.exact += 1
          check.near += 1
          check.close += 1
          check.bits += SumsAmongRows.bits(value)
          check.bitsClose += SumsAmongRows.bits(value / (2 * SumsAmongRows.rounding))
          check.bitsCompared += SumsAmongRows.bits(value)
          if check.active.count < 2, value > 0 {
            for (part, series) in partSeries where (series[total.start + offset] ?? 0) > 0 { check.active.insert(part) }
          }
        } else if !isMissing {
          check.different += 1
          check.bitsCompared += SumsAmongRows.bits(value)
          if abs(value - sum) <= SumsAmongRows.rounding {
            check.close += 1
            check.bitsClose += SumsAmongRows.bits(value / (2 * SumsAmongRows.rounding))
          }
          if abs(value - sum) <= max(SumsAmongRows.rounding, SumsAmongRows.nearness * value) { check.near += 1 }
          if abs(value - sum) > check.largest.map({ abs($0.total - $0.parts) }) ?? 0 {
            check.largest = (total.start + offset, value, sum)
          }
          if abs(value - sum) > roundings * unit / 2 { check.beyond += 1 }
          let odd = unit > 0 ? check.beyond : check.different
          if !isNamed, odd > 8, odd * 5 > check.exact + check.different - odd { return check }
        }
      }
    }
    return check
  }

  /// log2(1 + value), to a whole bit.
  private static func bits(_ value: Double) -> Double {
    Double(Int.bitWidth - 1 - (Int(min(value, 1e15)) + 1).leadingZeroBitCount)
  }

  // MARK: Names

  private static let totalNames: Set = [
    "total", "totals", "grand total", "overall total", "sub total", "subtotal", "sum", "overall", "all",
  ]
  private static let allOf: [TableNote.Dimension: Set<String>] = [
    .area: [
      "areas", "districts", "wards", "boroughs", "forces", "partnerships", "csps", "local authorities", "regions",
      "beats", "sectors", "neighbourhoods", "postcodes", "places", "locations",
    ],
    .measure: [
      "crime", "crimes", "offences", "offence types", "crime types", "recorded crime", "incidents", "types", "measures",
      "categories",
    ],
  ]

  /// Whether a name says that it is of everything: "Total", "All areas", "Oxfordshire total", "Total recorded crime".
  static func isNamedTotal(_ name: String, _ dimension: TableNote.Dimension) -> Bool {
    let words = NameForm.form(name).split(separator: " ")
    return isOfEverything(name, dimension) || (words.count > 1 && (words.last == "total" || words.first == "total"))
  }

  /// Whether a name says that and no more: "Total", "All areas". "Total Wine Town" may be a place.
  private static func isOfEverything(_ name: String, _ dimension: TableNote.Dimension) -> Bool {
    let form = NameForm.form(name)
    let words = form.split(separator: " ")
    return totalNames.contains(form)
      || (words.first == "all" && allOf[dimension]?.contains(words.dropFirst().joined(separator: " ")) == true)
  }
}
