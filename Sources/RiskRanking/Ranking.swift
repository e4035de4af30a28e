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
  let families = Dictionary(grouping: risks) {
    Family(level: $0.area.level, isGroup: $0.isGroup, kind: $0.evidence.kind)
  }
  var output: [Risk] = []
  for level in AreaLevel.allCases {
    for isGroup in [false, true] {
      for kind in MeasureKind.allCases {
        output += rankedFamily(families[Family(level: level, isGroup: isGroup, kind: kind)] ?? [])
      }
    }
  }
  return output
}

private func rankedFamily(_ risks: [Risk]) -> [Risk] {
  var sorted = risks.sorted { a, b in
    switch (a.score, b.score) {
    case (let x?, let y?) where x.total != y.total: x.total > y.total
    case (.some, nil): true
    case (nil, .some): false
    case (nil, nil) where a.past.lastYear != b.past.lastYear: a.past.lastYear > b.past.lastYear
    default: a.key < b.key
    }
  }
  for i in sorted.indices where sorted[i].score != nil { sorted[i].rank = i + 1 }
  let byHarm = sorted.indices
    .compactMap { i in sorted[i].expectedHarm.map { (index: i, harm: $0) } }
    .sorted { $0.harm != $1.harm ? $0.harm > $1.harm : $0.index < $1.index }
  for (position, entry) in byHarm.enumerated() { sorted[entry.index].harmRank = position + 1 }
  return sorted
}
