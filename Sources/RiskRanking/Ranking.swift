import CommunitySafety
import TimeSeries

/// Ranks risks within each level of geography and family: single measures apart from groups, and counts, shares and values
/// each by themselves.
///
/// By descending score; equal scores by key, so that the order is the same on every run. Risks that cannot be assessed, are of
/// too small a base or of a measure that no file knows have no rank and follow, those with most recorded first. The harm rank orders expected change x harm per offence among those that have a
/// weight.
public func ranked(_ risks: [Risk]) -> [Risk] {
  struct Family: Hashable {
    let level: AreaLevel
    let isGroup: Bool
    let kind: MeasureKind
  }
  // Positions are sorted, and each risk is copied once: of half a million a copy is a hundred megabytes.
  let families = Dictionary(grouping: risks.indices) {
    Family(level: risks[$0].area.level, isGroup: risks[$0].isGroup, kind: risks[$0].evidence.kind)
  }
  var output: [Risk] = []
  output.reserveCapacity(risks.count)
  for level in AreaLevel.allCases {
    for isGroup in [false, true] {
      for kind in MeasureKind.allCases {
        append(families[Family(level: level, isGroup: isGroup, kind: kind)] ?? [], of: risks, to: &output)
      }
    }
  }
  return output
}

/// Appends the risks of one family in their order, with their ranks.
private func append(_ family: [Int], of risks: [Risk], to output: inout [Risk]) {
  let sorted = family.sorted { i, j in
    let (a, b) = (risks[i], risks[j])
    return switch (a.score, b.score) {
    case (let x?, let y?) where x.total != y.total: x.total > y.total
    case (.some, nil): true
    case (nil, .some): false
    case (nil, nil) where a.past.lastYear != b.past.lastYear: a.past.lastYear > b.past.lastYear
    default: a.key < b.key
    }
  }
  let first = output.count
  for (position, index) in sorted.enumerated() {
    output.append(risks[index])
    if risks[index].score != nil { output[first + position].rank = position + 1 }
  }
  let byHarm = (first..<output.count)
    .compactMap { i in output[i].expectedHarm.map { (index: i, harm: $0) } }
    .sorted { $0.harm != $1.harm ? $0.harm > $1.harm : $0.index < $1.index }
  for (position, entry) in byHarm.enumerated() { output[entry.index].harmRank = position + 1 }
}
